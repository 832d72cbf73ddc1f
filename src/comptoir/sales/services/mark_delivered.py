"""Parcels arrive: someone says so, or time enough has passed."""

from datetime import timedelta

from django.db import transaction

from comptoir.common import clock
from comptoir.common.deadlocks import retried_on_deadlock
from comptoir.common.errors import NotVisible
from comptoir.sales.models import Order, Shipment
from comptoir.sales.services.advance import advance
from comptoir.sales.services.sweep import each
from comptoir.sales.services.tallies import lock_order, tallies_of

PRESUMED_AFTER = timedelta(days=10)


def mark_delivered(*, order: Order, shipment_id: int, by_id: int | None = None) -> None:
    """The shop knows that the parcel arrived (or was fetched); the time to withdraw runs from now,
    also of one that was taken to have arrived before. Said again, nothing changes.

    Raises:
        NotVisible: the order has no such parcel.
    """
    known = shipment_id < 2**63  # an address may say anything
    if not known or not _mark(order.pk, shipment_id, by_id, presumed=False):
        raise NotVisible


def presume_delivered(*, page: int = 200) -> int:
    """Takes parcels as arrived that left ``PRESUMED_AFTER`` ago and of which nobody said anything;
    returns how many. What waits at the shop is fetched when the shop says so."""
    sent = Shipment.objects.filter(
        delivered_at=None, shipped_at__lte=clock.now() - PRESUMED_AFTER
    ).exclude(order__delivery_kind="pickup")
    return each(sent, _presume, page=page)


def _presume(shipment_id: int) -> bool:
    order_id = Shipment.objects.values_list("order_id", flat=True).get(pk=shipment_id)
    return _mark(order_id, shipment_id, None, presumed=True)


@retried_on_deadlock
@transaction.atomic
def _mark(order_id: int, shipment_id: int, by_id: int | None, *, presumed: bool) -> bool:
    order = lock_order(order_id)
    shipment = Shipment.objects.filter(pk=shipment_id, order=order).first()
    if shipment is None:
        return False
    if shipment.delivered_at is None or (shipment.presumed and not presumed):
        shipment.delivered_at = max(clock.now(), shipment.shipped_at)
        shipment.delivered_by_id = by_id
        shipment.presumed = presumed
        shipment.save(update_fields=["delivered_at", "delivered_by", "presumed"])
        if order.status == Order.Status.DELIVERED:
            Order.objects.filter(pk=order.pk).update(delivered_at=shipment.delivered_at)
        advance(order, tallies_of(order.pk))
    return True
