"""What tests of the time after payment do over and over."""

from typing import Any
from uuid import uuid4

from django.core import mail

from comptoir.catalog.models import Variant
from comptoir.sales.models import LineTally, Order, OrderLine
from comptoir.sales.services.ship_order import ship_order
from tests.sales.buying import at_bank, basket, order_of, work

__all__ = ["bought", "line_of", "sent", "tally_of", "uuid4"]


def bought(*wanted: tuple[Variant, int], **more: Any) -> Order:
    """A paid order, its mails read."""
    placed = basket(*wanted, **more).sent()
    if placed.redirect_url:
        at_bank(placed, "approve")
    work()
    mail.outbox.clear()
    return order_of(placed)


def sent(*wanted: tuple[Variant, int], **more: Any) -> Order:
    """A paid order that has left in one parcel."""
    order = bought(*wanted, **more)
    ship_order(order=order, carrier="Colissimo", tracking="6A1")
    order.refresh_from_db()
    return order


def line_of(order: Order, variant: Variant) -> OrderLine:
    return order.lines.get(variant=variant)


def tally_of(order: Order, variant: Variant) -> LineTally:
    return LineTally.objects.get(line__order=order, line__variant=variant)
