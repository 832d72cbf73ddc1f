"""Calling an order off."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from comptoir.common import clock
from comptoir.common.deadlocks import retried_on_deadlock
from comptoir.common.errors import Conflict
from comptoir.common.outbox import emit
from comptoir.common.states import transition
from comptoir.sales.adapters.provider import ProviderDown
from comptoir.sales.events import OrderCancelled, about
from comptoir.sales.models import Order
from comptoir.sales.services.settle import (
    Settlement,
    ask_provider,
    call_off,
    last_payment,
    owe_refund,
)
from comptoir.sales.services.stock import close_holds
from comptoir.sales.states import ORDER


def cancel_by_buyer(*, order: Order) -> None:
    """The buyer gives up before paying; what was just paid is not given up unseen.

    Raises:
        Conflict: ``not_pending``, it is paid, shipped or cancelled already; ``provider_down``,
            ``amount_mismatch``.
    """
    _ask_about(order)
    _call_off_pending(order_id=order.pk, reason=Order.CancelReason.BY_BUYER)


def cancel_by_shop(*, order: Order) -> None:
    """The shop cannot or will not deliver: what was paid goes back, the pieces go on the shelf.

    Raises:
        Conflict: ``not_cancellable``, it is shipped or cancelled already; ``provider_down``,
            ``amount_mismatch``.
    """
    _ask_about(order)
    _cancel(order_id=order.pk)


def _ask_about(order: Order) -> None:
    """Outside any transaction: a charge that we have not heard of yet must be known first."""
    if order.status != Order.Status.PENDING:
        return
    try:
        said = ask_provider(order_id=order.pk)
    except ProviderDown as error:
        message = _("The bank does not answer. Please try again in a few minutes.")
        raise Conflict("provider_down", message) from error
    if said is Settlement.MISMATCH:
        message = _(
            "The bank took another amount than was asked. "
            "The operator of this place must look into it."
        )
        raise Conflict("amount_mismatch", message)


@retried_on_deadlock
@transaction.atomic
def _call_off_pending(*, order_id: int, reason: str) -> None:
    order = _locked(order_id)
    if order.status != Order.Status.PENDING:
        raise Conflict("not_pending", _("This order is not waiting for payment any more."))
    call_off(order, last_payment(order.pk), reason, reason)


@retried_on_deadlock
@transaction.atomic
def _cancel(*, order_id: int) -> None:
    order = _locked(order_id)
    payment = last_payment(order.pk)
    reason = Order.CancelReason.BY_SHOP
    if order.status == Order.Status.PENDING:
        call_off(order, payment, reason, reason)
        return
    if order.status != Order.Status.PAID:
        raise Conflict("not_cancellable", _("This order cannot be cancelled any more."))
    transition(order, ORDER, Order.Status.CANCELLED, cancel_reason=reason, cancelled_at=clock.now())
    close_holds(order.pk, origin="taken", to="released")
    emit(OrderCancelled(**about(order), reason=reason, was_paid=True))
    if payment is not None:
        owe_refund(order, payment, payment.captured_minor - payment.refund_due_minor, reason)


def _locked(order_id: int) -> Order:
    return Order.objects.select_for_update(of=("self",), no_key=True).get(pk=order_id)
