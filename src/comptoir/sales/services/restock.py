"""Pieces that were sold and go back on the shelf."""

from collections.abc import Mapping

from django.db import connection

from comptoir.sales.models import LineTally
from comptoir.sales.services.tallies import count


def put_back(tallies: Mapping[int, LineTally], by_line: Mapping[int, int]) -> None:
    """Puts pieces of the order's lines on the shelf again, in one statement.

    The caller holds the order's lock; stock rows are locked after it, in key order. Pieces of items
    that were not counted when they were bought are only written down as put back.

    Raises:
        IntegrityError: more pieces than the order took.
    """
    count(tallies, "restocked", by_line)
    pieces: dict[int, int] = {}
    for line, n in by_line.items():
        bought = tallies[line].line
        if bought.counted and n:
            pieces[bought.variant_id] = pieces.get(bought.variant_id, 0) + n
    if pieces:
        with connection.cursor() as cursor:
            cursor.execute(PUT_BACK, [list(pieces), list(pieces.values())])


PUT_BACK = """
WITH mine AS (
  SELECT s.variant_id, w.pieces
  FROM unnest(%s::bigint[], %s::int[]) AS w (item, pieces)
  JOIN catalog_stockitem s ON s.variant_id = w.item
  ORDER BY s.variant_id
  FOR NO KEY UPDATE OF s)
UPDATE catalog_stockitem s SET available = s.available + mine.pieces
FROM mine WHERE s.variant_id = mine.variant_id AND s.tracked
"""
