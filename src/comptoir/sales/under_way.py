"""Words about money that has not come: what its order waits for, and what becomes of what may be on
its way when it is called off."""

from comptoir.sales.adapters.hosted import Hosted
from comptoir.sales.adapters.provider import Awaited
from comptoir.sales.adapters.registry import PROVIDERS
from comptoir.sales.models import Order


def awaited_by(order: Order, provider: str, shop: str, until: str) -> Awaited:
    """What the order waits for, for its buyer, in the reader's language."""
    kind = PROVIDERS.get(provider, Hosted())
    return kind.awaited(shop=shop, until=until, recipient=order.recipient)


def money_under_way(provider: str) -> str:
    """What becomes of it, whether any comes or not; '' where none can be: nothing was begun, or it
    is paid at the counter."""
    return PROVIDERS[provider].under_way() if provider in PROVIDERS else ""
