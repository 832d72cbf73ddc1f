"""The way to Stripe: one client of the official library, and what its faults mean here."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

import stripe
from django.conf import settings

from comptoir.sales.adapters.provider import ProviderDown

# The account has a default version of its own, which may change; this one does not.
API_VERSION = "2026-10-28.endive"
TIMEOUT = (3.05, 20)  # seconds: to connect, to answer
RETRIES = 2


class StripeRefused(Exception):
    """Stripe understood, and will not: asking again is of no use."""


def stripe_client() -> stripe.StripeClient:
    """Raises: ProviderDown: no key is configured."""
    if not settings.STRIPE_SECRET_KEY:
        raise ProviderDown("COMPTOIR_STRIPE_SECRET_KEY is not set")
    return _client(settings.STRIPE_SECRET_KEY, settings.STRIPE_API)


@lru_cache(maxsize=4)
def _client(key: str, address: str) -> stripe.StripeClient:
    return stripe.StripeClient(
        key,
        stripe_version=API_VERSION,
        max_network_retries=RETRIES,
        http_client=stripe.RequestsClient(timeout=TIMEOUT),
        base_addresses={"api": address} if address else None,
    )


def is_configured() -> bool:
    """Whether the operator gave the place a key."""
    return bool(settings.STRIPE_SECRET_KEY)


def is_test_key() -> bool:
    """Whether no money moves with the configured key."""
    return "_test_" in settings.STRIPE_SECRET_KEY


@contextmanager
def at_stripe() -> Iterator[None]:
    """Turns the library's faults into ours.

    Raises:
        ProviderDown: no answer, or one that says to come back.
        StripeRefused: what was asked is not possible.
    """
    try:
        yield
    except (stripe.InvalidRequestError, stripe.PermissionError, stripe.CardError) as error:
        raise StripeRefused(str(error.code or error)) from error
    except stripe.StripeError as error:
        raise ProviderDown(str(error)) from error


def options(account: str, key: str = "") -> stripe.RequestOptions:
    """``account`` is a connected account, '' for the place's own; ``key`` makes it happen once."""
    asked: stripe.RequestOptions = {}
    if account:
        asked["stripe_account"] = account
    if key:
        asked["idempotency_key"] = key
    return asked
