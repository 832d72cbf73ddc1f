"""A shop's account at Stripe: opened, told who it is, and used once Stripe lets it."""

from django.utils.translation import gettext_lazy as _

from comptoir.common.errors import NotVisible, Refused
from comptoir.people.actor import Actor
from comptoir.sales.adapters.provider import ProviderDown
from comptoir.sales.adapters.stripe_connect import (
    connect_account,
    connected_account,
    onboarding_link,
)
from comptoir.sales.adapters.stripe_door import is_test_key
from comptoir.sales.models import PaymentAccount
from comptoir.sales.services.accounts import activate_account, add_account
from comptoir.shops.models import Shop


def connect_stripe(*, shop: Shop, return_url: str, refresh_url: str) -> str:
    """Opens the shop's account at Stripe if there is none; returns the page where it goes on.

    Raises:
        Refused: ``stripe_down``; ``other_currency``.
    """
    account = _connected_of(shop.pk)
    try:
        if account is None:
            made = connect_account(shop_id=shop.pk, country=shop.country)
            account = add_account(
                shop=shop,
                provider="stripe",
                reference=made.reference,
                details={},
                active=False,
                is_test=is_test_key(),
            )
        return onboarding_link(
            reference=account.reference, return_url=return_url, refresh_url=refresh_url
        )
    except ProviderDown as error:
        raise _down() from error


def look_at_stripe(*, shop: Shop) -> bool:
    """Asks Stripe whether the shop's account may take payments, and uses it if so.

    Raises:
        NotVisible: the shop has none.
        Refused: ``stripe_down``; ``test_beside_live``.
    """
    account = _connected_of(shop.pk)
    if account is None:
        raise NotVisible
    try:
        ready = connected_account(account.reference).ready
    except ProviderDown as error:
        raise _down() from error
    if ready:
        activate_account(shop_id=shop.pk, account_id=account.pk)
    return ready


def use_own_stripe(*, actor: Actor, shop: Shop) -> PaymentAccount:
    """The place's own Stripe account, for the operator's own shop alone: to another's shop, the
    place would hold money that is not its.

    Raises:
        NotVisible: the actor is not the operator.
        Refused: ``other_currency``, ``test_beside_live``.
    """
    if not actor.is_operator:
        raise NotVisible
    return add_account(
        shop=shop, provider="stripe", reference="", details={}, is_test=is_test_key()
    )


def _connected_of(shop_id: int) -> PaymentAccount | None:
    rows = PaymentAccount.objects.filter(shop=shop_id, provider="stripe", is_test=is_test_key())
    return rows.exclude(reference="").first()


def _down() -> Refused:
    return Refused("stripe_down", _("Stripe does not answer. Please try again in a few minutes."))
