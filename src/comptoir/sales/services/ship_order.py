"""The parcel leaves, or waits at the shop."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from comptoir.common import clock
from comptoir.common.errors import Conflict, Refused
from comptoir.common.outbox import emit
from comptoir.common.states import transition
from comptoir.sales.events import OrderShipped, about
from comptoir.sales.models import Order
from comptoir.sales.states import ORDER


@transaction.atomic
def ship_order(*, order: Order, carrier: str = "", tracking: str = "") -> None:
    """Marks a paid order as shipped (or ready, when it is fetched at the shop).

    Raises:
        Refused: ``carrier_too_long``, ``tracking_too_long``.
        Conflict: ``not_paid``, it is not a paid order; ``state_changed``, someone was first.
    """
    by, code = " ".join(carrier.split()), " ".join(tracking.split())
    if len(by) > 60:
        raise Refused("carrier_too_long", _("The carrier's name is too long."))
    if len(code) > 80:
        raise Refused("tracking_too_long", _("The tracking number is too long."))
    if order.status != Order.Status.PAID:
        raise Conflict("not_paid", _("Only a paid order can be shipped."))
    transition(
        order, ORDER, Order.Status.SHIPPED, shipped_at=clock.now(), carrier=by, tracking=code
    )
    emit(OrderShipped(**about(order)))
