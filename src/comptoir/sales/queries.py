"""Reads of orders."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum

from comptoir.common.keyset import Cursor, Page
from comptoir.people.actor import Actor
from comptoir.sales.adapters.registry import BY_HAND, PAID_LATER
from comptoir.sales.links import way_to_pay
from comptoir.sales.models import Order, OrderLine, Payment, Refund, TransferDue
from comptoir.sales.pricing.tax import VatShare, vat_shares
from comptoir.sales.services.transfers import excess_of
from comptoir.sales.used_offers import UsedOffers, used_offers
from comptoir.shops.models import Shop

PAGE_SIZE = 30
ADDRESS_FIELDS = ("email", "recipient", "address1", "address2", "postcode", "city", "country")


@dataclass(frozen=True, slots=True)
class LineView:
    """A line as it was agreed; amounts in minor units, VAT included."""

    id: int
    position: int
    product_id: int
    variant_id: int
    title: str
    options: str
    quantity: int
    unit_minor: int
    total_minor: int
    vat_rate_bp: int
    digital: bool = False
    discount_minor: int = 0


@dataclass(frozen=True, slots=True)
class PaymentView:
    """Where the money is. ``redirect_url``: where the buyer may still pay, or ''. ``failed_minor``
    is owed, and did not reach the buyer when it was given back. ``excess_minor`` came by transfer
    beyond the price, or for an order that was called off, and goes back by hand."""

    status: str
    provider: str
    failure: str
    redirect_url: str
    captured_minor: int
    refund_due_minor: int
    refunded_minor: int
    failed_minor: int = 0
    excess_minor: int = 0

    @property
    def refunds_by_hand(self) -> bool:
        """Whether a person of the shop gives back what is promised."""
        return self.provider in BY_HAND

    @property
    def by_hand_minor(self) -> int:
        """What a person of the shop must give back now; 0 where the provider does it."""
        promised = self.refund_due_minor - self.refunded_minor if self.refunds_by_hand else 0
        return promised + self.excess_minor


@dataclass(frozen=True, slots=True)
class OrderPage:
    """An order's page. ``order`` comes with ``shop.profile``; ``payment`` is ``None`` when there
    was nothing to pay."""

    order: Order
    shop: Shop
    lines: tuple[LineView, ...]
    vat_shares: tuple[VatShare, ...]
    payment: PaymentView | None
    offers: UsedOffers

    @property
    def is_guest(self) -> bool:
        return self.order.buyer_id is None

    @property
    def expected_days(self) -> tuple[date, date] | None:
        """The first and the last day on which it is awaited. What is paid when it is fetched is
        prepared before it is paid."""
        cash = self.payment is not None and self.payment.provider == "cash"
        if cash and self.order.status == Order.Status.PENDING:
            return self.order.agreed_days
        return self.order.expected_days

    @property
    def is_written_to(self) -> bool:
        """Whether a mail leads the buyer to this page: one goes out once the order is paid, or
        once it waits for a transfer or for cash. None does where no address was given."""
        if not self.order.email:
            return False
        if self.order.paid_at is not None:
            return True
        payment = self.payment
        return (
            payment is not None
            and payment.provider in PAID_LATER
            and payment.status != Payment.Status.CREATED
        )


@dataclass(frozen=True, slots=True)
class OrderRow:
    """One row of a list of orders."""

    id: int
    key: str
    number: str
    status: str
    recipient: str
    buyer_id: int | None
    shop_id: int
    shop_handle: str
    shop_name: str
    delivery_kind: str
    first_title: str
    first_pieces: int
    lines: int
    total_minor: int
    currency: str
    placed_at: datetime
    paid_at: datetime | None


def order_page(order: Order) -> OrderPage:
    """The page of an order that ``access`` gave, in two queries, one more where an offer took
    something off, one while money is owed, and one of what is paid by transfer."""
    rows = OrderLine.objects.filter(order=order).order_by("position")
    lines = tuple(_line(row) for row in rows)
    return OrderPage(
        order=order,
        shop=order.shop,
        lines=lines,
        vat_shares=vat_shares(lines, order.delivery_minor),
        payment=payment_of(order),
        offers=used_offers(order),
    )


def payment_of(order: Order) -> PaymentView | None:
    """Where the order's money is; ``None`` when there was nothing to pay."""
    row = Payment.objects.filter(order=order).order_by("-id").first()
    return _payment(row) if row is not None else None


def _line(row: OrderLine) -> LineView:
    return LineView(
        id=row.pk,
        position=row.position,
        product_id=row.product_id,
        variant_id=row.variant_id,
        title=row.title,
        options=row.options,
        quantity=row.quantity,
        unit_minor=row.unit_minor,
        total_minor=row.total_minor,
        vat_rate_bp=row.vat_rate_bp,
        digital=row.digital,
        discount_minor=row.discount_minor,
    )


def _payment(row: Payment) -> PaymentView:
    return PaymentView(
        status=row.status,
        provider=row.provider,
        failure=row.failure,
        redirect_url=way_to_pay(row.redirect_url) if row.status == Payment.Status.PENDING else "",
        captured_minor=row.captured_minor,
        refund_due_minor=row.refund_due_minor,
        refunded_minor=row.refunded_minor,
        failed_minor=_failed(row) if row.refunded_minor < row.refund_due_minor else 0,
        excess_minor=_excess(row) if row.provider == "transfer" else 0,
    )


def _excess(row: Payment) -> int:
    due = TransferDue.objects.select_related("payment").filter(payment__key=row.key).first()
    return excess_of(due) if due is not None else 0


def _failed(row: Payment) -> int:
    failed = Refund.objects.filter(payment=row, status=Refund.Status.FAILED)
    return failed.aggregate(sum=Sum("amount_minor"))["sum"] or 0


def orders_of_buyer(
    profile_id: int, *, cursor: str | None = None, size: int = PAGE_SIZE
) -> Page[OrderRow]:
    """A member's purchases, newest first, in one query.

    Raises:
        Refused: ``bad_cursor``.
    """
    return _page(Order.objects.filter(buyer=profile_id), cursor, size)


def is_placed(checkout_key: UUID) -> bool:
    """Whether a sheet was ordered from before."""
    return Order.objects.filter(checkout_key=checkout_key).exists()


def address_of(order: Order) -> dict[str, str]:
    """Where an order goes and who is told, by field of ``Order``."""
    return {name: getattr(order, name) for name in ADDRESS_FIELDS}


def last_address_of(actor: Actor) -> dict[str, str]:
    """Where the member had their last order sent, by field of ``Order``; empty for others."""
    if actor.profile_id is None:
        return {}
    latest = Order.objects.filter(buyer=actor.profile_id).exclude(address1="")
    return latest.order_by("-placed_at", "-id").values(*ADDRESS_FIELDS).first() or {}


def _page(rows: QuerySet[Order], token: str | None, size: int) -> Page[OrderRow]:
    cursor = Cursor.parse(token)
    if cursor is not None:
        older = Q(placed_at=cursor.at, pk__lt=cursor.id) | Q(placed_at__lt=cursor.at)
        rows = rows.filter(older, placed_at__lte=cursor.at)
    of_order = OrderLine.objects.filter(order=OuterRef("pk"))
    first = of_order.filter(position=0)
    counted = of_order.order_by().values("order").annotate(count=Count("pk")).values("count")
    found = list(
        rows.annotate(
            first_title=Subquery(first.values("title")),
            first_pieces=Subquery(first.values("quantity")),
            lines_count=Subquery(counted),
        )
        .order_by("-placed_at", "-id")
        .values_list(*ROW_COLUMNS)[: size + 1]
    )
    shown = [OrderRow(*values) for values in found[:size]]
    more = len(found) > size
    return Page(shown, Cursor(shown[-1].placed_at, shown[-1].id).token() if more else None)


# In the order of OrderRow's fields.
ROW_COLUMNS = (
    "id",
    "key",
    "number",
    "status",
    "recipient",
    "buyer_id",
    "shop_id",
    "shop__profile__handle",
    "shop__profile__name",
    "delivery_kind",
    "first_title",
    "first_pieces",
    "lines_count",
    "total_minor",
    "currency",
    "placed_at",
    "paid_at",
)
