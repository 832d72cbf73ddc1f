"""Which ways of delivery there are for a purchase, and at what price; a pure computation.

The written rule of zones: the zone that says most of an address is the one that counts. A zone
with the longest postcode prefix that fits comes before shorter ones, before a zone of the whole
country, before the zone of everywhere else. So a zone "Corsica" takes 20000 Ajaccio from a zone
"France", and if the shop has no way of delivery there, it does not send there. A way of delivery
without a zone goes everywhere. Overseas France typed as France counts as its own country, and as
France only for a zone that names its postcodes.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from comptoir.sales.pricing.territories import bare_postcode, part_of
from comptoir.shops.delivery_terms import DeliveryTerms, Method, Zone

DIGITAL_METHOD_ID = 0
OVERSEAS_FRANCE = frozenset({"BL", "GF", "GP", "MF", "MQ", "NC", "PF", "PM", "RE", "WF", "YT"})
REST, WHOLE_COUNTRY = 0, 1


@dataclass(frozen=True, slots=True)
class DeliveryChoice:
    """A way of delivery at its price for this purchase: minor units, VAT included."""

    method: Method
    price_minor: int


def offered(
    terms: DeliveryTerms,
    country: str,
    postcode: str,
    weight_grams: int,
    goods_minor: int,
    all_digital: bool = False,
) -> tuple[DeliveryChoice, ...]:
    """The choices for that address, in the shop's order; none: the shop does not send there.

    ``country`` '' (not known yet) gives the choices of everywhere and of every zone.
    ``weight_grams``: of all that is sent, unknown weights counted as 0. ``goods_minor``: what free
    delivery and bands by amount look at. ``all_digital``: the one choice is to download, with
    ``DIGITAL_METHOD_ID``, whatever the shop's methods.
    """
    if all_digital:
        name = _("By download")
        return (DeliveryChoice(Method(DIGITAL_METHOD_ID, "digital", name, 0), 0),)
    zones = zones_of(terms.zones, country, postcode)
    choices = []
    for method in terms.methods:
        if method.zone_id is None or method.zone_id in zones:
            price = price_of(method, weight_grams, goods_minor)
            if price is not None:
                choices.append(DeliveryChoice(method, price))
    return tuple(choices)


def sends_to(terms: DeliveryTerms, country: str) -> bool:
    """Whether something can be sent there by post, wherever in the country it is."""
    zones = zones_of(terms.zones, country, "")
    sent = (method for method in terms.methods if method.kind == "post")
    return any(method.zone_id is None or method.zone_id in zones for method in sent)


def price_of(method: Method, weight_grams: int, goods_minor: int) -> int | None:
    """What the method asks for such goods; ``None``: it does not take them."""
    measure = {"flat": 0, "weight": weight_grams, "amount": goods_minor}[method.price_by]
    price: int | None = method.price_minor
    if method.price_by != "flat":
        fitting = (b for b in method.bands if b.up_to is None or measure <= b.up_to)
        price = next((band.price_minor for band in fitting), None)
    if price is None:
        return None
    free = method.free_from_minor is not None and goods_minor >= method.free_from_minor
    return 0 if free else price


def zones_of(zones: Sequence[Zone], country: str, postcode: str) -> Collection[int]:
    """The ids of the zones that say most of that address; several when they say as much."""
    if not country:
        return {zone.id for zone in zones}
    places = _names_of(country, postcode)
    fits = {zone.id: fit for zone in zones if (fit := _fit(zone, places)) is not None}
    best = max(fits.values(), default=None)
    return {zone_id for zone_id, fit in fits.items() if fit == best}


@dataclass(frozen=True, slots=True)
class _Place:
    """``whole``: whether a zone of the whole country has it."""

    country: str
    postcode: str
    whole: bool


def _names_of(country: str, postcode: str) -> list[_Place]:
    """The address by each country that a zone may name it by."""
    bare, part = bare_postcode(postcode), part_of(country, postcode)
    if part not in OVERSEAS_FRANCE:
        return [_Place(country.upper(), bare, whole=True)]
    return [_Place(part, bare, whole=True), _Place("FR", bare, whole=False)]


def _fit(zone: Zone, places: Sequence[_Place]) -> int | None:
    """How much the zone says of the address; ``None``: it is not in it."""
    if zone.is_rest:
        return REST
    return max((fit for place in places if (fit := _fit_at(zone, place)) is not None), default=None)


def _fit_at(zone: Zone, place: _Place) -> int | None:
    if place.country not in zone.countries:
        return None
    if not zone.prefixes:
        return WHOLE_COUNTRY if place.whole else None
    lengths = [len(prefix) for prefix in zone.prefixes if place.postcode.startswith(prefix)]
    return WHOLE_COUNTRY + max(lengths) if lengths else None
