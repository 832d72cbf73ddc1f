"""The end of a payment, from the provider's answer or its webhook, whichever comes first.

The order's row is locked first by everything that touches an order, its payments or its stock; but
for the note of where its buyer pays (``start_payment``), which touches the payment alone.
"""

import logging
from enum import StrEnum
from uuid import UUID, uuid4

from django.db import IntegrityError, connection, transaction

from comptoir.common import clock
from comptoir.common.deadlocks import retried_on_deadlock
from comptoir.common.outbox import emit
from comptoir.common.states import transition
from comptoir.sales.adapters.provider import Outcome, ProviderAnswer
from comptoir.sales.adapters.registry import PAID_LATER, provider_named
from comptoir.sales.events import (
    OrderCancelled,
    OrderPaid,
    PaymentAwaited,
    PaymentFailed,
    RefundDue,
    about,
)
from comptoir.sales.models import OddMoney, Order, Payment, Refund
from comptoir.sales.services.capture import capture
from comptoir.sales.services.ledger import append_to_ledger
from comptoir.sales.services.numbers import next_number
from comptoir.sales.services.offer_uses import confirm_offers, release_offers, retake_offers
from comptoir.sales.services.stock import count_again, give_back_held, take_held
from comptoir.sales.states import ORDER, PAYMENT

logger = logging.getLogger(__name__)

OPEN_PAYMENT = {Payment.Status.CREATED, Payment.Status.PENDING}
AMOUNT_MISMATCH = "amount_mismatch"  # a payment's ``failure`` until the provider says otherwise
AMOUNT_RETURNED = "amount_returned"  # what came instead goes back: nothing else will be settled
DECIDED = {Payment.Status.CAPTURED, Payment.Status.REFUNDED}


class Settlement(StrEnum):
    """What settling came to."""

    WAITING = "waiting"
    PAID = "paid"
    FAILED = "failed"
    REFUND_DUE = "refund_due"
    ALREADY = "already"
    MISMATCH = "mismatch"


def ask_provider(*, order_id: int) -> Settlement:
    """Asks the provider what became of an order's payment, outside any transaction, and settles.

    Used when the buyer comes back, before an order is called off, and by reconciliation. A payment
    that we gave up is asked about too: the provider may have taken the money since.

    Raises:
        ProviderDown: it does not answer.
    """
    payment = last_payment(order_id)
    if payment is None or payment.status in DECIDED:
        return Settlement.ALREADY
    answer = provider_named(payment.provider).fetch(payment.key)
    return Settlement.WAITING if answer is None else settle(payment_id=payment.pk, answer=answer)


def last_payment(order_id: int) -> Payment | None:
    """The order's newest payment; ``None`` when there was nothing to pay."""
    return Payment.objects.filter(order=order_id).order_by("-id").first()


def locked_payment(order_id: int) -> Payment | None:
    """``last_payment``, locked until the commit; the caller holds the order's lock."""
    rows = Payment.objects.select_for_update(no_key=True)
    return rows.filter(order=order_id).order_by("-id").first()


def settle(*, payment_id: int, answer: ProviderAnswer) -> Settlement:
    """Writes what the provider says into payment, order, stock and outbox, at most once.

    Money of another amount or currency than was asked settles nothing: the payment is marked, and
    a person must look (``sales.census.mismatched_payments``).
    """
    if answer.outcome is Outcome.CAPTURED and capture(payment_id=payment_id, answer=answer):
        return Settlement.PAID
    return _settle(payment_id, answer)


@retried_on_deadlock
@transaction.atomic
def _settle(payment_id: int, answer: ProviderAnswer) -> Settlement:
    """With the rows locked: all but money that came in time."""
    payment = lock_payment(payment_id)
    order = payment.order
    if payment.failure == AMOUNT_RETURNED:
        return Settlement.ALREADY
    if answer.outcome is Outcome.WAITING:
        return _note_pending(payment, answer)
    if answer.outcome is Outcome.FAILED:
        return _fail(order, payment, answer)
    if (answer.amount_minor, answer.currency) != (payment.amount_minor, payment.currency):
        logger.error(
            "payment %s: asked %s %s, the provider says %s %s",
            payment.key, payment.amount_minor, payment.currency,
            answer.amount_minor, answer.currency,
        )  # fmt: skip
        mark_mismatch(payment_id=payment.pk, answer=answer)
        return Settlement.MISMATCH
    return _capture(order, payment, answer)


@transaction.atomic
def mark_mismatch(*, payment_id: int, answer: ProviderAnswer) -> None:
    """Writes down that another sum was taken; what was settled already stays as it is."""
    payments = Payment.objects.filter(pk=payment_id).exclude(status__in=DECIDED)
    if payments.exclude(failure=AMOUNT_RETURNED).update(failure=AMOUNT_MISMATCH):
        came = {"amount_minor": max(0, answer.amount_minor), "currency": answer.currency[:3]}
        OddMoney.objects.update_or_create(
            payment_id=payment_id, defaults={**came, "seen_at": clock.now()}
        )


def lock_payment(payment_id: int) -> Payment:
    """The payment with its order, both locked until the commit: the order first, as everywhere."""
    rows = Payment.objects.select_related("order")
    return rows.select_for_update(of=("order", "self"), no_key=True).get(pk=payment_id)


def _note_pending(payment: Payment, answer: ProviderAnswer) -> Settlement:
    """What is paid later is placed for good by now: its buyer is told how to pay, and its things
    are out of the basket."""
    if payment.status == Payment.Status.CREATED:
        transition(
            payment,
            PAYMENT,
            Payment.Status.PENDING,
            reference=answer.reference,
            redirect_url=answer.redirect_url,
        )
        if payment.provider in PAID_LATER:
            _take_out_of_basket(payment.order)
            emit(PaymentAwaited(**about(payment.order), payment_id=payment.pk))
    return Settlement.WAITING


def _fail(order: Order, payment: Payment, answer: ProviderAnswer) -> Settlement:
    if payment.status not in OPEN_PAYMENT:
        return Settlement.ALREADY
    call_off(order, payment, Order.CancelReason.PAYMENT_FAILED, answer.failure or "refused")
    return Settlement.FAILED


def call_off(order: Order, payment: Payment | None, reason: str, failure: str) -> None:
    """Cancels a pending order: the open payment is given up, the held pieces go back.

    The caller holds the locks of both, and the payment is open.
    """
    now = clock.now()
    transition(order, ORDER, Order.Status.CANCELLED, cancel_reason=reason, cancelled_at=now)
    give_back_held(order.pk)
    release_offers(order.pk)
    if payment is not None:
        transition(payment, PAYMENT, Payment.Status.FAILED, failure=failure[:40], settled_at=now)
        emit(PaymentFailed(**about(order), payment_id=payment.pk, failure=payment.failure))
    emit(OrderCancelled(**about(order), reason=reason, was_paid=False))


def _capture(order: Order, payment: Payment, answer: ProviderAnswer) -> Settlement:
    if payment.status in DECIDED:
        return Settlement.ALREADY
    if payment.status == Payment.Status.CREATED and payment.provider in PAID_LATER:
        # Its start was cut short, and its money is here already.
        transition(payment, PAYMENT, Payment.Status.PENDING)
        _take_out_of_basket(order)
    # It may have become payable between the first look and the lock.
    if capture(payment_id=payment.pk, answer=answer) or _captured_late(payment, answer):
        return Settlement.PAID
    logger.warning("payment %s: captured too late, will be refunded", payment.key)
    transition(
        payment,
        PAYMENT,
        Payment.Status.CAPTURED,
        reference=answer.reference,
        captured_minor=payment.amount_minor,
        settled_at=clock.now(),
        failure="",
    )
    owe_refund(order, payment, payment.captured_minor, "late_capture")
    append_to_ledger(payment, order.shop_id, "captured", payment.captured_minor)
    return Settlement.REFUND_DUE


class _Gone(Exception):
    """What the order was placed with is not there any more: an offer that others have used up, or
    what is not counted and out of stock."""


def _captured_late(payment: Payment, answer: ProviderAnswer) -> bool:
    """Money for an order that merely expired, whose pieces and offers are all still there, as the
    shop counts them now.

    One that someone called off stays so, and one of whose things were ordered from the basket once
    more since.
    """
    if _is_ordered_anew(payment.order):
        return False
    try:
        with transaction.atomic():
            in_stock = count_again(payment.order_id)
            captured = capture(payment_id=payment.pk, answer=answer, late=True)
            if captured is None or not in_stock or not retake_offers(captured.order_id):
                raise _Gone
    except (IntegrityError, _Gone):
        return False
    return True


def _is_ordered_anew(order: Order) -> bool:
    if order.basket_id is None:
        return False
    later = Order.objects.filter(basket=order.basket_id, shop=order.shop_id, pk__gt=order.pk)
    alive = later.exclude(status=Order.Status.CANCELLED, paid_at=None)
    return alive.filter(lines__variant__in=order.lines.values("variant")).exists()


def mark_paid(order: Order) -> None:
    """An order that costs nothing is paid at once; the caller just placed it."""
    now = clock.now()
    take_held(order.pk)
    confirm_offers(order.pk)
    transition(
        order,
        ORDER,
        Order.Status.PAID,
        paid_at=now,
        number=next_number(order.shop_id, now),
    )
    _take_out_of_basket(order)
    emit(OrderPaid(**about(order), all_digital=order.delivery_kind == "digital"))


def _take_out_of_basket(order: Order) -> None:
    if order.basket_id is not None:
        with connection.cursor() as cursor:
            cursor.execute(EMPTY_BASKET, [order.basket_id, order.pk])


def owe_refund(
    order: Order,
    payment: Payment,
    amount_minor: int,
    reason: str,
    *,
    by_id: int | None = None,
    key: UUID | None = None,
) -> Refund:
    """Promises money back; a job asks the provider. The caller holds the order's lock.

    ``by_id`` is the login of who promises it, ``key`` the refund's own when a form brings it.

    Raises:
        IntegrityError: more than was captured (``payment_refunded``), or a key that is taken.
    """
    refund = Refund.objects.create(
        key=key or uuid4(), payment=payment, amount_minor=amount_minor, reason=reason, by_id=by_id
    )
    payment.refund_due_minor += amount_minor
    payment.save(update_fields=["refund_due_minor"])
    emit(RefundDue(**about(order), refund_id=refund.pk, amount_minor=amount_minor, reason=reason))
    return refund


EMPTY_BASKET = """
WITH bought AS (
  SELECT b.id, sum(l.quantity) AS pieces
  FROM sales_basketline b JOIN sales_orderline l ON l.variant_id = b.variant_id
  WHERE b.basket_id = %s AND l.order_id = %s AND NOT b.saved_for_later
  GROUP BY b.id),
lessened AS (
  UPDATE sales_basketline b SET quantity = b.quantity - bought.pieces FROM bought
  WHERE b.id = bought.id AND b.quantity > bought.pieces)
DELETE FROM sales_basketline b USING bought
WHERE b.id = bought.id AND b.quantity <= bought.pieces
"""
