"""Which of a shop's accounts can be paid an order."""

from collections.abc import Iterable

from comptoir.sales.adapters.provider import Account
from comptoir.sales.adapters.registry import PROVIDERS


def suitable(
    accounts: Iterable[Account], *, currency: str, delivery_kind: str
) -> tuple[Account, ...]:
    """The accounts whose provider is known and takes such an order, in their order."""
    return tuple(
        account
        for account in accounts
        if account.provider in PROVIDERS
        and PROVIDERS[account.provider].takes(currency=currency, delivery_kind=delivery_kind)
    )
