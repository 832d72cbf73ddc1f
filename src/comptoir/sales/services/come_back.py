"""The buyer comes back from the provider's page."""

import logging

from comptoir.sales.adapters.provider import ProviderDown
from comptoir.sales.models import Order
from comptoir.sales.services.settle import ask_provider

logger = logging.getLogger(__name__)


def come_back(*, order: Order) -> None:
    """Asks the provider what became of a pending order's payment, and settles what it says.

    Called outside any transaction. When the provider does not answer, its webhook or
    reconciliation will tell later. Read the order again afterwards.
    """
    if order.status != Order.Status.PENDING:
        return
    try:
        ask_provider(order_id=order.pk)
    except ProviderDown:
        logger.warning("order %s: its payment provider does not answer", order.pk)
