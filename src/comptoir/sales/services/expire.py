"""What time does to unpaid orders: the bank is asked, then the held pieces go back."""

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet

from comptoir.common import clock
from comptoir.sales.adapters.provider import ProviderDown
from comptoir.sales.models import Order, Payment
from comptoir.sales.services.deadlocks import retried_on_deadlock
from comptoir.sales.services.settle import (
    OPEN_PAYMENT,
    Settlement,
    ask_provider,
    call_off,
    last_payment,
)

logger = logging.getLogger(__name__)

SETTLED = {Settlement.PAID, Settlement.FAILED, Settlement.REFUND_DUE}


def expire_orders(*, limit: int = 200) -> int:
    """Cancels unpaid orders whose time is over; returns how many.

    The provider is asked first, so that nothing paid is dropped. When it does not answer, the
    order keeps its pieces until it does.
    """
    due = Order.objects.filter(status=Order.Status.PENDING, pay_until__lte=clock.now())
    count = 0
    for order_id in list(due.order_by("pay_until").values_list("pk", flat=True)[:limit]):
        count += _expire(order_id)
    return count


def reconcile(*, older_than: timedelta, limit: int = 200) -> int:
    """Asks the providers about payments that stayed open so long; returns how many were settled."""
    waiting = Payment.objects.filter(
        status__in=OPEN_PAYMENT, created_at__lte=clock.now() - older_than
    )
    return _ask_about(waiting.order_by("created_at")[:limit])


def look_back(*, newer_than: timedelta, limit: int = 2000) -> int:
    """Asks once more about payments given up lately; returns how many had been captured since.

    An order may expire while its buyer is still at the provider's page, and the webhook that tells
    of the money may be lost: this is what finds it then.
    """
    given_up = Payment.objects.filter(
        status=Payment.Status.FAILED,
        failure__in=Order.CancelReason.values,
        settled_at__gt=clock.now() - newer_than,
    )
    return _ask_about(given_up.order_by("-settled_at")[:limit])


def _ask_about(payments: QuerySet[Payment]) -> int:
    settled = 0
    for order_id in list(payments.values_list("order", flat=True)):
        try:
            settled += ask_provider(order_id=order_id) in SETTLED
        except ProviderDown:
            logger.warning("order %s waits: its payment provider does not answer", order_id)
    return settled


def _expire(order_id: int) -> bool:
    try:
        ask_provider(order_id=order_id)
    except ProviderDown:
        logger.warning("order %s is due, but its payment provider does not answer", order_id)
        return False
    return _call_off_expired(order_id)


@retried_on_deadlock
@transaction.atomic
def _call_off_expired(order_id: int) -> bool:
    """Skips an order that is locked: someone settles or cancels it right now."""
    due = Order.objects.filter(pk=order_id, status=Order.Status.PENDING, pay_until__lte=clock.now())
    order = due.select_for_update(of=("self",), no_key=True, skip_locked=True).first()
    if order is None:
        return False
    call_off(order, last_payment(order_id), Order.CancelReason.EXPIRED, "expired")
    return True
