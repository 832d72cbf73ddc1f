"""The buyer comes back from the provider's page."""

import logging

from comptoir.sales.adapters.provider import ProviderDown
from comptoir.sales.models import Order
from comptoir.sales.services.settle import ask_provider

UNDECIDED = {Order.Status.PENDING, Order.Status.CANCELLED}

logger = logging.getLogger(__name__)


def come_back(*, order: Order) -> None:
    """Asks the provider what became of the order's payment, and settles what it says.

    An order that was called off meanwhile is asked about too: a buyer who pays in the last minute
    may be back after it expired, and must not be told that nothing was paid.
    Called outside any transaction. When the provider does not answer, its webhook or
    reconciliation will tell later. Read the order again afterwards.
    """
    if order.status not in UNDECIDED:
        return
    try:
        ask_provider(order_id=order.pk)
    except ProviderDown:
        logger.warning("order %s: its payment provider does not answer", order.pk)
