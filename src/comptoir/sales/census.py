"""All orders of the place, counted for the operator."""

from django.db.models import Count

from comptoir.sales.models import LedgerCheck, OddMoney, Order, Payment
from comptoir.sales.services.settle import AMOUNT_MISMATCH


def order_census() -> dict[str, int]:
    """How many orders there are in each status, with 0 for none."""
    rows = Order.objects.values("status").annotate(many=Count("pk")).order_by()
    counted = {row["status"]: row["many"] for row in rows}
    return {status: counted.get(status, 0) for status in Order.Status.values}


def mismatched_payments() -> int:
    """Payments for which the provider took another amount or currency than was asked, and nobody
    decided yet, or giving it back failed."""
    waiting = Payment.objects.filter(failure=AMOUNT_MISMATCH).count()
    failed = OddMoney.objects.filter(done_at=None).exclude(failure="").count()
    return waiting + failed


def last_ledger_check() -> LedgerCheck | None:
    """What the last walk through the payment logs found; ``None`` before the first night."""
    return LedgerCheck.objects.select_related("broken_shop__profile").order_by("-id").first()
