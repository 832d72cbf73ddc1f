"""The zones that a shop sends to."""

import re
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from comptoir.common.errors import NotVisible, Refused
from comptoir.common.markup import clean_line
from comptoir.shops.models import DeliveryMethod, DeliveryZone, Shop

MOST_ZONES = 20
MOST_PREFIXES = 100


@transaction.atomic
def set_zone(
    *,
    shop: Shop,
    zone_id: int | None,
    name: str,
    is_rest: bool = False,
    countries: Sequence[str] = (),
    prefixes: Sequence[str] = (),
) -> DeliveryZone:
    """Changes one of the shop's zones, or adds one (``zone_id`` ``None``).

    ``countries``: ISO 3166-1. ``prefixes``: beginnings of postcodes, for one country alone.
    ``is_rest``: everywhere else; countries and prefixes are then forgotten.

    Raises:
        NotVisible: not a zone of that shop.
        Refused: ``name_missing``, ``countries_missing``, ``bad_country``, ``bad_prefix``,
            ``prefixes_of_one_country``, ``second_rest``, ``too_many_zones``.
    """
    words = clean_line(name, max_length=60)
    if not words:
        raise Refused("name_missing", _("Give this zone a name."))
    where = [] if is_rest else _countries(countries)
    starts = [] if is_rest else _prefixes(prefixes, where)
    # One change of a shop's zones at a time may pass the checks below.
    Shop.objects.select_for_update(no_key=True).get(pk=shop.pk)
    zones = DeliveryZone.objects.filter(shop=shop)
    others = zones.exclude(pk=zone_id) if zone_id is not None else zones
    if is_rest and others.filter(is_rest=True).exists():
        raise Refused("second_rest", _("Another zone is everywhere else already."))
    zone = _new_zone(shop) if zone_id is None else _zone(shop, zone_id)
    zone.name, zone.is_rest, zone.countries, zone.prefixes = words, is_rest, where, starts
    zone.save()
    return zone


def _new_zone(shop: Shop) -> DeliveryZone:
    many = DeliveryZone.objects.filter(shop=shop).count()
    if many >= MOST_ZONES:
        raise Refused("too_many_zones", _("A shop has up to twenty zones."))
    return DeliveryZone(shop=shop, position=many)


@transaction.atomic
def remove_zone(*, shop: Shop, zone_id: int) -> None:
    """Takes a zone away, with its ways of delivery that are not offered any more.

    Raises:
        NotVisible: not a zone of that shop.
        Refused: ``zone_in_use``.
    """
    zone = _zone(shop, zone_id)
    methods = DeliveryMethod.objects.filter(zone=zone)
    if methods.filter(is_active=True).exists():
        message = _("Ways of delivery go there: stop offering them or give them another zone.")
        raise Refused("zone_in_use", message)
    methods.delete()
    zone.delete()


def _zone(shop: Shop, zone_id: int) -> DeliveryZone:
    zone = DeliveryZone.objects.select_for_update().filter(pk=zone_id, shop=shop).first()
    if zone is None:
        raise NotVisible
    return zone


def _countries(typed: Sequence[str]) -> list[str]:
    countries = sorted({code.upper() for code in typed})
    if not countries:
        raise Refused("countries_missing", _("Choose at least one country."))
    if not all(re.fullmatch("[A-Z]{2}", code) for code in countries):
        raise Refused("bad_country", _("Choose countries of the list."))
    return countries


def _prefixes(typed: Sequence[str], countries: Sequence[str]) -> list[str]:
    prefixes = sorted({"".join(text.split()).upper() for text in typed} - {""})
    if not all(re.fullmatch("[A-Z0-9]{1,10}", text) for text in prefixes):
        raise Refused("bad_prefix", _("A postcode begins with letters and figures, such as 20."))
    if len(prefixes) > MOST_PREFIXES:
        raise Refused("bad_prefix", _("A zone has up to a hundred beginnings of postcodes."))
    if prefixes and len(countries) != 1:
        message = _("Postcodes belong to one country: choose it alone.")
        raise Refused("prefixes_of_one_country", message)
    return prefixes
