"""Parcels leave, or wait at the shop: all of an order at once, or a part of it."""

from collections.abc import Mapping
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from comptoir.common import clock
from comptoir.common.deadlocks import retried_on_deadlock
from comptoir.common.errors import Conflict, Refused
from comptoir.common.markup import clean_line
from comptoir.common.outbox import emit
from comptoir.sales.events import PartShipped, about
from comptoir.sales.models import LineTally, Order, Shipment, ShipmentLine
from comptoir.sales.services.advance import advance
from comptoir.sales.services.tallies import count, known, lock_order, tallies_of, to_send


def ship_order(
    *, order: Order, carrier: str = "", tracking: str = "", by_id: int | None = None
) -> Shipment:
    """Sends all that is left of a paid order (or says that it waits at the shop).

    Raises:
        Refused: ``carrier_too_long``, ``tracking_too_long``.
        Conflict: ``not_paid``, it is not a paid order.
    """
    return ship_lines(order=order, quantities=None, carrier=carrier, tracking=tracking, by_id=by_id)


@retried_on_deadlock
@transaction.atomic
def ship_lines(
    *,
    order: Order,
    quantities: Mapping[int, int] | None,
    carrier: str = "",
    tracking: str = "",
    by_id: int | None = None,
    key: UUID | None = None,
) -> Shipment:
    """Sends pieces of a paid order (line to how many; ``None``: all that is left) in one parcel.

    The order is shipped once nothing is left to send. ``key`` is the form's: sent again, it gives
    the parcel of the first time. ``by_id`` is the login of who sends it.

    Raises:
        Refused: ``carrier_too_long``, ``tracking_too_long``, ``no_such_line``, ``bad_quantity``,
            ``nothing_to_send``.
        Conflict: ``not_paid``; ``more_than_left``, some were sent or given up since.
    """
    by, code = _checked(carrier, tracking)
    now = lock_order(order.pk)
    before = Shipment.objects.filter(key=key, order=now).first() if key is not None else None
    if before is not None:
        return before
    if now.status != Order.Status.PAID:
        raise Conflict("not_paid", _("Only a paid order can be shipped."))
    tallies = tallies_of(now.pk)
    pieces = _all_left(tallies) if quantities is None else _chosen(tallies, quantities)
    shipment = Shipment(key=key or uuid4(), order=now, carrier=by, tracking=code, by_id=by_id)
    _pack(shipment, pieces)
    count(tallies, "sent", pieces)
    advance(now, tallies, shipment)
    if now.status == Order.Status.PAID:
        emit(PartShipped(**about(now), shipment_id=shipment.pk))
    return shipment


def _pack(shipment: Shipment, pieces: Mapping[int, int]) -> None:
    shipment.shipped_at = clock.now()
    shipment.save(force_insert=True)
    ShipmentLine.objects.bulk_create(
        ShipmentLine(shipment=shipment, line_id=line, quantity=n) for line, n in pieces.items()
    )


def _checked(carrier: str, tracking: str) -> tuple[str, str]:
    by, code = clean_line(carrier, max_length=200), clean_line(tracking, max_length=200)
    if len(by) > 60:
        raise Refused("carrier_too_long", _("The carrier's name is too long."))
    if len(code) > 80:
        raise Refused("tracking_too_long", _("The tracking number is too long."))
    return by, code


def _all_left(tallies: Mapping[int, LineTally]) -> dict[int, int]:
    """May be empty: an order of digital goods alone has nothing to send."""
    return {line: to_send(tally) for line, tally in tallies.items() if to_send(tally)}


def _chosen(tallies: Mapping[int, LineTally], quantities: Mapping[int, int]) -> dict[int, int]:
    if any(n < 0 for n in quantities.values()):
        raise Refused("bad_quantity", _("A number of pieces is 0 or more."))
    pieces = {line: n for line, n in quantities.items() if n}
    if not pieces:
        raise Refused("nothing_to_send", _("Say how many pieces are in the parcel."))
    for line, n in pieces.items():
        if n > to_send(known(tallies, line)):
            message = _("Fewer pieces are left to send. Look at the order again.")
            raise Conflict("more_than_left", message, line_id=line)
    return pieces
