"""Reads of the VAT numbers for which orders were sold without VAT."""

from comptoir.sales.models import Order, VatNumberCheck
from comptoir.sales.models.order import desk_reference

REFUSED = VatNumberCheck.objects.filter(
    answer=VatNumberCheck.Answer.INVALID, set_aside_at=None
).exclude(order__status=Order.Status.CANCELLED)


def vat_number_check(order: Order) -> VatNumberCheck | None:
    """What is known of the number; ``None``, without a query, for an order that needed none."""
    if order.tax_scheme != Order.TaxScheme.REVERSE_CHARGE:
        return None
    return VatNumberCheck.objects.filter(order=order).first()


def refused_vat_numbers(shop_id: int, *, most: int = 20) -> list[str]:
    """References of the orders whose number is not valid and that wait for the shop, oldest
    first."""
    rows = REFUSED.filter(order__shop=shop_id).order_by("order")
    found = rows.values_list("order", "order__number")[:most]
    return [desk_reference(order_id, number) for order_id, number in found]
