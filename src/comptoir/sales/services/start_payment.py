"""The second phase of a purchase: the provider is asked, outside any transaction.

And the third, when it decides at once.
"""

import logging
from dataclasses import dataclass

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
from comptoir.sales.services.settle import settle
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
    if answer.outcome is Outcome.WAITING and payment.provider not in PAID_LATER:
        done = _page_noted(payment, answer)
    else:
        done = answer.outcome is Outcome.CAPTURED and _captured(attempt.order, payment, answer)
    if not done:
        settle(payment_id=payment.pk, answer=answer)
        _read_again(attempt.order, payment)


def start_left_over(*, order_id: int) -> None:
    """Starts a payment whose own start never came to the provider, where that opens no page.

    The buyer is told by mail how to pay, as they would have been. A provider's page is not opened
    by us: nobody waits for it, and its order expires within minutes.
    """
    payment = _not_started(order_id)
    if payment is not None and payment.provider in PAID_LATER:
        _start(payment, order_link(payment.order.key))


def start_again(*, order: Order, return_url: str) -> bool:
    """Starts the payment of an order whose provider did not answer, as its buyer asks; returns
    whether it has answered by now. Read the order again afterwards.

    What the provider had begun, or taken, is found by the payment's own key.
    """
    payment = _not_started(order.pk)
    if payment is not None:
        _start(payment, return_url)
    return payment is None or payment.status != Payment.Status.CREATED


def _not_started(order_id: int) -> Payment | None:
    """The payment of a pending order that was not begun, as far as we heard."""
    rows = Payment.objects.select_related("account", "order__shop__profile")
    payment = rows.filter(order=order_id).order_by("-id").first()
    if payment is None or payment.status != Payment.Status.CREATED:
        return None
    return payment if payment.order.status == Order.Status.PENDING else None


def _start(payment: Payment, return_url: str) -> None:
    order = payment.order
    attempt = Attempt(order, payment, account_of(payment), order.shop.profile.name)
    start_payment(attempt, payment, return_url=return_url, instrument="")


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


def _page_noted(payment: Payment, answer: ProviderAnswer) -> bool:
    """Where the buyer pays, by compare-and-set in one statement: nothing else of the order moves,
    and a webhook may have settled the payment meanwhile."""
    fresh = Payment.objects.filter(pk=payment.pk, status=Payment.Status.CREATED)
    noted = {
        "status": Payment.Status.PENDING,
        "reference": answer.reference,
        "redirect_url": answer.redirect_url,
    }
    if not fresh.update(**noted):
        return False
    for name, value in noted.items():
        setattr(payment, name, value)
    return True


def _captured(order: Order, payment: Payment, answer: ProviderAnswer) -> bool:
    done = capture(payment_id=payment.pk, answer=answer)
    if done is None:
        return False
    payment.status = Payment.Status.CAPTURED
    order.status, order.number = Order.Status.PAID, done.number
    return True


def _read_again(order: Order, payment: Payment) -> None:
    payment.refresh_from_db()
    order.refresh_from_db(fields=["status", "number"])
