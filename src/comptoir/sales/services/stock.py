"""Pieces of stock between the shelf and the parcel: held, taken, given back.

What an order has of the shelf is told by its lines and its status: the pieces of the lines that are
``counted`` are held while it is pending, taken once it is paid (but for what was put back), and on
the shelf again when it is called off unpaid. So these are called under the order's lock, together
with its change of status. An order that is paid after it had let its pieces go counts what the shop
counts by then.

Stock rows are always locked in key order, after the order's own row, so that two purchases of the
same things never wait for each other in a circle. Lines that were not counted never touch it; where
the shop has ceased to count since, what was held is let go, and nothing else changes.
"""

from django.db import connection


def take_held(order_id: int) -> None:
    """What was held is sold, and counts no more."""
    _end_hold(order_id, back=0)


def give_back_held(order_id: int) -> None:
    """What was held is on the shelf again."""
    _end_hold(order_id, back=1)


def count_again(order_id: int) -> bool:
    """Which lines of an order that holds nothing are ``counted``, as the shop counts now; returns
    whether all that is not counted is in stock. Their stock stays locked until the commit."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT_AGAIN, {"order": order_id})
        (in_stock,) = cursor.fetchone()
    return bool(in_stock)


def _end_hold(order_id: int, *, back: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(END_HOLD, {"order": order_id, "back": back})


END_HOLD = """
WITH mine AS (
  SELECT s.variant_id, of_order.pieces
  FROM (SELECT variant_id, sum(quantity)::int AS pieces FROM sales_orderline
        WHERE order_id = %(order)s AND counted GROUP BY variant_id) AS of_order
  JOIN catalog_stockitem s ON s.variant_id = of_order.variant_id
  ORDER BY s.variant_id
  FOR NO KEY UPDATE OF s)
UPDATE catalog_stockitem s
SET held = s.held - mine.pieces,
  available = s.available + CASE WHEN s.tracked THEN mine.pieces * %(back)s ELSE 0 END
FROM mine WHERE s.variant_id = mine.variant_id
"""

COUNT_AGAIN = """
WITH mine AS (
  SELECT s.variant_id, s.tracked, s.in_stock FROM catalog_stockitem s
  WHERE s.variant_id IN (SELECT variant_id FROM sales_orderline WHERE order_id = %(order)s)
  ORDER BY s.variant_id
  FOR NO KEY UPDATE OF s),
told AS (
  UPDATE sales_orderline l SET counted = mine.tracked FROM mine
  WHERE l.order_id = %(order)s AND l.variant_id = mine.variant_id AND l.counted <> mine.tracked)
SELECT bool_and(tracked OR in_stock) FROM mine
"""
