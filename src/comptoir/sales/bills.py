"""Reads of bills: what the counter's screen and the payer's phone show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from comptoir.common import clock
from comptoir.common.errors import NotVisible
from comptoir.people.actor import Actor
from comptoir.sales.adapters.provider import Account
from comptoir.sales.models import Bill, Order, OrderLine
from comptoir.sales.services.items import Item, items_of
from comptoir.sales.services.terms import terms_of
from comptoir.shops.access import Right, desk_for
from comptoir.shops.models import Shop

SHOWN = 50


class BillState(StrEnum):
    """Where a bill stands; read from its order and the clock."""

    OPEN = "open"
    BEING_PAID = "being_paid"
    PAID = "paid"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


OVER = frozenset({BillState.EXPIRED, BillState.CANCELLED})


@dataclass(frozen=True, slots=True)
class BillLineView:
    """A line at the price of now, or a free amount; minor units, VAT included."""

    title: str
    options: str
    quantity: int
    total_minor: int


@dataclass(frozen=True, slots=True)
class BillView:
    """A bill as it stands. ``order`` is the one that pays or paid it; ``total_minor`` is ``None``
    while it could be paid but for a line that is not sold any more."""

    bill: Bill
    shop: Shop
    state: BillState
    order: Order | None
    lines: tuple[BillLineView, ...]
    total_minor: int | None

    @property
    def key(self) -> str:
        return self.bill.key

    @property
    def currency(self) -> str:
        return self.shop.currency


@dataclass(frozen=True, slots=True)
class BillRow:
    """A bill in the counter's list; ``amount_minor`` is what was paid, or is asked."""

    key: str
    note: str
    amount_minor: int | None
    state: BillState
    by_buyer: bool
    created_at: datetime
    order_key: str
    order_number: str


def bill_of(key: str) -> Bill:
    """The bill of that key, with shop and profile; whoever has the key may pay it.

    Raises:
        NotVisible: there is none.
    """
    rows = Bill.objects.select_related("shop__profile", "variant", "order")
    bill = rows.filter(key=key).first()
    if bill is None or bill.shop.profile.is_suspended:
        raise NotVisible
    return bill


def bill_at_desk(actor: Actor, handle: str, key: str) -> Bill:
    """A bill of the shop where the actor takes payments.

    Raises:
        NotVisible: not their shop, not their right, or not that shop's bill.
    """
    shop = desk_for(actor, handle, Right.TAKE_CASH)
    bill = bill_of(key)
    if bill.shop_id != shop.pk:
        raise NotVisible
    return bill


def order_of_bill(bill: Bill) -> Order | None:
    """The order that pays the bill now or paid it; one that was called off before it was paid
    counts for nothing."""
    rows = Order.objects.filter(lines__variant=bill.variant_id)
    return rows.exclude(status=Order.Status.CANCELLED, paid_at=None).order_by("-id").first()


def state_of(bill: Bill, order: Order | None) -> BillState:
    """``order`` is that of ``order_of_bill``; a bill whose order was called off after it was paid
    is over, and asks nobody else for money."""
    if order is not None and order.status == Order.Status.CANCELLED:
        return BillState.CANCELLED
    if order is not None:
        return BillState.BEING_PAID if order.paid_at is None else BillState.PAID
    if bill.cancelled_at is not None:
        return BillState.CANCELLED
    return BillState.EXPIRED if bill.expires_at <= clock.now() else BillState.OPEN


def lines_of(bill: Bill) -> list[tuple[int, int]]:
    """What is ordered to pay the bill: its chosen lines, then its own variant."""
    chosen = bill.lines.order_by("id").values_list("variant_id", "quantity")
    return [*chosen, (bill.variant_id, 1)]


def bill_view(bill: Bill) -> BillView:
    """The bill with its lines at the prices of now; what was ordered keeps its own total.

    One that is over still says what it asked, whether or not that is sold any more.
    """
    order = order_of_bill(bill)
    state = state_of(bill, order)
    lines = lines_of(bill)
    items = items_of([variant for variant, _many in lines], at_counter=True)
    shown = tuple(_line(items[v], n) for v, n in lines if v in items and _is_shown(items[v], bill))
    kept = order is not None or state in OVER
    sold = all(v in items and (items[v].on_sale or kept) for v, _many in lines)
    total = sum(items[v].unit_minor * n for v, n in lines) if sold else None
    return BillView(
        bill=bill,
        shop=bill.shop,
        state=state,
        order=order,
        lines=shown,
        total_minor=order.total_minor if order is not None else total,
    )


def _is_shown(item: Item, bill: Bill) -> bool:
    """Beside chosen lines, the bill's own variant costs nothing and says nothing."""
    return item.variant_id != bill.variant_id or bill.amount_minor is not None


def _line(item: Item, quantity: int) -> BillLineView:
    return BillLineView(item.title, item.options, quantity, item.unit_minor * quantity)


def accounts_for(shop_id: int, actor: Actor) -> Sequence[Account]:
    """Where that person can pay the shop's bills.

    Raises:
        Refused: ``shop_closed``, ``no_such_product`` (blocked).
    """
    terms = terms_of(shop_id, actor.profile_id)
    terms.check_open()
    return terms.accounts


def accounts_at(shop_id: int) -> Sequence[Account]:
    """Where the shop's bills can be paid, whoever pays: its accounts in use, or those for tests
    while it is being prepared."""
    return terms_of(shop_id, None).accounts


def bill_to_pay_again(order: Order) -> str:
    """The key of the bill that an order which failed was to pay, while another may pay it; ''
    without one."""
    if order.delivery_kind != "counter":
        return ""
    bills = Bill.objects.select_related("shop__profile", "variant")
    bill = bills.filter(variant__in=order.lines.values("variant")).first()
    if bill is None or bill.shop.profile.is_suspended:
        return ""
    view = bill_view(bill)
    return bill.key if view.state is BillState.OPEN and view.total_minor is not None else ""


def billed_by(order: Order) -> str:
    """The name of who made the bill that the order is for; '' for any other order, or when its
    buyer typed the amount."""
    if order.delivery_kind != "counter":
        return ""
    bills = Bill.objects.filter(variant__in=order.lines.values("variant"))
    return bills.values_list("by__profile__name", flat=True).first() or ""


def own_order(bill: Bill, checkout_key: UUID) -> Order | None:
    """The order that this very phone placed for the bill, whatever became of it."""
    rows = Order.objects.filter(checkout_key=checkout_key, lines__variant=bill.variant_id)
    return rows.first()


def bills_of(shop_id: int) -> list[BillRow]:
    """The shop's last bills, newest first, in two queries."""
    bills = list(Bill.objects.filter(shop=shop_id).order_by("-created_at", "-id")[:SHOWN])
    lines = OrderLine.objects.filter(variant__in=[bill.variant_id for bill in bills])
    standing = lines.exclude(order__status=Order.Status.CANCELLED, order__paid_at=None)
    paying = {
        line.variant_id: line.order for line in standing.select_related("order").order_by("id")
    }
    return [_row(bill, paying.get(bill.variant_id)) for bill in bills]


def _row(bill: Bill, order: Order | None) -> BillRow:
    return BillRow(
        key=bill.key,
        note=bill.note,
        amount_minor=order.total_minor if order is not None else bill.amount_minor,
        state=state_of(bill, order),
        by_buyer=bill.by_id is None,
        created_at=bill.created_at,
        order_key=order.key if order is not None else "",
        order_number=order.number if order is not None else "",
    )
