"""Shops' own accounts at Stripe, connected to the place's (Stripe Connect)."""

from dataclasses import dataclass

from comptoir.sales.adapters.provider import ProviderDown
from comptoir.sales.adapters.stripe_door import (
    StripeRefused,
    at_stripe,
    is_test_key,
    options,
    stripe_client,
)


@dataclass(frozen=True, slots=True)
class Connected:
    """``ready``: Stripe lets it take payments. ``asks``: Stripe still wants to know things."""

    reference: str
    ready: bool
    asks: bool


def connect_account(*, shop_id: int, country: str) -> Connected:
    """Opens the shop's account at Stripe, once however often it is asked, and by whom: who they are
    is between them and Stripe.

    The shop pays Stripe's fees, bears its own losses and has Stripe's own dashboard: the place only
    sends its buyers there.

    Raises:
        ProviderDown: Stripe does not answer, or will not.
    """
    mode = "test" if is_test_key() else "live"
    client = stripe_client()
    try:
        with at_stripe():
            made = client.v1.accounts.create(
                params={
                    "country": country,
                    "controller": {
                        "fees": {"payer": "account"},
                        "losses": {"payments": "stripe"},
                        "requirement_collection": "stripe",
                        "stripe_dashboard": {"type": "full"},
                    },
                    "metadata": {"shop": str(shop_id)},
                },
                options=options("", f"account-{mode}-{shop_id}"),
            )
    except StripeRefused as refusal:
        raise ProviderDown(str(refusal)) from refusal
    return Connected(made.id, bool(made.charges_enabled), not made.details_submitted)


def onboarding_link(*, reference: str, return_url: str, refresh_url: str) -> str:
    """Stripe's page where the shop says who it is; the address works once, for a few minutes.

    Raises:
        ProviderDown: Stripe does not answer, or will not.
    """
    client = stripe_client()
    try:
        with at_stripe():
            link = client.v1.account_links.create(
                params={
                    "account": reference,
                    "return_url": return_url,
                    "refresh_url": refresh_url,
                    "type": "account_onboarding",
                }
            )
    except StripeRefused as refusal:
        raise ProviderDown(str(refusal)) from refusal
    return str(link.url)


def connected_account(reference: str) -> Connected:
    """How the account stands now.

    Raises:
        ProviderDown: Stripe does not answer, or does not know it.
    """
    client = stripe_client()
    try:
        with at_stripe():
            found = client.v1.accounts.retrieve(reference)
    except StripeRefused as refusal:
        raise ProviderDown(str(refusal)) from refusal
    return Connected(found.id, bool(found.charges_enabled), not found.details_submitted)


def dispute_page(reference: str, *, is_test: bool) -> str:
    """Where the shop, signed in at Stripe, answers a dispute."""
    place = "test/disputes" if is_test else "disputes"
    return f"https://dashboard.stripe.com/{place}/{reference}"
