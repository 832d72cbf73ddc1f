"""Money came: payment captured, pieces taken, number given, basket emptied, told: one statement.

A statement of its own is a transaction of its own, so nothing of it is ever seen by halves, and the
shop's number and log, which its other sales wait for, stay locked no longer than it takes.
"""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from comptoir.common import clock
from comptoir.common.deadlocks import retried_on_deadlock
from comptoir.common.rows import bigint, fetch_row
from comptoir.sales.adapters.provider import ProviderAnswer
from comptoir.sales.adapters.registry import PAID_LATER
from comptoir.sales.events import OrderPaid


@dataclass(frozen=True, slots=True)
class Captured:
    """An order that this call made paid."""

    order_id: int
    number: str


@retried_on_deadlock
def capture(*, payment_id: int, answer: ProviderAnswer, late: bool = False) -> Captured | None:
    """Makes the payment captured and its order paid, by compare-and-set.

    ``None``, and nothing written, unless the order waits for this very sum. ``late``: unless it has
    expired; its pieces (``stock.count_again``) are then taken off the shelf once more.

    Raises:
        IntegrityError: ``late``, and a piece is not there any more (``stock_available``).
    """
    now = clock.now()
    values: dict[str, Any] = {
        "payment": bigint(payment_id),
        "reference": answer.reference,
        "amount": bigint(answer.amount_minor),
        "currency": answer.currency,
        "now": now,
        "year": bigint(timezone.localtime(now).year),
        "late": late,
        "event": OrderPaid.name,
        "taken_out": PAID_LATER,
    }
    row = fetch_row(LATE if late else IN_TIME, values)
    return Captured(order_id=row[0], number=row[1]) if row is not None else None


# The order is locked first, as everywhere; then the stock in key order; the shop's number last.
# When another process moved the order meanwhile, PostgreSQL looks at it anew: ``due`` is empty. So
# it is where its buyer has just signed in: its lines went into a basket that this statement does
# not see yet, and ``settle`` begins another. A line of the basket is looked at anew too, and may be
# neither less nor gone then: it stays as its owner made it, no basket stands in the way of money.
# What is paid later was out of it once its payment waited; ``settle`` sees to one that does not
# yet, as long as its order waits.
CAPTURE = """
WITH seen AS (
  SELECT o.id, o.basket_id
  FROM sales_payment p JOIN sales_order o ON o.id = p.order_id WHERE p.id = %(payment)s),
due AS (
  SELECT o.id, o.shop_id, o.buyer_id, o.basket_id
  FROM seen JOIN sales_order o ON o.id = seen.id
  WHERE {order_waits} AND o.basket_id IS NOT DISTINCT FROM seen.basket_id
  FOR NO KEY UPDATE OF o),
captured AS (
  UPDATE sales_payment p
  SET status = 'captured', reference = %(reference)s, captured_minor = p.amount_minor,
    settled_at = %(now)s, failure = ''
  FROM due
  WHERE p.id = %(payment)s AND p.order_id = due.id AND {payment_waits}
    AND p.amount_minor = %(amount)s AND p.currency = %(currency)s
  RETURNING p.id, p.order_id, p.provider),
sold AS (
  SELECT l.variant_id AS item, sum(l.quantity)::int AS pieces
  FROM captured JOIN sales_orderline l ON l.order_id = captured.order_id AND l.counted
  GROUP BY l.variant_id),
mine AS (
  SELECT sold.item, sold.pieces
  FROM sold JOIN catalog_stockitem s ON s.variant_id = sold.item
  ORDER BY s.variant_id
  FOR NO KEY UPDATE OF s),
counted AS (
  UPDATE catalog_stockitem s SET {count} FROM mine WHERE s.variant_id = mine.item
  RETURNING 1),
numbered AS (
  INSERT INTO sales_ordernumber AS n (shop_id, year, last)
  SELECT due.shop_id, %(year)s, 1 FROM due, captured WHERE (SELECT count(*) FROM counted) >= 0
  ON CONFLICT (shop_id, year) DO UPDATE SET last = n.last + 1
  RETURNING %(year)s || '-' || lpad(last::text, greatest(5, length(last::text)), '0') AS number),
paid AS (
  UPDATE sales_order o
  SET status = 'paid', number = numbered.number, paid_at = %(now)s, cancelled_at = NULL,
    cancel_reason = ''
  FROM numbered, due WHERE o.id = due.id
  RETURNING o.id, o.number, o.shop_id, o.buyer_id, o.delivery_kind),
bought AS (
  SELECT b.id, sum(l.quantity) AS pieces
  FROM due JOIN paid ON paid.id = due.id JOIN captured ON captured.provider <> ALL(%(taken_out)s)
  JOIN sales_basketline b ON b.basket_id = due.basket_id AND NOT b.saved_for_later
  JOIN sales_orderline l ON l.order_id = paid.id AND l.variant_id = b.variant_id
  GROUP BY b.id),
emptied AS (
  DELETE FROM sales_basketline b USING bought
  WHERE b.id = bought.id AND b.quantity <= bought.pieces),
lessened AS (
  UPDATE sales_basketline b SET quantity = b.quantity - bought.pieces FROM bought
  WHERE b.id = bought.id AND b.quantity > bought.pieces),
used AS (
  UPDATE sales_offeruse u SET status = 'used' FROM paid
  WHERE u.order_id = paid.id AND u.status = 'held'),
told AS (
  INSERT INTO common_outboxevent (name, aggregate, payload, attempts, parked, error)
  SELECT %(event)s, 'order:' || id, jsonb_build_object('order_id', id, 'shop_id', shop_id,
    'buyer_id', buyer_id, 'late', %(late)s::boolean, 'all_digital', delivery_kind = 'digital'),
    0, false, ''
  FROM paid)
SELECT paid.id, paid.number, sales_ledger_append(paid.shop_id, 'captured', %(amount)s,
  %(currency)s, paid.id, captured.id, NULL, %(now)s)
FROM paid, captured
"""
IN_TIME = CAPTURE.format(
    order_waits="o.status = 'pending'",
    payment_waits="(p.status = 'pending' OR p.status = 'created'"
    " AND p.provider <> ALL(%(taken_out)s))",
    count="held = s.held - mine.pieces",
)
LATE = CAPTURE.format(
    order_waits="o.status = 'cancelled' AND o.cancel_reason = 'expired'",
    payment_waits="p.status = 'failed'",
    count="available = s.available - mine.pieces",
)
