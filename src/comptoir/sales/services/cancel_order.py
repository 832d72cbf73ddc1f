"""Calling an order off."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from comptoir.common import clock
from comptoir.common.deadlocks import retried_on_deadlock
from comptoir.common.errors import Conflict
from comptoir.common.outbox import emit
from comptoir.common.states import transition
from comptoir.sales.adapters.provider import ProviderDown
from comptoir.sales.events import FreeRestGivenUp, OrderCancelled, about
from comptoir.sales.models import LineTally, Order
from comptoir.sales.services.advance import advance
from comptoir.sales.services.close_return import reopen_exchanged
from comptoir.sales.services.offer_uses import release_offers
from comptoir.sales.services.refund_order import Promise, captured_payment, delivery_left, write
from comptoir.sales.services.restock import put_back
from comptoir.sales.services.settle import Settlement, ask_provider, call_off, locked_payment
from comptoir.sales.services.tallies import can_claim, count, lock_order, tallies_of, to_send
from comptoir.sales.states import ORDER


def cancel_by_buyer(*, order: Order, by_id: int | None = None) -> None:
    """The buyer gives up before paying; what was just paid is not given up unseen.

    ``by_id`` is the member's login; ``None`` for a guest.

    Raises:
        Conflict: ``not_pending``, it is paid, shipped or cancelled already; ``provider_down``,
            ``amount_mismatch``.
    """
    _ask_about(order)
    _call_off_pending(order_id=order.pk, by_id=by_id)


def cancel_by_shop(*, order: Order, by_id: int | None = None) -> None:
    """The shop cannot or will not deliver: what was paid and is not refunded yet goes back, the
    pieces go on the shelf. Of an exchange, the return is open again. ``by_id`` is the login of who
    cancels it.

    Raises:
        Conflict: ``not_cancellable``, it is shipped or cancelled already; ``partly_sent``, a part
            has left, and the rest can be refunded; ``provider_down``, ``amount_mismatch``.
    """
    _ask_about(order)
    _cancel(order_id=order.pk, by_id=by_id)


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
def _call_off_pending(*, order_id: int, by_id: int | None) -> None:
    order = lock_order(order_id)
    if order.status != Order.Status.PENDING:
        raise Conflict("not_pending", _("This order is not waiting for payment any more."))
    reason = Order.CancelReason.BY_BUYER
    call_off(order, locked_payment(order.pk), reason, reason)
    _sign(order, by_id)


@retried_on_deadlock
@transaction.atomic
def _cancel(*, order_id: int, by_id: int | None) -> None:
    order = lock_order(order_id)
    reason = Order.CancelReason.BY_SHOP
    if order.status == Order.Status.PENDING:
        call_off(order, locked_payment(order.pk), reason, reason)
        _sign(order, by_id)
        return
    if order.status != Order.Status.PAID:
        raise Conflict("not_cancellable", _("This order cannot be cancelled any more."))
    tallies = tallies_of(order.pk)
    sent_some = any(tally.sent for tally in tallies.values())
    if sent_some and order.total_minor:
        message = _("A part of this order has left already. Refund what is left instead.")
        raise Conflict("partly_sent", message)
    if sent_some:
        _give_up_free_rest(order, tallies)
    else:
        reopen_exchanged(order)  # locks another order: before the stock, as everywhere
        give_up_rest(order, tallies, reason, by_id)
    _sign(order, by_id)


def _give_up_free_rest(order: Order, tallies: Mapping[int, LineTally]) -> None:
    """What is left to send of an order that cost nothing, and of which a part has left. There is no
    refund to say so: the order does."""
    rest = {line: to_send(tally) for line, tally in tallies.items()}
    count(tallies, "called_off", rest)
    count(tallies, "claimed", rest)
    put_back(tallies, rest)
    Order.objects.filter(pk=order.pk).update(cancelled_at=clock.now())
    emit(FreeRestGivenUp(**about(order)))
    advance(order, tallies)


def give_up_rest(
    order: Order, tallies: Mapping[int, LineTally], reason: str, by_id: int | None
) -> None:
    """Cancels a paid order of which nothing was sent: its pieces go on the shelf, its offers can be
    used again, all that is left of its money goes back. The caller holds the order's lock."""
    transition(order, ORDER, Order.Status.CANCELLED, cancel_reason=reason, cancelled_at=clock.now())
    left = {line: tally.ordered - tally.called_off for line, tally in tallies.items()}
    # Of files too: those that were refunded had nothing to be called off, and may be back already.
    sold = {line: can_claim(tally) for line, tally in tallies.items()}
    count(tallies, "called_off", left)
    count(tallies, "claimed", sold)
    put_back(tallies, sold)
    release_offers(order.pk)
    emit(OrderCancelled(**about(order), reason=reason, was_paid=True))
    payment = captured_payment(order.pk)
    if payment is not None and payment.captured_minor > payment.refund_due_minor:
        write(
            order, payment, tallies, _rest(order, tallies), reason=reason, by_id=by_id,
            pieces_done=True,
        )  # fmt: skip


def _rest(order: Order, tallies: Mapping[int, LineTally]) -> Promise:
    return Promise(
        pieces={line: tally.ordered - tally.refunded for line, tally in tallies.items()},
        amounts={line: tally.total_minor - tally.refunded_minor for line, tally in tallies.items()},
        restock=frozenset(),
        delivery_minor=delivery_left(order),
    )


def _sign(order: Order, by_id: int | None) -> None:
    if by_id is not None:
        Order.objects.filter(pk=order.pk).update(cancelled_by=by_id)
