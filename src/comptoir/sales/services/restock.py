"""Pieces that were sold and go back on the shelf."""

from collections.abc import Mapping

from django.db import connection

from comptoir.sales.models import LineTally
from comptoir.sales.services.tallies import count


def put_back(order_id: int, tallies: Mapping[int, LineTally], by_line: Mapping[int, int]) -> None:
    """Puts pieces of the order's lines on the shelf again, in one statement.

    The caller holds the order's lock; stock rows are locked after it, in key order. The order's
    holds shrink by as much, so that shelf, held and taken pieces always add up. Pieces of items
    that were not counted when they were bought are only written down as put back.

    Raises:
        IntegrityError: more pieces than the order took.
    """
    count(tallies, "restocked", by_line)
    pieces: dict[int, int] = {}
    for line, n in by_line.items():
        item = tallies[line].line.variant_id
        pieces[item] = pieces.get(item, 0) + n
    if any(pieces.values()):
        with connection.cursor() as cursor:
            cursor.execute(PUT_BACK, [list(pieces), list(pieces.values()), order_id])


# A hold that would become empty is released as it is: its quantity says what came back last.
PUT_BACK = """
WITH wanted AS (
  SELECT * FROM unnest(%s::bigint[], %s::int[]) AS w (item_id, quantity)
  WHERE w.quantity > 0),
mine AS (
  SELECT h.id, h.item_id, w.quantity, h.quantity AS had
  FROM sales_hold h JOIN wanted w ON w.item_id = h.item_id
  JOIN catalog_stockitem s ON s.variant_id = h.item_id
  WHERE h.order_id = %s AND h.status = 'taken'
  ORDER BY h.item_id
  FOR NO KEY UPDATE OF s),
moved AS (
  UPDATE sales_hold h
  SET quantity = CASE WHEN mine.had = mine.quantity THEN mine.had ELSE mine.had - mine.quantity END,
    status = CASE WHEN mine.had = mine.quantity THEN 'released' ELSE 'taken' END
  FROM mine WHERE h.id = mine.id)
UPDATE catalog_stockitem s
SET available = s.available + CASE WHEN s.tracked THEN mine.quantity ELSE 0 END
FROM mine WHERE s.variant_id = mine.item_id
"""
