"""The buyer withdraws from an order or a part of it, within the time of the law."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from comptoir.common import clock
from comptoir.common.deadlocks import retried_on_deadlock
from comptoir.common.errors import Conflict, Refused
from comptoir.common.markup import clean_line
from comptoir.common.outbox import emit
from comptoir.common.states import transition
from comptoir.sales.events import OrderCancelled, WithdrawalDeclared, about
from comptoir.sales.models import (
    LineTally,
    Order,
    Return,
    ReturnLine,
    Withdrawal,
    WithdrawalLine,
)
from comptoir.sales.services.advance import advance
from comptoir.sales.services.offer_uses import release_offers
from comptoir.sales.services.overtaken import close_overtaken, pieces_overtaken
from comptoir.sales.services.refund_order import Promise, captured_payment, delivery_left, write
from comptoir.sales.services.restock import put_back
from comptoir.sales.services.still_owed import still_owed
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
from comptoir.sales.states import ORDER
from comptoir.sales.withdrawal.deadline import refund_due_on
from comptoir.sales.withdrawal.right import Right, right_of
from comptoir.sales.withdrawal.statement import Declared, digest_of, statement_of

WITHDRAWAL = "withdrawal"


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a withdrawal comes to, by line. ``unsent`` of the pieces never leave the shop; their
    money, and the delivery's if nothing of the order was sent, goes back at once."""

    pieces: dict[int, int]
    unsent: dict[int, int]
    amounts: dict[int, int]
    at_once: dict[int, int]
    delivery_minor: int
    is_whole: bool
    nothing_sent: bool

    @property
    def amount_minor(self) -> int:
        return sum(self.amounts.values()) + self.delivery_minor

    @property
    def sent(self) -> dict[int, int]:
        """Pieces that have to come back."""
        left = {line: n - self.unsent.get(line, 0) for line, n in self.pieces.items()}
        return {line: n for line, n in left.items() if n}


@retried_on_deadlock
@transaction.atomic
def declare_withdrawal(
    *,
    order: Order,
    pieces: Mapping[int, int],
    request_key: UUID,
    still_sealed: Collection[int] = (),
    name: str = "",
    by_id: int | None = None,
) -> Withdrawal:
    """Records that the buyer withdraws from ``pieces`` (line to how many), with its exact time.

    What was not sent goes back on the shelf and its money back at once; what was sent becomes a
    return, and its money is due within 14 days. The delivery is due with the whole of what is sent.
    Open returns of the same lines are closed by it. ``still_sealed``: lines of sealed goods that
    the buyer has not opened. The same ``request_key`` again is the same withdrawal.

    Raises:
        Refused: ``nothing_chosen``, ``bad_quantity``, ``more_than_bought``, ``no_such_line``,
            ``exempt``, ``seal_needed``.
        Conflict: ``not_open``, with the ``Closed`` reason as ``why``; ``more_than_left``.
    """
    now = lock_order(order.pk)
    before = Withdrawal.objects.filter(request_key=request_key, order=now).first()
    if before is not None:
        return before
    tallies = tallies_of(now.pk)
    chosen = _chosen(now, tallies, pieces, still_sealed)
    close_overtaken(now.pk, tallies, chosen)
    plan = _planned(now, tallies, chosen)
    made = _record(now, tallies, plan, name, request_key, by_id)
    _carry_out(now, tallies, plan, made)
    emit(WithdrawalDeclared(**about(now), withdrawal_id=made.pk))
    return made


def _chosen(
    order: Order,
    tallies: Mapping[int, LineTally],
    pieces: Mapping[int, int],
    still_sealed: Collection[int],
) -> dict[int, int]:
    right = right_of(order, tallies, pieces_overtaken(order.pk))
    if right.closed is not None:
        message = _("It is not possible to withdraw from this order (any more).")
        raise Conflict("not_open", message, why=right.closed)
    if any(n < 0 for n in pieces.values()):
        raise Refused("bad_quantity", _("A number of pieces is 0 or more."))
    chosen = {line: n for line, n in pieces.items() if n}
    if not chosen:
        raise Refused("nothing_chosen", _("Choose what you withdraw from."))
    for line, n in chosen.items():
        check_bought(known(tallies, line), n)
        _check_line(right, line, n, still_sealed)
    return chosen


def _check_line(right: Right, line: int, pieces: int, still_sealed: Collection[int]) -> None:
    mine = next(one for one in right.lines if one.line.pk == line)
    if mine.excluded:
        raise Refused("exempt", _("The law makes an exception for one of these lines."))
    if mine.needs_seal and line not in still_sealed:
        message = _("Sealed goods can be given back only while they are still sealed.")
        raise Refused("seal_needed", message, line_id=line)
    if pieces > mine.most:
        message = _("Some of these pieces were given back already.")
        raise Conflict("more_than_left", message, line_id=line)


def _planned(order: Order, tallies: Mapping[int, LineTally], chosen: dict[int, int]) -> _Plan:
    # Files are given up where they are: nothing of them can be sent back.
    unsent = {
        line: n if tallies[line].line.digital else min(n, to_send(tallies[line]))
        for line, n in chosen.items()
    }
    owed, delivery_owed = still_owed(order, tallies)
    amounts, at_once = {}, {}
    for line, n in chosen.items():
        tally = tallies[line]
        left = max(0, tally.total_minor - tally.refunded_minor - owed.get(line, 0))
        amounts[line] = min(left, price_of(tally, n, before=tally.claimed))
        at_once[line] = min(amounts[line], price_of(tally, unsent[line], before=tally.claimed))
    is_whole = all(chosen.get(line, 0) == can_claim(tally) for line, tally in tallies.items())
    return _Plan(
        pieces=chosen,
        unsent=unsent,
        amounts=amounts,
        at_once=at_once,
        delivery_minor=_delivery_due(order, tallies, chosen, delivery_owed),
        is_whole=is_whole,
        nothing_sent=_nothing_sent(tallies),
    )


def _nothing_sent(tallies: Mapping[int, LineTally]) -> bool:
    return not any(tally.sent for tally in tallies.values())


def _delivery_due(
    order: Order,
    tallies: Mapping[int, LineTally],
    chosen: Mapping[int, int],
    owed_minor: int,
) -> int:
    """With the last of what is sent: files that stay with the buyer were not delivered so.

    Once something has left, no more than the cheapest way that was offered would have cost (art.
    L221-24, second paragraph): who chose a dearer one pays the difference.
    """
    sent = {line: tally for line, tally in tallies.items() if not tally.line.digital}
    goods = sent or tallies
    all_of_it = all(chosen.get(line, 0) == can_claim(tally) for line, tally in goods.items())
    if not all_of_it or not any(line in goods for line in chosen):
        return 0
    left, most = delivery_left(order) - owed_minor, order.standard_delivery_minor
    if most is None or _nothing_sent(tallies):
        return left
    return max(0, min(left, most - (order.delivery_minor - left)))


def _record(
    order: Order,
    tallies: Mapping[int, LineTally],
    plan: _Plan,
    name: str,
    request_key: UUID,
    by_id: int | None,
) -> Withdrawal:
    said = _declared(order, tallies, plan, clean_line(name, max_length=120) or order.recipient)
    statement = statement_of(said)
    made = Withdrawal.objects.create(
        request_key=request_key,
        order=order,
        declared_at=said.at,
        by_id=by_id,
        name=said.name,
        email=said.email,
        statement=statement,
        digest=digest_of(statement),
        is_whole=plan.is_whole,
        amount_minor=plan.amount_minor,
        delivery_minor=plan.delivery_minor,
        refund_by=said.refund_by,
    )
    WithdrawalLine.objects.bulk_create(
        WithdrawalLine(
            withdrawal=made, line_id=line, quantity=n, unsent=plan.unsent[line],
            amount_minor=plan.amounts[line],
        )
        for line, n in plan.pieces.items()
    )  # fmt: skip
    return made


def _declared(order: Order, tallies: Mapping[int, LineTally], plan: _Plan, name: str) -> Declared:
    at = clock.now()
    return Declared(
        order=order,
        at=at,
        name=name,
        email=order.email,
        pieces=[(tallies[line].line, n, plan.amounts[line]) for line, n in plan.pieces.items()],
        delivery_minor=plan.delivery_minor,
        amount_minor=plan.amount_minor,
        refund_by=refund_due_on(at, settings.TIME_ZONE),
        send_back=bool(plan.sent),
        dearer_delivery=0 < plan.delivery_minor < delivery_left(order),
    )


def _carry_out(
    order: Order, tallies: Mapping[int, LineTally], plan: _Plan, made: Withdrawal
) -> None:
    count(tallies, "claimed", plan.pieces)
    count(tallies, "called_off", plan.unsent)
    put_back(tallies, plan.unsent)
    if plan.is_whole and plan.nothing_sent and order.status == Order.Status.PAID:
        reason = Order.CancelReason.BY_BUYER
        transition(
            order, ORDER, Order.Status.CANCELLED, cancel_reason=reason, cancelled_at=clock.now(),
            cancelled_by_id=made.by_id,
        )  # fmt: skip
        release_offers(order.pk)
        emit(OrderCancelled(**about(order), reason=reason, was_paid=True))
    else:
        advance(order, tallies)
    _refund_unsent(order, tallies, plan, made)
    if plan.sent:
        _await_pieces(order, plan, made)


def _refund_unsent(
    order: Order, tallies: Mapping[int, LineTally], plan: _Plan, made: Withdrawal
) -> None:
    unsent = {line: n for line, n in plan.unsent.items() if n}
    delivery = plan.delivery_minor if not plan.sent else 0
    amounts = {line: plan.at_once[line] for line in unsent}
    promise = Promise(unsent, amounts, frozenset(unsent), delivery)
    payment = captured_payment(order.pk)
    if payment is None or not promise.total_minor:
        return
    made.refund = write(
        order, payment, tallies, promise, reason=WITHDRAWAL, by_id=None, pieces_done=True
    )
    made.save(update_fields=["refund"])


def _await_pieces(order: Order, plan: _Plan, made: Withdrawal) -> None:
    shop = order.shop
    parts = [shop.legal_name or shop.profile.name, shop.legal_address]
    back = Return.objects.create(
        order=order,
        status=Return.Status.ACCEPTED,
        reason=Return.Reason.WITHDRAWAL,
        send_to="\n".join(part for part in parts if part),
        withdrawal=made,
        asked_at=made.declared_at,
        asked_by=made.by,
        answered_at=made.declared_at,
    )
    ReturnLine.objects.bulk_create(
        ReturnLine(giving_back=back, line_id=line, quantity=n) for line, n in plan.sent.items()
    )
