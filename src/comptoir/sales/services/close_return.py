"""How a return ends: with money, with something else in place of it, or settled otherwise."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from comptoir.common import clock
from comptoir.common.deadlocks import retried_on_deadlock
from comptoir.common.errors import Conflict, Refused
from comptoir.common.outbox import emit
from comptoir.common.states import transition
from comptoir.sales.events import ExchangePlaced, NothingCameBack, about
from comptoir.sales.models import (
    LineTally,
    Order,
    Refund,
    RefundLine,
    Return,
    ReturnLine,
    WithdrawalLine,
)
from comptoir.sales.pricing.lines import PricedLine
from comptoir.sales.services.items import Item, items_of, sold_out_message
from comptoir.sales.services.numbers import next_number
from comptoir.sales.services.refund_order import (
    Promise,
    RefundPart,
    captured_payment,
    delivery_left,
    look_through,
    write,
)
from comptoir.sales.services.returns import end_return
from comptoir.sales.services.stock import take_held
from comptoir.sales.services.tallies import count, lock_order, price_of, tallies_of
from comptoir.sales.services.write_order import write_order
from comptoir.sales.states import ORDER, RETURN

SENT_AND_COME = timedelta(days=28)
OPEN = {Return.Status.ACCEPTED, Return.Status.RECEIVED}


@retried_on_deadlock
@transaction.atomic
def refund_return(
    *,
    giving_back: Return,
    refund_key: UUID,
    amounts: Mapping[int, int] | None = None,
    delivery_minor: int | None = None,
    by_id: int | None = None,
) -> Refund:
    """Gives the money of a return back. ``amounts`` by line and ``delivery_minor`` in minor units;
    ``None``: all that is due (see ``due_for``).

    It may be done before the pieces are back: the return then closes with their arrival, else at
    once. The same ``refund_key`` again is the same refund.

    Raises:
        Refused: ``nothing_to_refund``, ``bad_amount``, ``no_such_line``.
        Conflict: ``not_open``, ``not_refundable``, ``more_than_left``.
    """
    order = lock_order(giving_back.order_id)
    now = Return.objects.select_related("refund", "withdrawal", "order").get(pk=giving_back.pk)
    if now.refund is not None and now.refund.key == refund_key:
        return now.refund
    _check_open(now)
    payment = captured_payment(order.pk)
    if payment is None:
        raise Conflict("not_refundable", _("There is no payment to give back for this order."))
    tallies = tallies_of(order.pk)
    promise = _promise(now, tallies, amounts, delivery_minor)
    reason = "withdrawal" if now.withdrawal_id else "return"
    refund = write(
        order, payment, tallies, promise, reason=reason, by_id=by_id, key=refund_key,
        pieces_done=True,
    )  # fmt: skip
    _settle(now, by_id, refund=refund)
    return refund


def _promise(
    now: Return,
    tallies: Mapping[int, LineTally],
    amounts: Mapping[int, int] | None,
    delivery_minor: int | None,
) -> Promise:
    due, delivery = due_for(now, tallies)
    asked = due if amounts is None else {line: amounts.get(line, 0) for line in due}
    parts = [
        RefundPart(line.line_id, _pieces(now, line), asked[line.line_id])
        for line in now.lines.all()
    ]
    chosen = delivery if delivery_minor is None else delivery_minor
    return look_through(now.order, tallies, parts, chosen)


def due_for(now: Return, tallies: Mapping[int, LineTally]) -> tuple[dict[int, int], int]:
    """What is due by line, and for the delivery, in minor units.

    After a withdrawal: what its receipt says, less what went back at once. Else what the pieces
    cost, of those that came back once they did.
    """
    lines = list(now.lines.all())
    if now.withdrawal is None:
        due = {line.line_id: price_of(tallies[line.line_id], _pieces(now, line)) for line in lines}
        return due, 0
    said = WithdrawalLine.objects.filter(withdrawal=now.withdrawal)
    promised = dict(said.values_list("line_id", "amount_minor"))
    at_once = RefundLine.objects.filter(refund=now.withdrawal.refund_id, line__isnull=False)
    for line, amount in at_once.values_list("line_id", "amount_minor"):
        promised[line] -= amount
    left = {line: t.total_minor - t.refunded_minor for line, t in tallies.items()}
    due = {line.line_id: min(promised[line.line_id], left[line.line_id]) for line in lines}
    return due, min(now.withdrawal.delivery_minor, delivery_left(now.order))


def _pieces(now: Return, line: ReturnLine) -> int:
    return line.received if now.status == Return.Status.RECEIVED else line.quantity


@retried_on_deadlock
@transaction.atomic
def exchange_return(*, giving_back: Return, variant_id: int, by_id: int | None = None) -> Order:
    """Sends another variant of the same product in place of what comes back: an order of nothing
    to pay, whose pieces are taken off the shelf, and which is packed like any other.

    Done again, it gives the order of the first time. Not for a withdrawal, whose money is due.

    Raises:
        Refused: ``bad_exchange``, not another variant of the one product that comes back.
        Conflict: ``not_open``, ``money_due``, ``sold_out``.
    """
    order = lock_order(giving_back.order_id)
    now = Return.objects.select_related("exchange_order").get(pk=giving_back.pk)
    if now.exchange_order is not None:
        return now.exchange_order
    _check_open(now)
    if now.withdrawal_id is not None:
        raise _money_due()
    lines = list(now.lines.select_related("line"))
    item = items_of([variant_id]).get(variant_id)
    if len(lines) != 1 or item is None or item.product_id != lines[0].line.product_id:
        raise Refused("bad_exchange", _("Exchange one line for another kind of the same product."))
    pieces = _pieces(now, lines[0])
    if not pieces:
        raise Refused("bad_exchange", _("Nothing came back that could be exchanged."))
    if not item.can_sell(pieces):
        raise Conflict("sold_out", sold_out_message(item.title, item.left or 0))
    sent = _place(order, lines[0], item, pieces)
    _settle(now, by_id, exchange_order=sent)
    emit(ExchangePlaced(**about(sent), return_id=now.pk))
    return sent


def _place(order: Order, line: ReturnLine, item: Item, pieces: int) -> Order:
    """The pieces at the price that was agreed, all of it taken off: they are paid already."""
    worth = line.line.unit_minor * pieces
    priced = PricedLine(
        variant_id=item.variant_id,
        quantity=pieces,
        unit_minor=line.line.unit_minor,
        vat_rate_bp=line.line.vat_rate_bp,
        product_id=item.product_id,
        weight_grams=line.line.weight_grams or 0,
        discount_minor=worth,
    )
    at = clock.now()
    copied = (
        "shop_id", "buyer_id", "language", "email", "recipient", "address1", "address2",
        "postcode", "city", "country", "company", "vat_number", "tax_scheme", "tax_country",
        "delivery_kind", "delivery_name", "pickup_place", "currency",
    )  # fmt: skip
    sent = Order(
        **{name: getattr(order, name) for name in copied},
        checkout_key=uuid4(),
        items_minor=worth,
        discount_minor=worth,
        delivery_minor=0,
        total_minor=0,
        vat_minor=0,
        placed_at=at,
        pay_until=at,
    )
    write_order(sent, None, [priced], {item.variant_id: item}, {item.variant_id: pieces})
    take_held(sent.pk)
    number = next_number(sent.shop_id, at)
    transition(sent, ORDER, Order.Status.PAID, paid_at=at, number=number)
    return sent


@retried_on_deadlock
@transaction.atomic
def close_return(*, giving_back: Return, by_id: int | None = None) -> None:
    """Settled otherwise: nothing is given back here.

    Of a withdrawal, when no money is due (the pieces cost nothing, or were refunded already), or
    when nothing came back (``nothing_came``): the buyer is told why, and how it goes on.

    Raises:
        Conflict: ``not_open``; ``money_due``, it follows a withdrawal.
    """
    order = lock_order(giving_back.order_id)
    now = Return.objects.select_related("withdrawal", "order").get(pk=giving_back.pk)
    _check_open(now)
    if now.withdrawal_id is not None and _is_owed(now, tallies_of(order.pk)):
        if not nothing_came(now):
            raise _money_due()
        emit(NothingCameBack(**about(order), return_id=now.pk))
    if now.withdrawal_id is None and now.status == Return.Status.ACCEPTED:
        kept = {line.line_id: -line.quantity for line in now.lines.all()}
        count(tallies_of(order.pk), "claimed", kept)
    end_return(now, by_id)


@retried_on_deadlock
@transaction.atomic
def reopen_return(*, giving_back: Return) -> None:
    """What had not come back is on its way after all, or the buyer proves that it was sent: it is
    awaited again, and its money is due as before. Done again, it changes nothing.

    Raises:
        Conflict: ``not_closed``, it did not end for want of the goods.
    """
    order = lock_order(giving_back.order_id)
    now = Return.objects.select_related("withdrawal", "order").get(pk=giving_back.pk)
    if now.status == Return.Status.ACCEPTED:
        return
    if not ended_without_goods(now, owed=_is_owed(now, tallies_of(order.pk))):
        raise Conflict("not_closed", _("This return did not end for want of the goods."))
    transition(
        now, RETURN, Return.Status.ACCEPTED,
        closed_at=None, closed_by_id=None, received_at=None, received_by_id=None,
    )  # fmt: skip


def nothing_came(now: Return) -> bool:
    """Whether the seller may put the money of a withdrawal off (art. L221-24, third paragraph): it
    was received without a piece, or the buyer's 14 days to send it (art. L221-23) are over and as
    many days to arrive."""
    if now.status == Return.Status.RECEIVED:
        return not any(line.received for line in now.lines.all())
    declared = now.withdrawal
    waited = declared is not None and clock.now() >= declared.declared_at + SENT_AND_COME
    return now.status == Return.Status.ACCEPTED and waited


def ended_without_goods(now: Return, *, owed: bool) -> bool:
    """Whether it is a withdrawal's, closed while money was ``owed``: the goods had not come."""
    settled = now.refund_id or now.exchange_order_id
    return now.status == Return.Status.CLOSED and bool(now.withdrawal_id) and owed and not settled


def _is_owed(now: Return, tallies: Mapping[int, LineTally]) -> bool:
    due, delivery = due_for(now, tallies)
    return any(due.values()) or bool(delivery)


def reopen_exchanged(exchange: Order) -> None:
    """The order was to be an exchange and is called off: what came back waits for its money, or for
    something else, once more. The caller holds the lock of ``exchange``; the first order's is taken
    after it."""
    now = Return.objects.filter(exchange_order=exchange).first()
    if now is None:
        return
    lock_order(now.order_id)
    now.refresh_from_db()
    if now.status == Return.Status.CLOSED:
        transition(now, RETURN, Return.Status.RECEIVED, closed_at=None, closed_by_id=None)
    Return.objects.filter(pk=now.pk).update(exchange_order=None)


def _money_due() -> Conflict:
    return Conflict("money_due", _("The buyer has withdrawn: their money is due."))


def _check_open(now: Return) -> None:
    if now.status not in OPEN or now.refund_id or now.exchange_order_id:
        raise Conflict("not_open", _("This return is over, or was not accepted."))


def _settle(now: Return, by_id: int | None, **settled: Refund | Order) -> None:
    Return.objects.filter(pk=now.pk).update(**settled)
    if now.status == Return.Status.RECEIVED:
        end_return(now, by_id)
