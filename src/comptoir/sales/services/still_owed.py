"""What withdrawals before have promised back, and was not given yet."""

from collections.abc import Mapping

from comptoir.sales.models import LineTally, Order, Return
from comptoir.sales.services.close_return import due_for

DELIVERY = 0  # among keys of lines


def still_owed(order: Order, tallies: Mapping[int, LineTally]) -> dict[int, int]:
    """Minor units by line, and for the delivery. The caller holds the order's lock."""
    open_ones = Return.objects.filter(order=order, withdrawal__isnull=False, refund=None)
    rows = open_ones.exclude(status=Return.Status.CLOSED).select_related("withdrawal", "order")
    owed: dict[int, int] = {}
    for back in rows:
        due, delivery = due_for(back, tallies)
        for key, amount in {**due, DELIVERY: delivery}.items():
            owed[key] = owed.get(key, 0) + amount
    return owed
