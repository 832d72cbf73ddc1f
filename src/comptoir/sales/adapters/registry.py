"""The payment providers there are, by the name kept in ``Payment.provider``."""

from comptoir.sales.adapters.cash import CashProvider
from comptoir.sales.adapters.provider import PaymentProvider
from comptoir.sales.adapters.sandbox import SandboxProvider
from comptoir.sales.adapters.stripe import StripeProvider
from comptoir.sales.adapters.transfer import TransferProvider

_ALL: tuple[PaymentProvider, ...] = (
    SandboxProvider(),
    StripeProvider(),
    TransferProvider(),
    CashProvider(),
)

PROVIDERS: dict[str, PaymentProvider] = {provider.name: provider for provider in _ALL}
# Paid without a page of the provider's: what is ordered so is ordered before it is paid.
PAID_LATER = [name for name, provider in PROVIDERS.items() if not provider.hosted]
# What a person of the shop gives back, as the provider cannot.
BY_HAND = [name for name, provider in PROVIDERS.items() if provider.refunds_by_hand]


def provider_named(name: str) -> PaymentProvider:
    """Raises: KeyError: there is no such provider."""
    return PROVIDERS[name]
