"""The ways to pay that the sheet offers: each instrument of each of the shop's accounts."""

from collections.abc import Sequence
from dataclasses import dataclass

from comptoir.sales.adapters.provider import Account
from comptoir.sales.adapters.registry import PROVIDERS, provider_named


@dataclass(frozen=True, slots=True)
class Way:
    """``value`` is what the form sends: provider and instrument. ``keeps``: a member may have what
    they pay with kept for next time."""

    value: str
    label: str
    note: str
    hosted: bool
    keeps: bool
    chosen: bool


def ways_to_pay(
    accounts: Sequence[Account], currency: str, delivery_kind: str, asked: str
) -> tuple[Way, ...]:
    """Those that can pay such an order, in the shop's order; the one asked for is chosen, else the
    first."""
    found = []
    for account in accounts:
        provider = provider_named(account.provider)
        if provider.takes(currency=currency, delivery_kind=delivery_kind):
            for instrument in provider.instruments(account):
                value = f"{account.provider}:{instrument.code}"
                keeps = bool(instrument.kept)
                found.append((value, instrument.label, instrument.note, provider.hosted, keeps))
    values = [value for value, *_rest in found]
    chosen = asked if asked in values else next(iter(values), "")
    return tuple(Way(*each, chosen=each[0] == chosen) for each in found)


def to_be_kept(provider: str, instrument: str) -> str:
    """The instrument that stands for this one when a member wants it kept; itself if it cannot."""
    if provider not in PROVIDERS:
        return instrument
    offered = PROVIDERS[provider].instruments(Account())
    return next((one.kept for one in offered if one.code == instrument and one.kept), instrument)
