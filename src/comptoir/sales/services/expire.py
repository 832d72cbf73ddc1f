"""What time does to unpaid orders: the bank is asked, then the held pieces go back."""

import logging
from datetime import timedelta

from django.db import transaction

from comptoir.common import clock
from comptoir.common.deadlocks import retried_on_deadlock
from comptoir.sales.adapters.provider import WillNotSay
from comptoir.sales.models import Order, Payment
from comptoir.sales.services.settle import (
    AMOUNT_MISMATCH,
    OPEN_PAYMENT,
    Settlement,
    ask_provider,
    call_off,
    locked_payment,
)
from comptoir.sales.services.start_payment import start_left_over
from comptoir.sales.services.sweep import each

# Longer than any provider's page stays open; after it, what a provider refuses to show is not paid.
UNHEARD_FOR = timedelta(days=1)
logger = logging.getLogger(__name__)

SETTLED = {Settlement.PAID, Settlement.FAILED, Settlement.REFUND_DUE}


def expire_orders(*, page: int = 200) -> int:
    """Cancels unpaid orders whose time is over; returns how many.

    The provider is asked first, so that nothing paid is dropped. When it does not answer, or took
    another amount than was asked, the order keeps its pieces.
    """
    due = Order.objects.filter(status=Order.Status.PENDING, pay_until__lte=clock.now())
    return each(due, _expire, page=page)


def reconcile(
    *, older_than: timedelta, newer_than: timedelta | None = None, page: int = 200
) -> int:
    """Asks the providers about payments that stayed open so long, and no longer than
    ``newer_than``; returns how many were settled.

    What was never started is started now, where nobody has to be sent to a provider's page.
    """
    waiting = Payment.objects.filter(
        status__in=OPEN_PAYMENT, created_at__lte=clock.now() - older_than
    )
    if newer_than is not None:
        waiting = waiting.filter(created_at__gt=clock.now() - newer_than)
    return each(waiting, _reconcile, key="order", page=page)


def look_back(*, newer_than: timedelta, page: int = 200) -> int:
    """Asks once more about payments given up lately; returns how many had been captured since.

    An order may expire while its buyer is still at the provider's page, and the webhook that tells
    of the money may be lost: this is what finds it then.
    """
    given_up = Payment.objects.filter(
        status=Payment.Status.FAILED,
        failure__in=[*Order.CancelReason.values, AMOUNT_MISMATCH],
        settled_at__gt=clock.now() - newer_than,
    )
    return each(given_up, _ask_about, key="order", page=page)


def _reconcile(order_id: int) -> bool:
    done = ask_provider(order_id=order_id)
    if done is Settlement.WAITING:
        start_left_over(order_id=order_id)
    return done in SETTLED


def _ask_about(order_id: int) -> bool:
    return ask_provider(order_id=order_id) in SETTLED


def _expire(order_id: int) -> bool:
    try:
        if ask_provider(order_id=order_id) is Settlement.MISMATCH:
            return False
    except WillNotSay:
        over = clock.now() - UNHEARD_FOR
        if not Order.objects.filter(pk=order_id, pay_until__lte=over).exists():
            raise
        logger.error("order %s: called off, though its provider will not say", order_id)
    return _call_off_expired(order_id)


@retried_on_deadlock
@transaction.atomic
def _call_off_expired(order_id: int) -> bool:
    """Skips an order that is locked: someone settles or cancels it right now."""
    due = Order.objects.filter(pk=order_id, status=Order.Status.PENDING, pay_until__lte=clock.now())
    order = due.select_for_update(of=("self",), no_key=True, skip_locked=True).first()
    if order is None:
        return False
    call_off(order, locked_payment(order_id), Order.CancelReason.EXPIRED, "expired")
    return True
