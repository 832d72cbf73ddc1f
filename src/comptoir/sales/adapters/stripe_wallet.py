"""Cards that Stripe keeps for members, on the account of one shop: asked for, listed, forgotten.

A Customer is opened at Stripe only for a member who asks to have their card kept. Its card numbers
never come here.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass

from comptoir.sales.adapters.provider import PaymentRequest, ProviderDown
from comptoir.sales.adapters.stripe_door import StripeRefused, at_stripe, options, stripe_client
from comptoir.sales.models import PaymentAccount, StripeCustomer

logger = logging.getLogger(__name__)

KEPT = "card_kept"  # the instrument of a member who wants their card kept
GONE = "resource_missing"


@dataclass(frozen=True, slots=True)
class CardAtStripe:
    """What tells a card from others; ``method_id`` is Stripe's."""

    method_id: str
    brand: str
    last4: str
    exp_month: int
    exp_year: int


def customer_for(request: PaymentRequest) -> str:
    """Whose kept cards Stripe shows: the member's Customer there, opened now when they ask to have
    their card kept; '' for all others.

    Raises:
        ProviderDown: Stripe does not answer, or will not.
    """
    if request.buyer_id is None:
        return ""
    account_id, asked = request.account.id, request.instrument == KEPT
    known = StripeCustomer.objects.filter(account=account_id, owner=request.buyer_id)
    row = known.first()
    if row is None and asked:
        new = StripeCustomer(account_id=account_id, owner_id=request.buyer_id)
        StripeCustomer.objects.bulk_create([new], ignore_conflicts=True)
        row = known.get()
    if row is not None and asked and not row.customer_id:
        row.customer_id = _open_customer(row, request.account.reference)
        row.save(update_fields=["customer_id"])
        _tell_address(row.customer_id, request)
    return row.customer_id if row is not None else ""


def _open_customer(row: StripeCustomer, account: str) -> str:
    """What is asked is the same for each of the member's orders: an answer that was lost is given
    again to the next, whatever address that one is under."""
    client = stripe_client()
    try:
        with at_stripe():
            made = client.v1.customers.create(
                params={"metadata": {"member": str(row.key)}},
                options=options(account, f"customer-{row.key}"),
            )
    except StripeRefused as refusal:
        raise ProviderDown(str(refusal)) from refusal
    return str(made.id)


def _tell_address(customer_id: str, request: PaymentRequest) -> None:
    """So that Stripe's page need not ask for it; it does when this fails."""
    client = stripe_client()
    try:
        with at_stripe():
            client.v1.customers.update(
                customer_id,
                params={"email": request.email},
                options=options(request.account.reference),
            )
    except (StripeRefused, ProviderDown) as error:
        logger.warning("payment %s: Stripe was not told the address: %s", request.key, error)


def forget_missing(account: PaymentAccount, customer_id: str) -> None:
    """Stripe does not know that Customer any more, so that nothing is kept there."""
    StripeCustomer.objects.filter(account=account, customer_id=customer_id).delete()


def cards_at_stripe(account: PaymentAccount, customer_id: str) -> list[CardAtStripe]:
    """The cards that Stripe keeps for a Customer; none when it does not know them.

    Raises:
        ProviderDown: it does not answer.
    """
    try:
        return list(_cards(account.reference, customer_id))
    except StripeRefused as refusal:
        if str(refusal) != GONE:
            raise ProviderDown(str(refusal)) from refusal
        return []


def _cards(account: str, customer_id: str) -> Iterator[CardAtStripe]:
    client = stripe_client()
    with at_stripe():
        listed = client.v1.payment_methods.list(
            params={"customer": customer_id, "type": "card", "limit": 100},
            options=options(account),
        )
        for method in listed.data:
            if (card := method.card) is not None:
                yield CardAtStripe(
                    method.id, card.brand, card.last4, int(card.exp_month), int(card.exp_year)
                )


def detach_card(account: PaymentAccount, method_id: str) -> None:
    """Stripe keeps it no more; again, nothing happens.

    Raises:
        ProviderDown: Stripe does not answer, or will not.
    """
    client = stripe_client()
    try:
        with at_stripe():
            client.v1.payment_methods.detach(method_id, options=options(account.reference))
    except StripeRefused as refusal:
        _unless_gone(refusal)


def delete_customer(account: PaymentAccount, customer_id: str) -> None:
    """Stripe forgets the Customer with all that it keeps for them; again, nothing happens.

    Raises:
        ProviderDown: Stripe does not answer, or will not.
    """
    client = stripe_client()
    try:
        with at_stripe():
            client.v1.customers.delete(customer_id, options=options(account.reference))
    except StripeRefused as refusal:
        _unless_gone(refusal)


def _unless_gone(refusal: StripeRefused) -> None:
    """Of a card that is kept for nobody, Stripe says that it is not attached."""
    if str(refusal) != GONE and "not attached" not in str(refusal):
        raise ProviderDown(str(refusal)) from refusal
