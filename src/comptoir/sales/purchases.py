"""What members have bought, as signals read it."""

from collections.abc import Iterable

from django.db.models import F, Q

from comptoir.catalog.models import Product
from comptoir.sales.models import Order, OrderLine

PAID = (Order.Status.PAID, Order.Status.SHIPPED, Order.Status.DELIVERED)
# The money of every piece was promised back: as if it had not been bought.
GIVEN_BACK = Q(tally__isnull=False, tally__refunded__gte=F("tally__ordered"))


def products_of_order(order_id: int) -> tuple[int, ...]:
    """The products of the catalogue that an order is about."""
    rows = OrderLine.objects.filter(order=order_id).exclude(product__status=Product.Status.COUNTER)
    return tuple(sorted(set(rows.values_list("product_id", flat=True))))


def ordered_from(profile_id: int, shop_id: int) -> set[int]:
    """The products of a shop's catalogue that a member ever ordered."""
    rows = OrderLine.objects.filter(order__buyer=profile_id, product__shop=shop_id)
    return set(
        rows.exclude(product__status=Product.Status.COUNTER).values_list("product_id", flat=True)
    )


def lines_that_stand(profile_id: int, product_ids: Iterable[int]) -> dict[int, list[int]]:
    """The lines by which a member bought these products, by product: paid for, not called off,
    and not given back wholly. What was free, under an offer, in exchange or to all, was not
    bought."""
    rows = OrderLine.objects.filter(
        order__buyer=profile_id,
        order__status__in=PAID,
        product__in=list(product_ids),
        total_minor__gt=0,
    ).exclude(GIVEN_BACK)
    found: dict[int, list[int]] = {}
    for product_id, line_id in rows.values_list("product_id", "pk"):
        found.setdefault(product_id, []).append(line_id)
    return found
