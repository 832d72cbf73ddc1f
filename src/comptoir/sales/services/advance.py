"""What an order's parcels and given-up pieces make of its status."""

from collections.abc import Mapping

from comptoir.common import clock
from comptoir.common.outbox import emit
from comptoir.common.states import transition
from comptoir.sales.events import OrderDelivered, OrderShipped, about
from comptoir.sales.models import LineTally, Order, Shipment
from comptoir.sales.services.tallies import to_send
from comptoir.sales.states import ORDER


def advance(order: Order, tallies: Mapping[int, LineTally], parcel: Shipment | None = None) -> None:
    """Paid becomes shipped when nothing is left to send, shipped becomes delivered when every
    parcel has arrived; both at once when files alone are left, which their buyer has. The caller
    holds the order's lock. ``parcel`` is the one that leaves now, if that is what moves the
    order."""
    if order.status == Order.Status.PAID and not any(map(to_send, tallies.values())):
        last = order.shipments.order_by("-shipped_at", "-id").first()
        if last is not None:
            _shipped(order, last, parcel)
        elif any(tally.line.digital for tally in tallies.values()):
            _files_alone_are_left(order)
    if order.status == Order.Status.SHIPPED:
        parcels = list(order.shipments.values_list("delivered_at", flat=True))
        arrived = [at for at in parcels if at is not None]
        if parcels and len(arrived) == len(parcels):
            transition(order, ORDER, Order.Status.DELIVERED, delivered_at=max(arrived))
            emit(OrderDelivered(**about(order)))


def _files_alone_are_left(order: Order) -> None:
    """They are with the buyer since they were paid: nobody is written to."""
    now = clock.now()
    transition(order, ORDER, Order.Status.SHIPPED, shipped_at=now)
    transition(order, ORDER, Order.Status.DELIVERED, delivered_at=now)


def _shipped(order: Order, last: Shipment, parcel: Shipment | None) -> None:
    transition(
        order,
        ORDER,
        Order.Status.SHIPPED,
        shipped_at=clock.now(),
        carrier=last.carrier,
        tracking=last.tracking,
    )
    emit(OrderShipped(**about(order), shipment_id=parcel.pk if parcel else None))
