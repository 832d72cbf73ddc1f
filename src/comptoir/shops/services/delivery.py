"""The ways in which a shop delivers."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from comptoir.common.errors import NotVisible, Refused
from comptoir.common.markup import clean_line
from comptoir.shops.models import DeliveryMethod, Shop

MOST_METHODS = 12
MOST_MINOR = 10_000_000
MOST_DAYS = 120


@transaction.atomic
def set_delivery(
    *,
    shop: Shop,
    method_id: int | None,
    kind: str,
    name: str,
    price_minor: int,
    free_from_minor: int | None,
    days_min: int,
    days_max: int,
    is_active: bool = True,
) -> DeliveryMethod:
    """Changes one of the shop's ways of delivery, or adds one (``method_id`` ``None``).

    Orders keep what was agreed when they were placed. Amounts are minor units, days working days.

    Raises:
        NotVisible: not a method of that shop.
        Refused: ``bad_kind``, ``name_missing``, ``bad_price``, ``bad_days``, ``too_many_methods``,
            ``last_method``.
    """
    words = clean_line(name, max_length=60)
    _check(kind, words, price_minor, free_from_minor, days_min, days_max)
    # One change of a shop's methods at a time may pass the checks below.
    Shop.objects.select_for_update(no_key=True).get(pk=shop.pk)
    method = _new_method(shop) if method_id is None else _method(shop, method_id)
    others = DeliveryMethod.objects.filter(shop=shop, is_active=True).exclude(pk=method.pk)
    if not is_active and not others.exists():
        raise Refused("last_method", _("Keep one way of delivery: without it, nobody can buy."))
    method.kind, method.name, method.price_minor = kind, words, price_minor
    method.free_from_minor, method.is_active = free_from_minor, is_active
    method.days_min, method.days_max = days_min, days_max
    method.save()
    return method


def _new_method(shop: Shop) -> DeliveryMethod:
    many = DeliveryMethod.objects.filter(shop=shop).count()
    if many >= MOST_METHODS:
        raise Refused("too_many_methods", _("A shop has up to twelve ways of delivery."))
    return DeliveryMethod(shop=shop, position=many)


def _method(shop: Shop, method_id: int) -> DeliveryMethod:
    method = DeliveryMethod.objects.filter(pk=method_id, shop=shop).first()
    if method is None:
        raise NotVisible
    return method


def _check(
    kind: str,
    name: str,
    price_minor: int,
    free_from_minor: int | None,
    days_min: int,
    days_max: int,
) -> None:
    if kind not in DeliveryMethod.Kind.values:
        raise Refused("bad_kind", _("Choose how the order reaches the buyer."))
    if not name:
        raise Refused("name_missing", _("Give this way of delivery a name."))
    if not all(0 <= amount <= MOST_MINOR for amount in (price_minor, free_from_minor or 0)):
        raise Refused("bad_price", _("This price is out of bounds."))
    if not 0 <= days_min <= days_max <= MOST_DAYS:
        raise Refused("bad_days", _("The first number of days is at most the second, up to 120."))
