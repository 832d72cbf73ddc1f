"""What must be true of the books after every step, whatever happened; and what must be once all
that was promised has been done."""

from django.db import connection

# Of the variant whose key follows: pieces that orders hold or have taken, less what was put back.
PIECES_OUT = """
SELECT COALESCE(sum(l.quantity - COALESCE(t.restocked, 0)), 0)
FROM sales_orderline l JOIN sales_order o ON o.id = l.order_id
LEFT JOIN sales_linetally t ON t.line_id = l.id
WHERE l.counted AND (o.status = 'pending' OR o.paid_at IS NOT NULL) AND l.variant_id ="""

# Each row is a fault: its name, and where it is. Some are held by constraints of the database too.
ALWAYS = f"""
SELECT 'stock below zero', variant_id FROM catalog_stockitem WHERE available < 0 OR held < 0
UNION ALL
SELECT 'held is not what orders wait for', s.variant_id
FROM catalog_stockitem s
WHERE s.held <> COALESCE((SELECT sum(l.quantity)
  FROM sales_orderline l JOIN sales_order o ON o.id = l.order_id
  WHERE l.variant_id = s.variant_id AND l.counted AND o.status = 'pending'), 0)
UNION ALL
SELECT 'pieces made or lost', s.variant_id
FROM catalog_stockitem s JOIN catalog_variant v ON v.id = s.variant_id
WHERE s.tracked AND v.mpn <> '' AND v.mpn::int <> s.available + ({PIECES_OUT} v.id)
UNION ALL
SELECT 'a live order without its money', o.id
FROM sales_order o WHERE o.status IN ('paid', 'shipped', 'delivered') AND o.total_minor > 0
  AND (SELECT count(*) FROM sales_payment p
       WHERE p.order_id = o.id AND p.status IN ('captured', 'refunded')) <> 1
UNION ALL
SELECT 'captured another sum than the order''s', o.id
FROM sales_order o JOIN sales_payment p ON p.order_id = o.id
WHERE p.captured_minor NOT IN (0, o.total_minor)
UNION ALL
SELECT 'money of a cancelled order is not owed back', o.id
FROM sales_order o JOIN sales_payment p ON p.order_id = o.id
WHERE o.status = 'cancelled' AND p.refund_due_minor <> p.captured_minor
UNION ALL
SELECT 'refunds do not add up', p.id
FROM sales_payment p
WHERE p.refund_due_minor <> COALESCE((SELECT sum(amount_minor) FROM sales_refund r
    WHERE r.payment_id = p.id), 0)
  OR p.refunded_minor <> COALESCE((SELECT sum(amount_minor) FROM sales_refund r
    WHERE r.payment_id = p.id AND r.status = 'done'), 0)
UNION ALL
SELECT 'the lines do not add up', o.id
FROM sales_order o
WHERE NOT EXISTS (
  SELECT FROM sales_orderline l WHERE l.order_id = o.id
  HAVING sum(unit_minor * quantity) = o.items_minor AND sum(discount_minor) = o.discount_minor)
UNION ALL
SELECT 'numbers with a gap', n.shop_id
FROM sales_ordernumber n
WHERE n.last <> (SELECT count(*) FROM sales_order o WHERE o.shop_id = n.shop_id
  AND o.number LIKE n.year || '-%')
UNION ALL
SELECT 'an offer counts other uses than were made', f.id
FROM sales_offer f
WHERE f.uses <> (SELECT count(*) FROM sales_offeruse u
    WHERE u.offer_id = f.id AND u.status <> 'released')
  OR f.uses > f.limit_total
UNION ALL
SELECT 'a use of an offer is not as its order', u.id
FROM sales_offeruse u JOIN sales_order o ON o.id = u.order_id
WHERE u.status = 'held' AND o.status <> 'pending'
  OR u.status = 'released' AND o.status IN ('pending', 'paid', 'shipped', 'delivered')
UNION ALL
SELECT 'the log is not what the payments say', o.shop_id
FROM sales_order o LEFT JOIN sales_payment p ON p.order_id = o.id
GROUP BY o.shop_id
HAVING COALESCE(sum(p.captured_minor - p.refunded_minor), 0) <> COALESCE(
  (SELECT sum(amount_minor) FROM sales_ledgerentry e WHERE e.shop_id = o.shop_id), 0) + COALESCE(
  (SELECT sum(amount_minor) FROM sales_stripedispute d
   WHERE d.status IN ('needs_response', 'under_review', 'lost')), 0)
UNION ALL
SELECT 'captured what the bank did not charge', p.id
FROM sales_payment p LEFT JOIN sales_bankcharge c ON c.key = p.key::text
WHERE p.provider = 'sandbox' AND p.captured_minor > 0
  AND (c.status, c.amount_minor) IS DISTINCT FROM ('charged', p.captured_minor)
UNION ALL
SELECT 'noted a refund that the bank did not give', p.id
FROM sales_payment p JOIN sales_bankcharge c ON c.key = p.key::text
WHERE p.refunded_minor > c.refunded_minor
UNION ALL
SELECT 'captured cash that nobody took', p.id
FROM sales_payment p LEFT JOIN sales_cashdue c ON c.payment_id = p.key
WHERE p.provider = 'cash' AND p.captured_minor > 0 AND c.taken_at IS NULL
UNION ALL
SELECT 'captured a transfer that did not come', p.id
FROM sales_payment p LEFT JOIN sales_transferdue d ON d.payment_id = p.key
WHERE p.provider = 'transfer' AND p.captured_minor > 0
  AND coalesce(d.received_minor - d.given_back_minor, 0) < p.captured_minor
UNION ALL
SELECT 'a transfer is not its entries', d.id
FROM sales_transferdue d WHERE d.received_minor <> coalesce(
  (SELECT sum(amount_minor) FROM sales_bankentry e WHERE e.due_id = d.id), 0)
UNION ALL
SELECT 'a line did more or less than is written', l.id
FROM sales_orderline l JOIN sales_linetally t ON t.line_id = l.id
WHERE (t.sent, t.received, t.refunded, t.refunded_minor) IS DISTINCT FROM (
  (SELECT coalesce(sum(quantity), 0) FROM sales_shipmentline x WHERE x.line_id = l.id),
  (SELECT coalesce(sum(received), 0) FROM sales_returnline x WHERE x.line_id = l.id),
  (SELECT coalesce(sum(quantity), 0) FROM sales_refundline x WHERE x.line_id = l.id),
  (SELECT coalesce(sum(amount_minor), 0) FROM sales_refundline x WHERE x.line_id = l.id))
UNION ALL
SELECT 'money or goods for more pieces than were given up', t.line_id
FROM sales_linetally t WHERE t.claimed < t.refunded + coalesce(
  (SELECT sum(l.quantity) FROM sales_returnline x JOIN sales_return e ON e.id = x.giving_back_id
   JOIN sales_orderline l ON l.order_id = e.exchange_order_id WHERE x.line_id = t.line_id), 0)
UNION ALL
SELECT 'a refund is not its lines', r.id
FROM sales_refund r WHERE r.reason <> 'late_capture' AND r.amount_minor <> coalesce(
  (SELECT sum(amount_minor) FROM sales_refundline x WHERE x.refund_id = r.id), 0)
UNION ALL
SELECT 'more of the delivery given back than was charged', o.id
FROM sales_order o WHERE o.delivery_minor < (
  SELECT sum(x.amount_minor) FROM sales_refundline x
  JOIN sales_refund r ON r.id = x.refund_id JOIN sales_payment p ON p.id = r.payment_id
  WHERE p.order_id = o.id AND x.line_id IS NULL)
UNION ALL
SELECT 'sent or paid for, and called off', e.order_id
FROM sales_return e JOIN sales_order o ON o.id = e.exchange_order_id WHERE o.status = 'cancelled'
UNION ALL
SELECT 'a withdrawal is met with goods', order_id
FROM sales_return WHERE withdrawal_id IS NOT NULL AND exchange_order_id IS NOT NULL
UNION ALL
SELECT 'a bill is paid twice, or was cancelled', b.id
FROM sales_bill b JOIN sales_orderline l ON l.variant_id = b.variant_id
JOIN sales_order o ON o.id = l.order_id AND o.status <> 'cancelled'
GROUP BY b.id HAVING count(*) > 1 OR b.cancelled_at IS NOT NULL
"""

AT_LAST = """
SELECT 'charged, and nobody knows', p.id
FROM sales_payment p JOIN sales_bankcharge c ON c.key = p.key::text
WHERE c.status = 'charged' AND p.captured_minor = 0
UNION ALL
SELECT 'an order waits for ever', id FROM sales_order WHERE status = 'pending'
UNION ALL
SELECT 'pieces held for nobody', variant_id FROM catalog_stockitem WHERE held <> 0
UNION ALL
SELECT 'money owed and not given', id FROM sales_refund WHERE status = 'due'
UNION ALL
SELECT 'the bank gave another sum back', p.id
FROM sales_payment p JOIN sales_bankcharge c ON c.key = p.key::text
WHERE c.refunded_minor <> p.refunded_minor
UNION ALL
SELECT 'an event that nobody could handle', id FROM common_outboxevent
UNION ALL
SELECT 'a transfer is kept without an order', d.id
FROM sales_transferdue d JOIN sales_payment p ON p.key = d.payment_id
WHERE d.received_minor - d.given_back_minor <> p.captured_minor
UNION ALL
SELECT 'cash is kept without an order', p.id
FROM sales_cashdue c JOIN sales_payment p ON p.key = c.payment_id
WHERE c.taken_at IS NOT NULL AND p.captured_minor = 0
UNION ALL
SELECT 'a bill that is paid is not handed over', b.id
FROM sales_bill b JOIN sales_orderline l ON l.variant_id = b.variant_id
JOIN sales_order o ON o.id = l.order_id AND o.status = 'paid'
UNION ALL
SELECT 'what was paid is not what was invoiced', o.id
FROM sales_order o WHERE o.paid_at IS NOT NULL AND o.total_minor > 0 AND NOT EXISTS (
  SELECT FROM sales_invoice i
  WHERE i.order_id = o.id AND i.kind = 'invoice' AND i.total_minor = o.total_minor)
UNION ALL
SELECT 'what was given back is not what was credited', o.id
FROM sales_order o JOIN sales_payment p ON p.order_id = o.id
WHERE o.paid_at IS NOT NULL AND p.refunded_minor <> coalesce(
  (SELECT sum(i.total_minor) FROM sales_invoice i
   WHERE i.order_id = o.id AND i.kind = 'credit_note'), 0)
"""


def pieces_out(variant_id: int) -> int:
    """Those that left the shelf and are not on it again."""
    with connection.cursor() as cursor:
        cursor.execute(f"{PIECES_OUT} %s", [variant_id])
        return int(cursor.fetchone()[0])


def faults(*, at_last: bool = False) -> list[tuple[str, int]]:
    """What is wrong; ``at_last``: also what may be under way for a while only."""
    with connection.cursor() as cursor:
        cursor.execute(f"{ALWAYS} UNION ALL {AT_LAST}" if at_last else ALWAYS)
        return [(str(name), int(where)) for name, where in cursor.fetchall()]
