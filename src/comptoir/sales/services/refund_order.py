"""Money given back for a part of an order: pieces, an amount, the delivery."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from comptoir.common import clock
from comptoir.common.deadlocks import retried_on_deadlock
from comptoir.common.errors import Conflict, Refused
from comptoir.common.outbox import emit
from comptoir.sales.events import OrderRefunded, about
from comptoir.sales.models import LineTally, Order, Payment, Refund, RefundLine
from comptoir.sales.services.advance import advance
from comptoir.sales.services.restock import put_back
from comptoir.sales.services.settle import owe_refund
from comptoir.sales.services.tallies import (
    can_claim,
    check_bought,
    count,
    known,
    lock_order,
    price_of,
    tallies_of,
    to_send,
)

BY_SHOP = "by_shop"
REFUNDABLE = {Order.Status.PAID, Order.Status.SHIPPED, Order.Status.DELIVERED}


@dataclass(frozen=True, slots=True)
class RefundPart:
    """What is given back for a line: ``quantity`` pieces that are given up (0: a gesture, the
    pieces stay sold), ``amount_minor`` (``None``: what those pieces cost), and whether they go
    on the shelf again."""

    line_id: int
    quantity: int = 0
    amount_minor: int | None = None
    restock: bool = False


@dataclass(frozen=True, slots=True)
class Promise:
    """A refund that was looked through: amounts by line, and what becomes of the pieces."""

    pieces: dict[int, int]
    amounts: dict[int, int]
    restock: frozenset[int]
    delivery_minor: int

    @property
    def total_minor(self) -> int:
        return sum(self.amounts.values()) + self.delivery_minor


@retried_on_deadlock
@transaction.atomic
def refund_order(
    *,
    order: Order,
    refund_key: UUID,
    parts: Sequence[RefundPart],
    delivery_minor: int = 0,
    by_id: int | None = None,
) -> Refund:
    """The shop gives money back; a job asks the provider. Pieces that were not sent yet are given
    up first: they will not be sent any more. Pieces that cost nothing are given up for nothing.

    ``refund_key`` is the form's: the same form sent twice is one refund.

    Raises:
        Refused: ``nothing_to_refund``, ``bad_quantity``, ``more_than_bought``, ``bad_amount``,
            ``no_such_line``, ``cancel_instead`` (nothing of the order would be left, and nothing
            was sent).
        Conflict: ``not_refundable`` (not paid, or called off), ``more_than_left``,
            ``in_return`` (the buyer sends them back), ``refund_key_reused`` (with other contents).
    """
    now = lock_order(order.pk)
    tallies = tallies_of(now.pk)
    before = Refund.objects.select_related("payment").filter(key=refund_key).first()
    if before is not None:
        return _same(before, now, parts, delivery_minor)
    payment = captured_payment(now.pk)
    if payment is None or now.status not in REFUNDABLE:
        raise Conflict("not_refundable", _("There is no payment to give back for this order."))
    promise = look_through(now, tallies, parts, delivery_minor)
    _check_not_coming_back(tallies, promise)
    if _would_empty(now, tallies, promise):
        raise Refused("cancel_instead", _("Nothing of the order would be left: cancel it instead."))
    if _cost_nothing(tallies, promise):
        refund = _nothing_due(now, payment, by_id=by_id, key=refund_key)
        _note(tallies, promise, refund)
    else:
        refund = write(now, payment, tallies, promise, reason=BY_SHOP, by_id=by_id, key=refund_key)
    advance(now, tallies)
    return refund


def _cost_nothing(tallies: Mapping[int, LineTally], promise: Promise) -> bool:
    """Whether there are pieces, and all of them were given: not paid ones for which nothing was
    typed."""
    some = any(promise.pieces.values()) and not promise.total_minor
    return some and not any(price_of(tallies[line], n) for line, n in promise.pieces.items())


def _nothing_due(order: Order, payment: Payment, *, by_id: int | None, key: UUID) -> Refund:
    """No provider is asked, nothing is written in the log, and no credit note follows."""
    now = clock.now()
    refund = Refund.objects.create(
        key=key, payment=payment, amount_minor=0, reason=BY_SHOP, by_id=by_id,
        status=Refund.Status.DONE, created_at=now, done_at=now,
    )  # fmt: skip
    emit(OrderRefunded(**about(order), refund_id=refund.pk, amount_minor=0))
    return refund


def _check_not_coming_back(tallies: Mapping[int, LineTally], promise: Promise) -> None:
    if any(n > can_claim(tallies[line]) for line, n in promise.pieces.items()):
        message = _("Some of these pieces are on their way back: refund them in their return.")
        raise Conflict("in_return", message)


def captured_payment(order_id: int) -> Payment | None:
    """The payment that brought the order's money; ``None``: there was nothing to pay, or nobody
    paid."""
    status = [Payment.Status.CAPTURED, Payment.Status.REFUNDED]
    return Payment.objects.filter(order=order_id, status__in=status).order_by("-id").first()


def delivery_left(order: Order) -> int:
    """What of the delivery was not promised back yet."""
    lines = RefundLine.objects.filter(refund__payment__order=order, line=None)
    return order.delivery_minor - (lines.aggregate(sum=Sum("amount_minor"))["sum"] or 0)


def look_through(
    order: Order,
    tallies: Mapping[int, LineTally],
    parts: Sequence[RefundPart],
    delivery_minor: int,
) -> Promise:
    """What these parts come to. The caller holds the order's lock.

    Raises:
        Refused, Conflict: as ``refund_order``; of an amount, with ``amount_of``, the line's id or
            "delivery".
    """
    pieces: dict[int, int] = {}
    amounts: dict[int, int] = {}
    for part in parts:
        tally = known(tallies, part.line_id)
        if part.quantity < 0 or part.line_id in pieces:
            raise Refused("bad_quantity", _("A number of pieces is 0 or more."))
        check_bought(tally, part.quantity)
        if part.quantity > tally.ordered - tally.refunded:
            message = _("Some of these pieces were refunded already.")
            raise Conflict("more_than_left", message, line_id=part.line_id)
        asked = price_of(tally, part.quantity) if part.amount_minor is None else part.amount_minor
        _check_amount(asked, tally.total_minor - tally.refunded_minor, part.line_id)
        pieces[part.line_id], amounts[part.line_id] = part.quantity, asked
    _check_amount(delivery_minor, delivery_left(order), "delivery")
    restock = frozenset(part.line_id for part in parts if part.restock and part.quantity)
    return Promise(pieces, amounts, restock, delivery_minor)


def _check_amount(amount_minor: int, left_minor: int, of: int | str | None = None) -> None:
    if amount_minor < 0:
        raise Refused("bad_amount", _("This amount is out of bounds."), amount_of=of)
    if amount_minor > left_minor:
        message = _("This is more than was paid and not refunded yet.")
        raise Conflict("more_than_left", message, amount_of=of)


def write(
    order: Order,
    payment: Payment,
    tallies: Mapping[int, LineTally],
    promise: Promise,
    *,
    reason: str,
    by_id: int | None,
    key: UUID | None = None,
    pieces_done: bool = False,
) -> Refund:
    """Promises the money and moves the pieces: those that were not sent are given up first.
    ``pieces_done``: the caller has counted and shelved them already.

    Raises:
        Refused: ``nothing_to_refund``.
        Conflict: ``more_than_left``.
    """
    if not promise.total_minor:
        raise Refused("nothing_to_refund", _("Choose what is refunded."))
    _check_amount(promise.total_minor, payment.captured_minor - payment.refund_due_minor)
    refund = owe_refund(order, payment, promise.total_minor, reason, by_id=by_id, key=key)
    _note(tallies, promise, refund, pieces_done=pieces_done)
    return refund


def _note(
    tallies: Mapping[int, LineTally],
    promise: Promise,
    refund: Refund,
    *,
    pieces_done: bool = False,
) -> None:
    RefundLine.objects.bulk_create(_lines(refund, promise, pieces_done=pieces_done))
    count(tallies, "refunded_minor", promise.amounts)
    count(tallies, "refunded", promise.pieces)
    if not pieces_done:
        _take_up(tallies, promise)


def _take_up(tallies: Mapping[int, LineTally], promise: Promise) -> None:
    """What was not sent is given up, what is chosen goes on the shelf."""
    given_up = {line: min(n, to_send(tallies[line])) for line, n in promise.pieces.items()}
    count(tallies, "called_off", given_up)
    count(tallies, "claimed", promise.pieces)
    put_back(tallies, {line: promise.pieces[line] for line in promise.restock})


def _lines(refund: Refund, promise: Promise, *, pieces_done: bool) -> list[RefundLine]:
    lines = [
        RefundLine(
            refund=refund,
            line_id=line,
            quantity=promise.pieces[line],
            amount_minor=amount,
            restocked=line in promise.restock and not pieces_done,
        )
        for line, amount in promise.amounts.items()
        if amount or promise.pieces[line]
    ]
    if promise.delivery_minor:
        lines.append(RefundLine(refund=refund, amount_minor=promise.delivery_minor))
    return lines


def _would_empty(order: Order, tallies: Mapping[int, LineTally], promise: Promise) -> bool:
    return order.status == Order.Status.PAID and all(
        not tally.sent
        and tally.called_off + (0 if tally.line.digital else promise.pieces.get(line, 0))
        == tally.ordered
        for line, tally in tallies.items()
    )


def _same(before: Refund, order: Order, parts: Sequence[RefundPart], delivery_minor: int) -> Refund:
    """The refund of the first time, if the form is the same."""
    written: dict[int | None, tuple[int, int]] = {
        row.line_id: (row.quantity, row.amount_minor) for row in before.lines.all()
    }
    asked = {p.line_id: p for p in parts if p.quantity or p.amount_minor}
    same = (
        before.payment.order_id == order.pk
        and written.keys() - {None} == asked.keys()
        and written.get(None, (0, 0))[1] == delivery_minor
        and all(
            written[line][0] == part.quantity and part.amount_minor in {None, written[line][1]}
            for line, part in asked.items()
        )
    )
    if not same:
        message = _(
            "This form has given money back already, with other figures. Look at what is left"
            " before you give more."
        )
        raise Conflict("refund_key_reused", message)
    return before
