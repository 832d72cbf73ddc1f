"""The ways to pay that a phone at the counter can use."""

from collections.abc import Sequence

from comptoir.sales.adapters.provider import Account
from comptoir.web.checkout.paying import Way, ways_to_pay

# Ways that are not over while one stands at the counter, or that need no phone.
NOT_ON_THE_SPOT = {"transfer", "cash"}


def phone_ways(accounts: Sequence[Account], currency: str, asked: str = "") -> tuple[Way, ...]:
    """Those among a shop's accounts; the one asked for is chosen, else the first."""
    fit = [account for account in accounts if account.provider not in NOT_ON_THE_SPOT]
    return ways_to_pay(fit, currency, "counter", asked)
