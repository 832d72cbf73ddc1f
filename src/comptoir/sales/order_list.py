"""A shop's orders, filtered, searched and counted: one statement for a page, one for the counts."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings

from comptoir.common.accents import unaccented, unaccented_sql
from comptoir.common.keyset import Cursor, Page
from comptoir.common.rows import fetch_rows
from comptoir.sales.models.order import desk_reference, is_packed

PAGE_SIZE = 30
EXPORT_PAGE = 500


@dataclass(frozen=True, slots=True)
class OrderFilter:
    """Which orders; '' or ``None`` is any. Days are of the place, both included.

    ``words`` are looked for in number, recipient, company, e-mail, titles and the reference of a
    transfer.
    """

    status: str = ""
    paid_from: date | None = None
    paid_until: date | None = None
    delivery: str = ""
    provider: str = ""
    returns: bool = False
    words: str = ""

    @property
    def narrows(self) -> bool:
        """Whether more is asked than a status."""
        return replace(self, status="") != OrderFilter()


@dataclass(frozen=True, slots=True)
class ListedOrder:
    """One row of the list; amounts in minor units. ``returns`` are open ones. ``disputed``: the
    shop may answer a buyer's bank, until ``answer_by``. ``refund_failed``: money is still owed that
    did not reach the buyer. ``sent_some``: a parcel of it left."""

    id: int
    number: str
    status: str
    recipient: str
    company: str
    delivery_kind: str
    delivery_name: str
    first_title: str
    first_pieces: int
    lines: int
    total_minor: int
    currency: str
    provider: str
    returns: int
    placed_at: datetime
    paid_at: datetime | None
    disputed: bool = False
    answer_by: datetime | None = None
    refund_failed: bool = False
    sent_some: bool = False

    @property
    def reference(self) -> str:
        return desk_reference(self.id, self.number)

    def prints(self, *, invoices: bool) -> bool:
        """Whether there is something to print of it, for who may print ``invoices`` or not."""
        packed = is_packed(self.status, self.delivery_kind)
        return self.paid_at is not None and bool(self.number) and (invoices or packed)


@dataclass(frozen=True, slots=True)
class Group:
    """So many orders are alike in what the list can be narrowed by."""

    status: str
    delivery: str
    provider: str
    returns: bool
    many: int


@dataclass(frozen=True, slots=True)
class OrderCounts:
    """How many orders each choice would show, the other choices kept as they are."""

    groups: tuple[Group, ...]
    asked: OrderFilter

    def of_status(self, status: str) -> int:
        """'' counts those of any status."""
        return self._count(replace(self.asked, status=status))

    def of_delivery(self, delivery: str) -> int:
        return self._count(replace(self.asked, delivery=delivery))

    def of_provider(self, provider: str) -> int:
        return self._count(replace(self.asked, provider=provider))

    @property
    def with_returns(self) -> int:
        return self._count(replace(self.asked, returns=True))

    def _count(self, asked: OrderFilter) -> int:
        return sum(
            group.many
            for group in self.groups
            if asked.status in {"", group.status}
            and asked.delivery in {"", group.delivery}
            and asked.provider in {"", group.provider}
            and (group.returns or not asked.returns)
        )


@dataclass(frozen=True, slots=True)
class ExportedOrder:
    """An order as a row of a file; amounts in minor units of ``currency``."""

    id: int
    number: str
    status: str
    placed_at: datetime
    paid_at: datetime | None
    shipped_at: datetime | None
    delivered_at: datetime | None
    recipient: str
    company: str
    vat_number: str
    email: str
    address1: str
    address2: str
    postcode: str
    city: str
    country: str
    delivery_name: str
    provider: str
    currency: str
    items_minor: int
    discount_minor: int
    delivery_minor: int
    total_minor: int
    vat_minor: int
    refunded_minor: int


def orders_listed(
    shop_id: int, asked: OrderFilter, *, cursor: str | None = None, size: int = PAGE_SIZE
) -> Page[ListedOrder]:
    """A page of them, newest first, in one statement.

    Raises:
        Refused: ``bad_cursor``.
    """
    rows = fetch_rows(ListedOrder, LIST, _values(shop_id, asked, Cursor.parse(cursor), size + 1))
    shown = rows[:size]
    more = len(rows) > size
    return Page(shown, Cursor(shown[-1].placed_at, shown[-1].id).token() if more else None)


def orders_counted(shop_id: int, asked: OrderFilter) -> OrderCounts:
    """The counts of every choice, in one statement."""
    open_asked = replace(asked, status="", delivery="", provider="", returns=False)
    groups = fetch_rows(Group, COUNTS, _values(shop_id, open_asked, None, 0))
    return OrderCounts(tuple(groups), asked)


def orders_exported(shop_id: int, asked: OrderFilter) -> Iterator[ExportedOrder]:
    """All of them, newest first, read ``EXPORT_PAGE`` at a time."""
    after: Cursor | None = None
    while True:
        values = _values(shop_id, asked, after, EXPORT_PAGE)
        rows = fetch_rows(ExportedOrder, EXPORT, values)
        yield from rows
        if len(rows) < EXPORT_PAGE:
            return
        after = Cursor(rows[-1].placed_at, rows[-1].id)


def _values(shop_id: int, asked: OrderFilter, after: Cursor | None, limit: int) -> dict[str, Any]:
    until = asked.paid_until + timedelta(days=1) if asked.paid_until else None
    return {
        "shop": shop_id,
        "status": asked.status,
        "paid_from": asked.paid_from,
        "paid_before": until,
        "zone": settings.TIME_ZONE,
        "delivery": asked.delivery,
        "provider": asked.provider,
        "returns": asked.returns,
        "words": _pattern(asked.words),
        "packed": _pattern("".join(asked.words.split())),
        "at": after.at if after else "infinity",
        "id": after.id if after else 0,
        "limit": limit,
    }


def _pattern(words: str) -> str:
    """A LIKE pattern for what holds these words; '' for none."""
    plain = unaccented(" ".join(words.split())).lower()
    for special in ("\\", "%", "_"):
        plain = plain.replace(special, f"\\{special}")
    return f"%{plain}%" if plain else ""


def _like(expression: str) -> str:
    return f"lower({unaccented_sql(expression)}) LIKE %(words)s"


PROVIDER = """
LEFT JOIN LATERAL (
  SELECT p.provider, p.refunded_minor FROM sales_payment p
  WHERE p.order_id = o.id ORDER BY p.id DESC LIMIT 1) pay ON true
"""

RETURNS = """
(SELECT count(*) FROM sales_return r
  WHERE r.order_id = o.id AND r.status IN ('asked', 'accepted', 'received'))
"""

WHERE = f"""
WHERE o.shop_id = %(shop)s
  AND (%(status)s = '' OR o.status = %(status)s)
  AND (%(paid_from)s::date IS NULL
    OR o.paid_at >= %(paid_from)s::date::timestamp AT TIME ZONE %(zone)s)
  AND (%(paid_before)s::date IS NULL
    OR o.paid_at < %(paid_before)s::date::timestamp AT TIME ZONE %(zone)s)
  AND (%(delivery)s = '' OR o.delivery_kind = %(delivery)s)
  AND (%(provider)s = '' OR pay.provider = %(provider)s)
  AND (NOT %(returns)s OR {RETURNS} > 0)
  AND (%(words)s = '' OR {_like("o.number")} OR {_like("o.recipient")} OR {_like("o.company")}
    OR {_like("o.email")} OR EXISTS (
      SELECT 1 FROM sales_orderline t WHERE t.order_id = o.id AND {_like("t.title")})
    OR EXISTS (SELECT 1 FROM sales_transferdue d JOIN sales_payment p ON p.key = d.payment_id
      WHERE p.order_id = o.id AND lower(d.reference) LIKE %(packed)s))
"""

NEWEST = """
  AND (o.placed_at, o.id) < (%(at)s, %(id)s)
ORDER BY o.placed_at DESC, o.id DESC LIMIT %(limit)s
"""

LIST = f"""
SELECT o.id, o.number, o.status, o.recipient, o.company, o.delivery_kind, o.delivery_name,
  coalesce(l.first_title, ''), coalesce(l.first_pieces, 0), coalesce(l.lines, 0),
  o.total_minor, o.currency,
  coalesce(pay.provider, ''), {RETURNS}, o.placed_at, o.paid_at, coalesce(d.disputed, false),
  d.answer_by, EXISTS (SELECT FROM sales_refund f JOIN sales_payment q ON q.id = f.payment_id
    WHERE q.order_id = o.id AND f.status = 'failed'),
  EXISTS (SELECT FROM sales_shipment h WHERE h.order_id = o.id)
FROM sales_order o {PROVIDER}
LEFT JOIN LATERAL (
  SELECT min(title) FILTER (WHERE position = 0) AS first_title,
    min(quantity) FILTER (WHERE position = 0) AS first_pieces, count(*) AS lines
  FROM sales_orderline WHERE order_id = o.id) l ON true
LEFT JOIN LATERAL (
  SELECT true AS disputed, min(x.respond_by) AS answer_by FROM sales_stripedispute x
  JOIN sales_payment q ON q.id = x.payment_id
  WHERE q.order_id = o.id AND x.status IN ('needs_response', 'warning_needs_response')
  GROUP BY q.order_id) d ON true
{WHERE} {NEWEST}
"""

COUNTS = f"""
SELECT o.status, o.delivery_kind, coalesce(pay.provider, ''), {RETURNS} > 0 AS returns, count(*)
FROM sales_order o {PROVIDER}
{WHERE}
GROUP BY 1, 2, 3, 4
"""

EXPORT = f"""
SELECT o.id, o.number, o.status, o.placed_at, o.paid_at, o.shipped_at, o.delivered_at, o.recipient,
  o.company, o.vat_number, o.email, o.address1, o.address2, o.postcode, o.city, o.country,
  o.delivery_name, coalesce(pay.provider, ''), o.currency, o.items_minor, o.discount_minor,
  o.delivery_minor, o.total_minor, o.vat_minor, coalesce(pay.refunded_minor, 0)
FROM sales_order o {PROVIDER}
{WHERE} {NEWEST}
"""
