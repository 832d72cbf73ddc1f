"""The payment providers there are, by the name kept in ``Payment.provider``."""

from comptoir.sales.adapters.provider import PaymentProvider
from comptoir.sales.adapters.sandbox import SandboxProvider

_ALL: tuple[PaymentProvider, ...] = (SandboxProvider(),)

PROVIDERS: dict[str, PaymentProvider] = {provider.name: provider for provider in _ALL}
FIRST_CHOICE = "sandbox"


def provider_named(name: str) -> PaymentProvider:
    """Raises: KeyError: there is no such provider."""
    return PROVIDERS[name]
