"""The ways to pay that a phone at the counter can use."""

from collections.abc import Sequence

from comptoir.sales.adapters.provider import Account
from comptoir.sales.adapters.registry import PAID_LATER
from comptoir.web.checkout.paying import Way, ways_to_pay


def phone_ways(accounts: Sequence[Account], currency: str, asked: str = "") -> tuple[Way, ...]:
    """Those among a shop's accounts; the one asked for is chosen, else the first.

    What is paid later is not over while one stands at the counter, or needs no phone.
    """
    fit = [account for account in accounts if account.provider not in PAID_LATER]
    return ways_to_pay(fit, currency, "counter", asked)
