"""The ways in which a shop delivers."""

from collections.abc import Sequence
from itertools import pairwise

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from comptoir.common.errors import NotVisible, Refused
from comptoir.common.markup import clean_line, clean_text
from comptoir.shops.models import DeliveryMethod, DeliveryRate, DeliveryZone, Shop

MOST_METHODS = 40
MOST_BANDS = 20
MOST_MINOR = 10_000_000
MOST_UP_TO = 2_000_000_000
MOST_DAYS = 120
MOST_OF_PLACE = 300


@transaction.atomic
def set_delivery(  # longer because all that a way of delivery is comes in at once
    *,
    shop: Shop,
    method_id: int | None,
    kind: str,
    name: str,
    price_minor: int,
    free_from_minor: int | None,
    days: tuple[int, int],
    is_active: bool = True,
    zone_id: int | None = None,
    price_by: str = "flat",
    bands: Sequence[tuple[int | None, int]] = (),
    place: str = "",
) -> DeliveryMethod:
    """Changes one of the shop's ways of delivery, or adds one (``method_id`` ``None``).

    Orders keep what was agreed when they were placed. Amounts are minor units, ``days`` working
    days, at least and at most. ``bands``: (up to that many grams or minor units, price), when
    ``price_by`` is weight or amount; ``None``: however much. Pick-up has no zone, and alone a
    ``place``: where it is fetched, and when.

    Raises:
        NotVisible: not a method or not a zone of that shop.
        Refused: ``bad_kind``, ``name_missing``, ``bad_price``, ``bad_days``, ``too_many_methods``,
            ``last_method``, ``bad_price_by``, ``bands_missing``, ``bad_bands``, ``too_long``.
    """
    words = clean_line(name, max_length=60)
    _check(kind, words, price_minor, free_from_minor, days)
    kept = _checked_bands(price_by, bands)
    # One change of a shop's methods at a time may pass the checks below.
    Shop.objects.select_for_update(no_key=True).get(pk=shop.pk)
    method = _new_method(shop) if method_id is None else _method(shop, method_id)
    others = DeliveryMethod.objects.filter(shop=shop, is_active=True).exclude(pk=method.pk)
    if not is_active and not others.exists():
        raise Refused("last_method", _("Keep one way of delivery: without it, nobody can buy."))
    posted = kind == DeliveryMethod.Kind.POST
    method.zone = _zone(shop, zone_id) if posted and zone_id is not None else None
    method.place = "" if posted else clean_text(place, max_length=MOST_OF_PLACE)
    method.kind, method.name, method.price_minor = kind, words, price_minor
    method.free_from_minor, method.is_active = free_from_minor, is_active
    method.days_min, method.days_max = days
    method.price_by = price_by
    method.save()
    method.rates.all().delete()
    DeliveryRate.objects.bulk_create(
        DeliveryRate(method=method, up_to=up_to, price_minor=price) for up_to, price in kept
    )
    return method


def _new_method(shop: Shop) -> DeliveryMethod:
    many = DeliveryMethod.objects.filter(shop=shop).count()
    if many >= MOST_METHODS:
        raise Refused("too_many_methods", _("A shop has up to forty ways of delivery."))
    return DeliveryMethod(shop=shop, position=many)


def _method(shop: Shop, method_id: int) -> DeliveryMethod:
    method = DeliveryMethod.objects.filter(pk=method_id, shop=shop).first()
    if method is None:
        raise NotVisible
    return method


def _zone(shop: Shop, zone_id: int) -> DeliveryZone:
    zone = DeliveryZone.objects.filter(pk=zone_id, shop=shop).first()
    if zone is None:
        raise NotVisible
    return zone


def _check(
    kind: str,
    name: str,
    price_minor: int,
    free_from_minor: int | None,
    days: tuple[int, int],
) -> None:
    if kind not in DeliveryMethod.Kind.values:
        raise Refused("bad_kind", _("Choose how the order reaches the buyer."))
    if not name:
        raise Refused("name_missing", _("Give this way of delivery a name."))
    if not all(0 <= amount <= MOST_MINOR for amount in (price_minor, free_from_minor or 0)):
        raise Refused("bad_price", _("This price is out of bounds."))
    least, most = days
    if not 0 <= least <= most <= MOST_DAYS:
        raise Refused("bad_days", _("The first number of days is at most the second, up to 120."))


def _checked_bands(
    price_by: str, bands: Sequence[tuple[int | None, int]]
) -> list[tuple[int | None, int]]:
    """Ascending, the unbounded one last; none for one price."""
    if price_by not in DeliveryMethod.PriceBy.values:
        raise Refused("bad_price_by", _("Choose how the price is set."))
    if price_by == DeliveryMethod.PriceBy.FLAT:
        return []
    if not bands:
        raise Refused("bands_missing", _("Write at least one line of prices."))
    kept = sorted(bands, key=lambda band: (band[0] is None, band[0] or 0))
    bounds = [up_to for up_to, _price in kept]
    within = all(up_to is None or 0 < up_to <= MOST_UP_TO for up_to in bounds)
    if not within or any(one == next_one for one, next_one in pairwise(bounds)):
        raise Refused("bad_bands", _("Each line of prices has a limit of its own, above 0."))
    if len(kept) > MOST_BANDS:
        raise Refused("bad_bands", _("There are up to twenty lines of prices."))
    if not all(0 <= price <= MOST_MINOR for _up_to, price in kept):
        raise Refused("bad_price", _("This price is out of bounds."))
    return kept
