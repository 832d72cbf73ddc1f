"""Pieces of stock between the shelf and the parcel: held, taken, given back.

Stock rows are always locked in key order, after the order's own row, so that two purchases of the
same things never wait for each other in a circle. Items that are not counted are never touched.
"""

from collections.abc import Collection, Mapping

from django.db import connection
from django.db.models import QuerySet

from comptoir.catalog.models import StockItem
from comptoir.sales.models import Hold
from comptoir.sales.states import HOLD

LONG_TEXTS = (
    "variant__product__description",
    "variant__product__details",
    "variant__product__search",
)


def items_of(variant_ids: Collection[int]) -> QuerySet[StockItem]:
    """Stock items in key order with variant, product (without its long texts), shop and profile."""
    rows = StockItem.objects.select_related("variant__product__shop__profile")
    return rows.filter(pk__in=variant_ids).order_by("pk").defer(*LONG_TEXTS)


def lock_items(variant_ids: Collection[int]) -> list[StockItem]:
    """``items_of``, locked until the commit."""
    return list(items_of(variant_ids).select_for_update(of=("self",), no_key=True))


def hold_items(order_id: int, quantities: Mapping[int, int]) -> None:
    """Holds ``quantities`` (item key to pieces) for the order; the caller locked and checked them.

    Raises:
        IntegrityError: an item has fewer pieces available (``stock_available``).
    """
    if not quantities:
        return
    with connection.cursor() as cursor:
        cursor.execute(HOLD_SQL, [list(quantities), list(quantities.values()), order_id])


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


def take_again(order_id: int) -> bool:
    """Takes the pieces of released holds off the shelf again, all of them or none.

    Returns whether all were there.
    """
    holds = Hold.objects.filter(order=order_id, status=Hold.Status.RELEASED)
    wanted = {hold.item_id: hold.quantity for hold in holds}
    items = lock_items(wanted)
    if not all(item.can_sell(wanted[item.pk]) for item in items):
        return False
    with connection.cursor() as cursor:
        cursor.execute(RETAKE_SQL, {"order": order_id})
    return True


HOLD_SQL = """
WITH wanted AS (
  SELECT * FROM unnest(%s::bigint[], %s::int[]) AS w (item_id, quantity)),
moved AS (
  UPDATE catalog_stockitem s
  SET available = s.available - w.quantity, held = s.held + w.quantity
  FROM wanted w WHERE s.variant_id = w.item_id)
INSERT INTO sales_hold (order_id, item_id, quantity, status)
SELECT %s, item_id, quantity, 'active' FROM wanted
"""

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

RETAKE_SQL = """
WITH moved AS (
  UPDATE sales_hold SET status = 'taken'
  WHERE order_id = %(order)s AND status = 'released' RETURNING item_id, quantity)
UPDATE catalog_stockitem s
SET available = s.available - CASE WHEN s.tracked THEN moved.quantity ELSE 0 END
FROM moved WHERE s.variant_id = moved.item_id
"""
