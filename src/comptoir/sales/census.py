"""All orders of the place, counted for the operator."""

from django.db.models import Count

from comptoir.sales.models import Order, Payment
from comptoir.sales.services.settle import AMOUNT_MISMATCH


def order_census() -> dict[str, int]:
    """How many orders there are in each status, with 0 for none."""
    rows = Order.objects.values("status").annotate(many=Count("pk")).order_by()
    counted = {row["status"]: row["many"] for row in rows}
    return {status: counted.get(status, 0) for status in Order.Status.values}


def mismatched_payments() -> int:
    """Payments for which the provider took another amount or currency than was asked."""
    return Payment.objects.filter(failure=AMOUNT_MISMATCH).count()
