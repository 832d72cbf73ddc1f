"""The second phase of a purchase: the provider is asked, outside any transaction.

And the third, when it decides at once.
"""

import logging
from dataclasses import dataclass

from django.db import transaction

from comptoir.common.deadlocks import retried_on_deadlock
from comptoir.sales.adapters.provider import (
    Account,
    Outcome,
    PaymentRequest,
    ProviderAnswer,
    ProviderDown,
)
from comptoir.sales.adapters.registry import PAID_LATER, provider_named
from comptoir.sales.links import order_link
from comptoir.sales.models import Order, Payment
from comptoir.sales.services.capture import capture
from comptoir.sales.services.settle import await_payment, settle
from comptoir.sales.services.terms import account_of

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Attempt:
    """An order and its payment, at which account, for which shop; ``None``: it costs nothing."""

    order: Order
    payment: Payment | None
    account: Account
    shop_name: str


def start_payment(attempt: Attempt, payment: Payment, *, return_url: str, instrument: str) -> None:
    """Starts it, and brings its order and payment to what became of them."""
    answer = _ask(attempt, payment, return_url, instrument)
    if answer is None:
        return
    if answer.outcome is Outcome.WAITING:
        _write_pending(attempt.order, payment, answer)
    elif answer.outcome is not Outcome.CAPTURED or not _captured(attempt.order, payment, answer):
        settle(payment_id=payment.pk, answer=answer)
        _read_again(attempt.order, payment)


def start_left_over(*, order_id: int) -> None:
    """Starts a payment whose own start never came to the provider, where that opens no page.

    The buyer is told by mail how to pay, as they would have been. A provider's page is not opened
    by us: nobody waits for it, and its order expires within minutes.
    """
    rows = Payment.objects.select_related("account", "order__shop__profile")
    payment = rows.filter(order=order_id).order_by("-id").first()
    if payment is None or payment.status != Payment.Status.CREATED:
        return
    order = payment.order
    if order.status == Order.Status.PENDING and payment.provider in PAID_LATER:
        attempt = Attempt(order, payment, account_of(payment), order.shop.profile.name)
        start_payment(attempt, payment, return_url=order_link(order.key), instrument="")


def start_again(*, order: Order, return_url: str) -> bool:
    """Starts the payment of an order whose provider did not answer, as its buyer asks; returns
    whether the provider has answered by now. Read the order again afterwards.

    What the provider had begun, or taken, is found by the payment's own key.
    """
    rows = Payment.objects.select_related("account")
    payment = rows.filter(order=order.pk).order_by("-id").first()
    if payment is None or payment.status != Payment.Status.CREATED:
        return True
    if order.status == Order.Status.PENDING:
        attempt = Attempt(order, payment, account_of(payment), order.shop.profile.name)
        start_payment(attempt, payment, return_url=return_url, instrument="")
    return payment.status != Payment.Status.CREATED


def _ask(
    attempt: Attempt, payment: Payment, return_url: str, instrument: str
) -> ProviderAnswer | None:
    order = attempt.order
    request = PaymentRequest(
        key=payment.key,
        amount_minor=payment.amount_minor,
        currency=payment.currency,
        description=attempt.shop_name,
        return_url=return_url,
        account=attempt.account,
        instrument=instrument,
        order_number=order.number,
        language=order.language,
        email=order.email,
        buyer_id=order.buyer_id,
    )
    try:
        return provider_named(payment.provider).start(request)
    except ProviderDown:
        logger.warning("payment %s: the provider does not answer", payment.key)
        return None


def _captured(order: Order, payment: Payment, answer: ProviderAnswer) -> bool:
    done = capture(payment_id=payment.pk, answer=answer)
    if done is None:
        return False
    payment.status = Payment.Status.CAPTURED
    order.status, order.number = Order.Status.PAID, done.number
    return True


def _write_pending(order: Order, payment: Payment, answer: ProviderAnswer) -> None:
    """By compare-and-set in one statement: a webhook may have settled the payment meanwhile."""
    write = _write_awaited if payment.provider in PAID_LATER else _write_waiting
    if write(order, payment, answer):
        payment.status = Payment.Status.PENDING
        payment.redirect_url = answer.redirect_url
    else:
        _read_again(order, payment)


@retried_on_deadlock
@transaction.atomic
def _write_awaited(order: Order, payment: Payment, answer: ProviderAnswer) -> bool:
    if written := _write_waiting(order, payment, answer):
        await_payment(order, payment)
    return written


def _write_waiting(_order: Order, payment: Payment, answer: ProviderAnswer) -> bool:
    fresh = Payment.objects.filter(pk=payment.pk, status=Payment.Status.CREATED)
    return bool(
        fresh.update(
            status=Payment.Status.PENDING,
            reference=answer.reference,
            redirect_url=answer.redirect_url,
        )
    )


def _read_again(order: Order, payment: Payment) -> None:
    payment.refresh_from_db()
    order.refresh_from_db(fields=["status", "number"])
