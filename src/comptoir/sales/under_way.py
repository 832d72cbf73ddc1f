"""Words about money that may be on its way when an order is called off before it is paid."""

from django.utils.translation import gettext as _

from comptoir.sales.adapters.registry import PAID_LATER

TRANSFER = "transfer"


def money_under_way(provider: str) -> str:
    """What becomes of it, whether any comes or not; '' where none can be: nothing was begun, or it
    is paid at the counter. Of a provider that has said nothing, nobody knows what it took."""
    if provider == TRANSFER:
        return _("If you have sent the transfer already, it is given back.")
    if not provider or provider in PAID_LATER:
        return ""
    return _("If the bank has taken anything, it is given back.")
