"""Pieces of stock between the shelf and the parcel: held, taken, given back.

Stock rows are always locked in key order, after the order's own row, so that two purchases of the
same things never wait for each other in a circle. Items that are not counted are never touched.
"""

from django.db import connection

from comptoir.sales.states import HOLD


def close_holds(order_id: int, *, origin: str, to: str) -> int:
    """Moves the order's holds in state ``origin`` to state ``to``, with the counts of their items.

    Returns how many holds moved: 0 when another process was first.
    """
    if to not in HOLD.edges[origin]:
        raise ValueError(f"no hold goes from {origin} to {to}")
    unhold, give_back = int(origin == "active"), int(to == "released")
    with connection.cursor() as cursor:
        cursor.execute(CLOSE_SQL, [order_id, origin, to, unhold, give_back])
        return int(cursor.rowcount)


# The first step locks the items in key order; the last one returns as many rows as holds.
CLOSE_SQL = """
WITH mine AS (
  SELECT h.id, h.item_id, h.quantity
  FROM sales_hold h JOIN catalog_stockitem s ON s.variant_id = h.item_id
  WHERE h.order_id = %s AND h.status = %s
  ORDER BY h.item_id
  FOR NO KEY UPDATE OF s),
moved AS (
  UPDATE sales_hold h SET status = %s FROM mine WHERE h.id = mine.id)
UPDATE catalog_stockitem s
SET held = s.held - mine.quantity * %s,
  available = s.available + CASE WHEN s.tracked THEN mine.quantity * %s ELSE 0 END
FROM mine WHERE s.variant_id = mine.item_id
"""
