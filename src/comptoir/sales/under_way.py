"""Words about money that has not come: how an order is known where it is paid later, and what
becomes of what may be on its way when it is called off."""

from django.utils.translation import gettext as _

from comptoir.sales.adapters.registry import PAID_LATER
from comptoir.sales.models import Order

TRANSFER = "transfer"


def money_under_way(provider: str) -> str:
    """What becomes of it, whether any comes or not; '' where none can be: nothing was begun, or it
    is paid at the counter. Of a provider that has said nothing, nobody knows what it took."""
    if provider == TRANSFER:
        return _("If you have sent the transfer already, it is given back.")
    if not provider or provider in PAID_LATER:
        return ""
    return _("If the bank has taken anything, it is given back.")


def at_the_counter(order: Order) -> str:
    """By what the shop finds an order that has no number yet, as it is not paid."""
    return _("At the counter, say the name of the order: %(name)s.") % {"name": order.recipient}
