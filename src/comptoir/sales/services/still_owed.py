"""What withdrawals before have promised back, and was not given yet."""

from collections import Counter
from collections.abc import Mapping

from comptoir.sales.models import LineTally, Order, Return
from comptoir.sales.services.close_return import due_for


def still_owed(order: Order, tallies: Mapping[int, LineTally]) -> tuple[dict[int, int], int]:
    """Minor units by line, and for the delivery. The caller holds the order's lock."""
    open_ones = Return.objects.filter(order=order, withdrawal__isnull=False, refund=None)
    rows = open_ones.exclude(status=Return.Status.CLOSED).select_related("withdrawal", "order")
    owed, delivery_owed = Counter[int](), 0
    for back in rows:
        due, delivery = due_for(back, tallies)
        owed.update(due)
        delivery_owed += delivery
    return owed, delivery_owed
