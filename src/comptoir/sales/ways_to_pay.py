"""What the sheet offers to pay with, of the accounts that a shop has."""

from collections.abc import Iterable
from dataclasses import dataclass

from comptoir.sales.adapters.provider import Account, Instrument
from comptoir.sales.adapters.registry import PROVIDERS


@dataclass(frozen=True, slots=True)
class WayToPay:
    """A provider that takes this order, and what one chooses within it, the usual one first.

    ``label`` and the instruments are in the reader's language. ``hosted``: one leaves for a page of
    the provider's; ``is_test``: no money moves.
    """

    provider: str
    label: str
    hosted: bool
    is_test: bool
    instruments: tuple[Instrument, ...]


def ways_to_pay(
    accounts: Iterable[Account], *, currency: str, delivery_kind: str
) -> tuple[WayToPay, ...]:
    """In the order of the accounts; without a query."""
    return tuple(
        WayToPay(
            provider=account.provider,
            label=PROVIDERS[account.provider].label(),
            hosted=PROVIDERS[account.provider].hosted,
            is_test=account.is_test,
            instruments=PROVIDERS[account.provider].instruments(account),
        )
        for account in suitable(accounts, currency=currency, delivery_kind=delivery_kind)
    )


def suitable(
    accounts: Iterable[Account], *, currency: str, delivery_kind: str
) -> tuple[Account, ...]:
    """The accounts whose provider is known and takes such an order."""
    return tuple(
        account
        for account in accounts
        if account.provider in PROVIDERS
        and PROVIDERS[account.provider].takes(currency=currency, delivery_kind=delivery_kind)
    )
