"""Reads of what waits for a person of the shop: money to sort, to give back, to fight for."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet
from stdnum import iban as iban_number
from stdnum import iso11649

from comptoir.sales.adapters.registry import BY_HAND, PROVIDERS
from comptoir.sales.adapters.stripe_connect import dispute_page
from comptoir.sales.models import (
    BankEntry,
    Payment,
    Refund,
    RefundFailure,
    StripeDispute,
    TransferDue,
)
from comptoir.sales.payment_queries import OPEN
from comptoir.sales.services.settle import DECIDED
from comptoir.sales.services.transfers import excess_of

MOST_SHOWN = 100
BY_A_PERSON = Q(status=Refund.Status.DUE, payment__provider__in=BY_HAND)


@dataclass(frozen=True, slots=True)
class OpenEntry:
    """Money without an order; ``likely`` are references of transfers that lack this very amount."""

    id: int
    booked_on: date
    amount_minor: int
    currency: str
    payer: str
    text: str
    doubt: str
    likely: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AwaitedTransfer:
    reference: str
    order_reference: str
    recipient: str
    amount_minor: int
    received_minor: int
    currency: str
    pay_until: datetime


@dataclass(frozen=True, slots=True)
class ToGiveBack:
    """Money that a person of the shop must give back: a refund (``refund_id``) or what came too
    much by transfer (``due_id``). ``payer_iban``: where it came from, when the bank said so.

    ``called_off``: it came by transfer for an order that was cancelled before all of it was there.
    ``failure``: why the provider could not give it back, in its words; '' when it never could.
    ``attempt``: which try failed.
    """

    refund_id: int | None
    due_id: int | None
    provider: str
    amount_minor: int
    currency: str
    recipient: str
    email: str
    payer_iban: str
    order_reference: str
    number: str
    called_off: bool = False
    failure: str = ""
    attempt: int = 0


@dataclass(frozen=True, slots=True)
class DisputeRow:
    """``open``: the shop may answer, until ``respond_by``; at Stripe's own ``page``."""

    reference: str
    amount_minor: int
    currency: str
    reason: str
    status: str
    open: bool
    respond_by: datetime | None
    page: str
    order_reference: str
    number: str


def awaited_transfers(shop_id: int) -> list[AwaitedTransfer]:
    """Open transfers, the oldest first."""
    return _awaited(TransferDue.objects.filter(account__shop=shop_id))


def transfer_of_order(order_id: int) -> AwaitedTransfer | None:
    """The open transfer that pays the order, if it awaits one."""
    return next(iter(_awaited(TransferDue.objects.filter(payment__order=order_id))), None)


def _awaited(rows: QuerySet[TransferDue]) -> list[AwaitedTransfer]:
    return [
        AwaitedTransfer(
            reference=iso11649.format(due.reference),
            order_reference=due.payment.order.reference,
            recipient=due.payment.order.recipient,
            amount_minor=due.amount_minor,
            received_minor=due.received_minor,
            currency=due.currency,
            pay_until=due.payment.order.pay_until,
        )
        for due in rows.filter(payment__status__in=OPEN)
        .select_related("payment__order")
        .order_by("id")[:MOST_SHOWN]
    ]


def open_entries(shop_id: int) -> list[OpenEntry]:
    """Money that no order was found for, the oldest first, in two queries."""
    rows = entries_without_order(shop_id).order_by("booked_on", "id")
    entries = list(rows[:MOST_SHOWN])
    lacking: dict[tuple[int, str, int], list[str]] = defaultdict(list)
    if entries:
        awaited = TransferDue.objects.filter(
            account__shop=shop_id,
            payment__status__in=OPEN,
        )
        for due in awaited.order_by("id"):
            place = (due.account_id, due.currency, due.missing_minor)
            lacking[place].append(iso11649.format(due.reference))
    return [
        OpenEntry(
            id=row.pk,
            booked_on=row.booked_on,
            amount_minor=row.amount_minor,
            currency=row.currency,
            payer=row.payer,
            text=row.text,
            doubt=row.doubt,
            likely=tuple(lacking[(row.account_id, row.currency, row.amount_minor)]),
        )
        for row in entries
    ]


def to_give_back(shop_id: int) -> list[ToGiveBack]:
    """What a person must give back, the oldest first: refunds that failed, those that are made by
    hand, then what came too much."""
    return [*_refunds_that_failed(shop_id), *_refunds_by_hand(shop_id), *_excesses(shop_id)]


def _refunds_that_failed(shop_id: int) -> list[ToGiveBack]:
    rows = refunds_failed(shop_id).select_related("refund__payment__order")
    found = rows.order_by("id")[:MOST_SHOWN]
    return [
        replace(
            _back(row.refund.payment, row.refund.amount_minor, "", refund_id=row.refund_id),
            failure=row.reason,
            attempt=row.attempt,
        )
        for row in found
    ]


def refunds_failed(shop_id: int) -> QuerySet[RefundFailure]:
    """The last try of each refund that did not arrive and is still owed."""
    return RefundFailure.objects.filter(
        refund__payment__order__shop=shop_id,
        refund__status=Refund.Status.FAILED,
        attempt=F("refund__attempt"),
    )


def refunds_by_hand(shop_id: int) -> QuerySet[Refund]:
    """Those that a person of the shop is still to make."""
    return Refund.objects.filter(BY_A_PERSON, payment__order__shop=shop_id)


def excesses(shop_id: int) -> QuerySet[TransferDue]:
    """Transfers of which something is to be given back: ``excess_of``, as a condition."""
    price = F("amount_minor") + F("given_back_minor")
    more = Q(payment__status__in=DECIDED, received_minor__gt=price)
    part = Q(
        payment__status=Payment.Status.FAILED,
        received_minor__gt=F("given_back_minor"),
        received_minor__lt=price,
    )
    return TransferDue.objects.filter(more | part, account__shop=shop_id)


def entries_without_order(shop_id: int) -> QuerySet[BankEntry]:
    """Money of the shop's statements that is neither put to an order nor set aside."""
    return BankEntry.objects.filter(account__shop=shop_id, due=None, set_aside=False)


def open_disputes(shop_id: int) -> QuerySet[StripeDispute]:
    """Those that the shop may answer."""
    return StripeDispute.objects.filter(
        payment__order__shop=shop_id, status__in=StripeDispute.ANSWERABLE
    )


def _refunds_by_hand(shop_id: int) -> list[ToGiveBack]:
    rows = refunds_by_hand(shop_id).select_related("payment__order")
    refunds = rows.order_by("id")[:MOST_SHOWN]
    ibans = _payers([refund.payment.key for refund in refunds])
    return [
        _back(
            refund.payment, refund.amount_minor, ibans.get(refund.payment.key, ""),
            refund_id=refund.pk,
        )
        for refund in refunds
    ]  # fmt: skip


def _excesses(shop_id: int) -> list[ToGiveBack]:
    rows = excesses(shop_id).select_related("payment__order")
    dues = rows.order_by("id")[:MOST_SHOWN]
    ibans = _payers([due.payment.key for due in dues])
    return [
        _back(due.payment, excess_of(due), ibans.get(due.payment.key, ""), due_id=due.pk)
        for due in dues
    ]


def _payers(keys: Sequence[UUID]) -> dict[UUID, str]:
    """The bank account that each payment's money came from, when the bank told it."""
    rows = BankEntry.objects.filter(due__payment__key__in=keys).exclude(payer_iban="")
    found = rows.order_by("id").values_list("due__payment__key", "payer_iban")
    return {key: iban_number.format(iban) for key, iban in found}


def _back(
    payment: Payment,
    amount_minor: int,
    payer_iban: str,
    *,
    refund_id: int | None = None,
    due_id: int | None = None,
) -> ToGiveBack:
    order = payment.order
    return ToGiveBack(
        refund_id=refund_id,
        due_id=due_id,
        provider=PROVIDERS[payment.provider].label(),
        amount_minor=amount_minor,
        currency=payment.currency,
        recipient=order.recipient,
        email=order.email,
        payer_iban=payer_iban,
        order_reference=order.reference,
        number=order.number,
        called_off=due_id is not None and payment.status == Payment.Status.FAILED,
    )


def disputes_of(shop_id: int) -> list[DisputeRow]:
    """Disputes of a shop's payments, those to be answered first, then the newest."""
    return _disputes(StripeDispute.objects.filter(payment__order__shop=shop_id))


def disputes_of_order(order_id: int) -> list[DisputeRow]:
    """Disputes of an order's payment, in the same order."""
    return _disputes(StripeDispute.objects.filter(payment__order=order_id))


def _disputes(rows: QuerySet[StripeDispute]) -> list[DisputeRow]:
    found = rows.select_related("payment__order", "payment__account").order_by("-id")
    return sorted(map(_dispute, found[:MOST_SHOWN]), key=lambda one: not one.open)


def _dispute(row: StripeDispute) -> DisputeRow:
    account = row.payment.account
    return DisputeRow(
        reference=row.dispute_id,
        amount_minor=row.amount_minor,
        currency=row.currency,
        reason=row.reason,
        status=row.status,
        open=row.is_open,
        respond_by=row.respond_by,
        page=dispute_page(row.dispute_id, is_test=account is not None and account.is_test),
        order_reference=row.payment.order.reference,
        number=row.payment.order.number,
    )
