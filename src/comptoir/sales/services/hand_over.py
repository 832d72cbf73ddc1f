"""What is bought at the counter leaves with its buyer."""

from django.db import transaction

from comptoir.common import clock
from comptoir.common.deadlocks import retried_on_deadlock
from comptoir.common.states import transition
from comptoir.sales.models import Order, Shipment, ShipmentLine
from comptoir.sales.services.tallies import count, lock_order, tallies_of, to_send
from comptoir.sales.states import ORDER


@retried_on_deadlock
@transaction.atomic
def hand_over(*, order_id: int) -> bool:
    """Marks a paid order of the counter as received, all of it; returns whether it was not before.

    No event: nobody needs a mail about what they hold in their hands.
    """
    order = lock_order(order_id)
    if order.status != Order.Status.PAID or order.delivery_kind != "counter":
        return False
    now, tallies = clock.now(), tallies_of(order.pk)
    pieces = {line: to_send(tally) for line, tally in tallies.items() if to_send(tally)}
    parcel = Shipment.objects.create(order=order, shipped_at=now, delivered_at=now)
    ShipmentLine.objects.bulk_create(
        ShipmentLine(shipment=parcel, line_id=line, quantity=n) for line, n in pieces.items()
    )
    count(tallies, "sent", pieces)
    transition(order, ORDER, Order.Status.SHIPPED, shipped_at=now)
    transition(order, ORDER, Order.Status.DELIVERED, delivered_at=now)
    return True
