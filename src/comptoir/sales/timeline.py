"""Everything that happened to an order, read from the rows themselves in one statement."""

import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db import connection

from comptoir.sales.models import Order


class Who(StrEnum):
    """``SHOP``: someone of the shop, not known by name (any more)."""

    BUYER = "buyer"
    STAFF = "staff"
    SHOP = "shop"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Moment:
    """``kind`` is one of ``KINDS``; ``name`` is the member of staff's, '' otherwise. ``facts`` are
    what is told of that kind: amounts in minor units, numbers, carriers, reasons."""

    at: datetime
    kind: str
    who: Who
    name: str
    facts: dict[str, Any]


KINDS = (
    "placed", "paid", "accepted", "payment_failed", "invoiced", "credited", "sent", "delivered",
    "presumed", "cancelled", "withdrawn", "return_asked", "return_accepted", "return_refused",
    "return_received", "exchanged", "return_closed", "refund_due", "refunded", "refund_failed",
    "odd_money", "given_up", "too_much", "part_came", "excess_returned",
)  # fmt: skip


def timeline_of(order: Order) -> list[Moment]:
    """What happened, the oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(TIMELINE, {"order": order.pk})
        rows = cursor.fetchall()
    return [
        Moment(at, kind, Who(who), name or "", _json(facts)) for at, kind, who, name, facts in rows
    ]


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value or {}


# A login of the shop's staff is shown by name; without one it is someone of the shop. Rows of one
# moment stand in the order of their steps, which is the order in which things cause others. Cash is
# told of whoever took it, and what is given back by hand is the shop's act; a payment given up by
# the person who called the order off did not fail.
TIMELINE = """
WITH o AS (SELECT * FROM sales_order WHERE id = %(order)s),
p AS (SELECT * FROM sales_payment WHERE order_id = %(order)s),
s AS (
  SELECT *, (SELECT sum(quantity) FROM sales_shipmentline x WHERE x.shipment_id = h.id) AS pieces
  FROM sales_shipment h WHERE order_id = %(order)s),
b AS (
  SELECT *,
    (SELECT sum(quantity) FROM sales_returnline x WHERE x.giving_back_id = h.id) AS pieces,
    (SELECT sum(received) FROM sales_returnline x WHERE x.giving_back_id = h.id) AS back
  FROM sales_return h WHERE order_id = %(order)s),
r AS (
  SELECT f.*, CASE WHEN f.by_hand THEN 'staff' ELSE 'system' END AS maker
  FROM sales_refund f JOIN sales_payment q ON q.id = f.payment_id
  WHERE q.order_id = %(order)s),
d AS (
  SELECT w.*, (
    SELECT max(coalesce(e.put_at, z.created_at))
    FROM sales_bankentry e JOIN sales_bankstatement z ON z.id = e.statement_id
    WHERE e.due_id = w.id) AS last_at
  FROM sales_transferdue w WHERE w.payment_id IN (SELECT key FROM p)),
t (step, kind, at, who, by_id, facts) AS (
  SELECT 1, 'placed', placed_at, 'buyer', NULL::bigint, jsonb_build_object() FROM o
  UNION ALL
  SELECT 2, 'accepted', paid_at, 'system', NULL, jsonb_build_object('exchange',
    EXISTS (SELECT FROM sales_return e WHERE e.exchange_order_id = o.id))
  FROM o WHERE paid_at IS NOT NULL AND total_minor = 0
  UNION ALL
  SELECT 2, 'paid', p.settled_at, CASE WHEN c.id IS NULL THEN 'buyer' ELSE 'staff' END,
    c.taken_by_id, jsonb_build_object('amount', captured_minor, 'provider', provider)
  FROM p LEFT JOIN sales_cashdue c ON c.payment_id = p.key
  WHERE status IN ('captured', 'refunded')
  UNION ALL
  SELECT 3, 'too_much', greatest(d.last_at, p.settled_at), 'buyer', NULL,
    jsonb_build_object('amount', d.received_minor - d.amount_minor)
  FROM p JOIN d ON d.payment_id = p.key
  WHERE p.status IN ('captured', 'refunded') AND d.received_minor > d.amount_minor
  UNION ALL
  SELECT 3, 'part_came', d.last_at, 'buyer', NULL,
    jsonb_build_object('amount', d.received_minor)
  FROM p JOIN d ON d.payment_id = p.key
  WHERE p.status NOT IN ('captured', 'refunded') AND d.last_at IS NOT NULL
  UNION ALL
  SELECT 3, 'payment_failed', settled_at, 'system', NULL, jsonb_build_object('reason', failure)
  FROM p WHERE status = 'failed' AND settled_at IS NOT NULL
    AND failure NOT IN ('by_buyer', 'by_shop')
  UNION ALL
  SELECT 4, CASE kind WHEN 'invoice' THEN 'invoiced' ELSE 'credited' END, issued_at, 'system',
    NULL, jsonb_build_object('number', number, 'amount', total_minor)
  FROM sales_invoice WHERE order_id = %(order)s
  UNION ALL
  SELECT 5, 'sent', shipped_at, 'staff', by_id,
    jsonb_build_object('carrier', carrier, 'tracking', tracking, 'pieces', pieces)
  FROM s
  UNION ALL
  SELECT 6, CASE WHEN presumed THEN 'presumed' ELSE 'delivered' END, delivered_at,
    CASE WHEN presumed THEN 'system' ELSE 'staff' END, delivered_by_id, jsonb_build_object()
  FROM s WHERE delivered_at IS NOT NULL
  UNION ALL
  SELECT 7, 'cancelled', cancelled_at,
    CASE cancel_reason WHEN 'by_buyer' THEN 'buyer' WHEN 'by_shop' THEN 'staff' ELSE 'system' END,
    cancelled_by_id, jsonb_build_object('reason', cancel_reason)
  FROM o WHERE status = 'cancelled'
  UNION ALL
  SELECT 8, 'withdrawn', declared_at, 'buyer', NULL,
    jsonb_build_object('amount', amount_minor, 'key', key, 'pieces',
      (SELECT sum(quantity) FROM sales_withdrawalline x WHERE x.withdrawal_id = w.id))
  FROM sales_withdrawal w WHERE order_id = %(order)s
  UNION ALL
  SELECT 9, 'return_asked', asked_at, 'buyer', NULL,
    jsonb_build_object('reason', reason, 'pieces', pieces)
  FROM b WHERE withdrawal_id IS NULL
  UNION ALL
  SELECT 10, CASE status WHEN 'refused' THEN 'return_refused' ELSE 'return_accepted' END,
    answered_at, 'staff', answered_by_id, jsonb_build_object()
  FROM b WHERE withdrawal_id IS NULL AND answered_at IS NOT NULL
  UNION ALL
  SELECT 11, 'return_received', received_at, 'staff', received_by_id,
    jsonb_build_object('pieces', back)
  FROM b WHERE received_at IS NOT NULL
  UNION ALL
  SELECT 12, 'exchanged', e.placed_at, 'staff', b.closed_by_id,
    jsonb_build_object('number', e.number, 'key', e.key)
  FROM b JOIN sales_order e ON e.id = b.exchange_order_id
  UNION ALL
  SELECT 13, 'return_closed', closed_at,
    CASE WHEN answered_at IS NULL OR closed_by_id IS NULL THEN 'system' ELSE 'staff' END,
    closed_by_id, jsonb_build_object()
  FROM b WHERE closed_at IS NOT NULL AND refund_id IS NULL AND exchange_order_id IS NULL
  UNION ALL
  SELECT 14, 'refund_due', created_at,
    CASE WHEN by_id IS NOT NULL OR reason IN ('by_shop', 'return') THEN 'staff' ELSE 'system' END,
    by_id, jsonb_build_object('amount', amount_minor, 'reason', reason)
  FROM r WHERE amount_minor > 0
  UNION ALL
  SELECT 14, 'given_up', created_at, 'staff', by_id, jsonb_build_object('pieces',
    (SELECT sum(quantity) FROM sales_refundline x WHERE x.refund_id = r.id))
  FROM r WHERE amount_minor = 0
  UNION ALL
  SELECT 14, 'given_up', cancelled_at, 'staff', cancelled_by_id, jsonb_build_object('pieces',
    (SELECT sum(y.called_off) FROM sales_linetally y JOIN sales_orderline l ON l.id = y.line_id
      WHERE l.order_id = o.id))
  FROM o WHERE status <> 'cancelled' AND cancelled_at IS NOT NULL AND total_minor = 0
  UNION ALL
  SELECT 15, 'refunded', done_at, maker, NULL,
    jsonb_build_object('amount', amount_minor, 'reason', reason)
  FROM r WHERE done_at IS NOT NULL AND amount_minor > 0
  UNION ALL
  SELECT 15, 'refunded', f.done_at, 'system', NULL,
    jsonb_build_object('amount', r.amount_minor, 'reason', r.reason)
  FROM r JOIN sales_refundfailure f ON f.refund_id = r.id WHERE f.done_at IS NOT NULL
  UNION ALL
  SELECT 15, 'excess_returned', g.at, 'staff', g.by_id,
    jsonb_build_object('amount', g.amount_minor)
  FROM d JOIN sales_excessreturned g ON g.due_id = d.id
  UNION ALL
  SELECT 16, 'refund_failed', f.at, 'system', NULL,
    jsonb_build_object('amount', r.amount_minor)
  FROM r JOIN sales_refundfailure f ON f.refund_id = r.id
  UNION ALL
  SELECT 17, 'odd_money', m.decided_at, 'system', NULL, jsonb_build_object()
  FROM p JOIN sales_oddmoney m ON m.payment_id = p.id WHERE m.decided_at IS NOT NULL)
SELECT t.at, t.kind,
  CASE WHEN t.who = 'staff' AND q.id IS NULL THEN 'shop' ELSE t.who END,
  CASE WHEN t.who = 'staff' THEN q.name END, t.facts
FROM t LEFT JOIN people_profile q ON q.user_id = t.by_id
ORDER BY t.at, t.step
"""
