"""Cards kept for members: noted after a payment, removed, and forgotten with the person.

Stripe keeps them; what is written here is what a member needs to know them by.
"""

from datetime import timedelta

from django.db import transaction

from comptoir.common import clock
from comptoir.common.errors import NotVisible
from comptoir.common.outbox import emit
from comptoir.people.actor import Actor
from comptoir.sales.adapters.stripe_wallet import (
    CardAtStripe,
    cards_at_stripe,
    delete_customer,
    detach_card,
)
from comptoir.sales.events import SavedCardRemoved
from comptoir.sales.models import Payment, SavedCard, StripeCharge, StripeCustomer
from comptoir.sales.services.sweep import each

# A session that was not paid by then never will be.
GIVEN_UP = timedelta(days=2)
TAKEN = [Payment.Status.CAPTURED, Payment.Status.REFUNDED]


def note_saved_cards() -> int:
    """Looks up the cards that were kept with payments made lately; returns how many payments."""
    waiting = StripeCharge.objects.filter(keeps=True)
    waiting.filter(created_at__lt=clock.now() - GIVEN_UP).exclude(payment__status__in=TAKEN).update(
        keeps=False
    )
    return each(waiting.filter(payment__status__in=TAKEN), _note)


def _note(charge_id: int) -> bool:
    charge = StripeCharge.objects.select_related("account").get(pk=charge_id)
    customer_id = str(charge.request["customer"])
    found = cards_at_stripe(charge.account, customer_id)
    with transaction.atomic():
        rows = StripeCustomer.objects.select_for_update()
        customer = rows.filter(account=charge.account, customer_id=customer_id).first()
        if customer is not None and customer.owner_id is not None:
            _write(customer, found)
        StripeCharge.objects.filter(pk=charge_id).update(keeps=False)
    return True


def _write(customer: StripeCustomer, found: list[CardAtStripe]) -> None:
    """What its owner removed meanwhile stays removed."""
    for card in found:
        values = {
            "brand": card.brand[:20],
            "last4": card.last4[:4],
            "exp_month": card.exp_month,
            "exp_year": card.exp_year,
        }
        SavedCard.objects.update_or_create(
            method_id=card.method_id,
            defaults=values,
            create_defaults=values | {"customer": customer},
        )
    customer.cards.exclude(method_id__in=[card.method_id for card in found]).delete()


@transaction.atomic
def remove_saved_card(*, actor: Actor, card_id: int) -> None:
    """A member does not want a card kept any more; a job tells Stripe. Again, nothing happens.

    Raises:
        NotVisible: not a card of theirs.
    """
    if actor.profile_id is None:
        raise NotVisible
    rows = SavedCard.objects.select_for_update(of=("self",))
    card = rows.filter(pk=card_id, customer__owner=actor.profile_id).first()
    if card is None:
        raise NotVisible
    if card.removed_at is None:
        card.removed_at = clock.now()
        card.save(update_fields=["removed_at"])
        emit(SavedCardRemoved(card_id=card.pk))


def forget_card(*, card_id: int) -> None:
    """Has Stripe forget a card that its owner removed, and its Customer with the last one.

    Raises:
        ProviderDown: Stripe does not answer; asking again later is safe.
    """
    rows = SavedCard.objects.select_related("customer__account")
    card = rows.filter(pk=card_id, removed_at__isnull=False).first()
    if card is None:
        return
    customer = card.customer
    detach_card(customer.account, card.method_id)
    card.delete()
    paying = StripeCharge.objects.filter(
        account=customer.account, keeps=True, request__customer=customer.customer_id
    )
    if not customer.cards.exists() and not paying.exists():
        forget_customer_at_stripe(customer_pk=customer.pk)


@transaction.atomic
def forget_cards_of(profile_id: int) -> list[int]:
    """Takes leave of a member: their cards are deleted here, and belong to nobody at Stripe until
    each of the returned customers is forgotten there too."""
    customers = StripeCustomer.objects.filter(owner=profile_id)
    keys = list(customers.order_by("pk").values_list("pk", flat=True))
    SavedCard.objects.filter(customer__in=keys).delete()
    customers.update(owner=None)
    return keys


def forget_customer_at_stripe(*, customer_pk: int) -> None:
    """Has Stripe forget a Customer with all that it keeps for them, then forgets them here.

    Raises:
        ProviderDown: Stripe does not answer; asking again later is safe.
    """
    row = StripeCustomer.objects.select_related("account").filter(pk=customer_pk).first()
    if row is None:
        return
    if row.customer_id:
        delete_customer(row.account, row.customer_id)
    row.delete()
