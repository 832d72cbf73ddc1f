"""What is asked for, as the rows have it now: sellable or not, and at what price."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comptoir.catalog.models import Product, StockItem, Variant
from comptoir.common.errors import Conflict, Refused
from comptoir.people.access import blocked_between
from comptoir.sales.pricing.lines import PricedLine
from comptoir.shops.models import DeliveryMethod, Shop


def check_sellable(pieces: Mapping[int, int], items: Mapping[int, StockItem]) -> None:
    """``pieces`` by variant; ``items`` with variant, product, shop and profile.

    Raises:
        Refused: ``no_such_product``, ``several_shops``, ``shop_closed``.
        Conflict: ``sold_out``.
    """
    check_one_open_shop(pieces, items)
    for variant_id, quantity in pieces.items():
        item = items[variant_id]
        if not item.can_sell(quantity):
            left = item.available if item.tracked else 0
            message = sold_out_message(item.variant.product.title, left)
            raise Conflict("sold_out", message, variant_id=variant_id, left=left)


def sold_out_message(title: str, left: int) -> str:
    """Says what is left, for the person who wanted more."""
    if left == 0:
        return _("“%(title)s” is sold out.") % {"title": title}
    return ngettext(
        "Only %(left)d piece of “%(title)s” is left.",
        "Only %(left)d pieces of “%(title)s” are left.",
        left,
    ) % {"left": left, "title": title}


def check_one_open_shop(pieces: Mapping[int, int], items: Mapping[int, StockItem]) -> None:
    """Raises: Refused: ``no_such_product``, ``several_shops``, ``shop_closed``."""
    if any(not _offered(items.get(variant_id)) for variant_id in pieces):
        raise Refused("no_such_product", _("A product is not offered any more."))
    shops = {item.variant.product.shop_id: item.variant.product.shop for item in items.values()}
    if len(shops) > 1:
        raise Refused("several_shops", _("An order is for one shop: buy from each in turn."))
    shop = next(iter(shops.values()))
    if shop.status != Shop.Status.OPEN or shop.profile.is_suspended:
        raise Refused("shop_closed", _("This shop does not sell at the moment."))


def check_not_blocked(buyer_id: int | None, shop_id: int) -> None:
    """One query for a member, none for a guest.

    Raises:
        Refused: ``no_such_product``, as for a product that is not there: one does not learn that
            one is blocked.
    """
    if blocked_between(buyer_id, shop_id):
        raise Refused("no_such_product", _("A product is not offered any more."))


def _offered(item: StockItem | None) -> bool:
    if item is None:
        return False
    variant = item.variant
    return (
        variant.status == Variant.Status.ACTIVE
        and variant.product.status == Product.Status.ACTIVE
        and variant.currency == variant.product.shop.currency
    )


def method_of(shop_id: int, delivery_method_id: int) -> DeliveryMethod:
    """Raises: Refused: ``bad_delivery``, not a method that this shop offers now."""
    rows = DeliveryMethod.objects.filter(pk=delivery_method_id, shop=shop_id, is_active=True)
    method = rows.first()
    if method is None:
        raise Refused("bad_delivery", _("Choose how to receive the order."))
    return method


def priced(variant: Variant, quantity: int, at: datetime) -> PricedLine:
    """The line at the price of that time; ``variant.product`` is read."""
    return PricedLine(
        variant_id=variant.pk,
        quantity=quantity,
        unit_minor=variant.price_at(at),
        vat_rate_bp=variant.product.vat_rate_bp,
    )
