"""Reading what a letter is about: the order in three statements, and one or two for its kind."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from comptoir.sales.letters.kinds import LetterKind
from comptoir.sales.letters.matter import Matter, Pieces
from comptoir.sales.models import (
    LineTally,
    OddMoney,
    Order,
    OrderLine,
    Payment,
    Refund,
    RefundFailure,
    Return,
    Shipment,
    StripeDispute,
    TransferDue,
    Withdrawal,
)
from comptoir.sales.queries import order_page
from comptoir.sales.services.tallies import nothing_stays, tallies_seen
from comptoir.sales.withdrawal.deadline import last_day

Reader = Callable[[Matter, int], Matter]

LONG_TEXTS = ("product__description", "product__details", "product__search")


def matter_of(kind: LetterKind, order: Order, language: str, about: int | None) -> Matter:
    """``order`` comes with its shop's profile; ``about`` is the key of the row for that kind.

    Raises:
        ObjectDoesNotExist: ``about`` is no such row of this order.
    """
    page = order_page(order)
    lines = OrderLine.objects.filter(order=order).select_related("product").defer(*LONG_TEXTS)
    matter = Matter(
        language=language,
        order=order,
        shop=order.shop,
        lines=tuple(lines.order_by("position")),
        vat_shares=page.vat_shares,
        offers=page.offers,
        payment=Payment.objects.filter(order=order).order_by("-id").first(),
    )
    reader = READERS.get(kind)
    return matter if reader is None else reader(matter, about or 0)


def _transfer(matter: Matter, _about: int) -> Matter:
    asked = TransferDue.objects.select_related("account")
    return replace(matter, transfer=asked.filter(payment__order=matter.order).first())


def _shipment(matter: Matter, about: int) -> Matter:
    if not about:
        return matter
    shipment = Shipment.objects.get(pk=about, order=matter.order)
    sent = shipment.lines.select_related("line").order_by("line__position")
    return replace(
        matter, shipment=shipment, pieces=tuple(Pieces(row.line, row.quantity) for row in sent)
    )


def _given_up(matter: Matter, _about: int) -> Matter:
    lines = {line.pk: line for line in matter.lines}
    tallies = LineTally.objects.filter(line__order=matter.order, called_off__gt=0)
    counts = tallies.order_by("line__position").values_list("line_id", "called_off")
    return replace(matter, pieces=tuple(Pieces(lines[pk], count) for pk, count in counts))


def _delivered(matter: Matter, _about: int) -> Matter:
    """``until`` is the last day to withdraw, as far as is known from the last arrival."""
    at = matter.order.delivered_at
    there = ZoneInfo(settings.TIME_ZONE)
    until = last_day(timezone.localdate(at, there)) if at is not None else None
    presumed = Shipment.objects.filter(order=matter.order, presumed=True).exists()
    given_back = nothing_stays(tallies_seen(matter.order.pk).values())
    return replace(matter, until=until, presumed=presumed, all_given_back=given_back)


def _refund(matter: Matter, about: int) -> Matter:
    refund = Refund.objects.get(pk=about, payment__order=matter.order)
    given = refund.lines.filter(line__isnull=False, quantity__gt=0).select_related("line")
    pieces = tuple(Pieces(row.line, row.quantity) for row in given if row.line is not None)
    return replace(matter, refund=refund, pieces=pieces)


def _dispute(matter: Matter, about: int) -> Matter:
    rows = StripeDispute.objects.select_related("payment__account")
    return replace(matter, dispute=rows.get(pk=about, payment__order=matter.order))


def _odd_money(matter: Matter, about: int) -> Matter:
    row = OddMoney.objects.get(pk=about, payment__order=matter.order)
    return replace(matter, odd_money=row)


def _failure(matter: Matter, about: int) -> Matter:
    failure = RefundFailure.objects.select_related("refund").get(
        pk=about, refund__payment__order=matter.order
    )
    return replace(matter, refund=failure.refund, failure=failure)


def _return(matter: Matter, about: int) -> Matter:
    asked = Return.objects.get(pk=about, order=matter.order)
    rows = asked.lines.select_related("line").order_by("line__position")
    pieces = tuple(Pieces(row.line, row.quantity) for row in rows)
    return replace(matter, giving_back=asked, pieces=pieces)


def _withdrawal(matter: Matter, about: int) -> Matter:
    declared = Withdrawal.objects.get(pk=about, order=matter.order)
    rows = declared.lines.select_related("line").order_by("line__position")
    pieces = tuple(Pieces(row.line, row.quantity) for row in rows)
    return replace(matter, withdrawal=declared, pieces=pieces)


READERS: Mapping[LetterKind, Reader] = {
    LetterKind.PAYMENT_AWAITED: _transfer,
    LetterKind.ORDER_EXPIRED: _transfer,
    LetterKind.ORDER_SENT: _shipment,
    LetterKind.PART_SENT: _shipment,
    LetterKind.REST_GIVEN_UP: _given_up,
    LetterKind.ORDER_DELIVERED: _delivered,
    LetterKind.MONEY_TOO_LATE: _refund,
    LetterKind.REFUNDED: _refund,
    LetterKind.SHOP_REFUND_SEEN: _refund,
    LetterKind.REFUND_FAILED: _failure,
    LetterKind.REFUNDED_AFTER_ALL: _failure,
    LetterKind.SHOP_REFUND_FAILED: _failure,
    LetterKind.SHOP_DISPUTE: _dispute,
    LetterKind.ODD_MONEY: _odd_money,
    LetterKind.SHOP_ODD_MONEY: _odd_money,
    LetterKind.SHOP_DISPUTE_ENDED: _dispute,
    LetterKind.RETURN_NOTED: _return,
    LetterKind.RETURN_ACCEPTED: _return,
    LetterKind.RETURN_REFUSED: _return,
    LetterKind.NOTHING_CAME_BACK: _return,
    LetterKind.WITHDRAWAL_RECEIPT: _withdrawal,
    LetterKind.SHOP_RETURN_ASKED: _return,
    LetterKind.SHOP_WITHDRAWAL: _withdrawal,
}
