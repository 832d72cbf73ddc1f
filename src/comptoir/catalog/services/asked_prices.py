"""What everyone is asked under announced percentages, worked out again where it may have changed.

In steps of their own, so that no row is held while another is waited for: the prices are written
(``ask_again``), whoever filters by them takes them over, and only then is it said to be done
(``asked``). What fails between is done again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from comptoir.catalog.cards import ANNOUNCED_RECORDS, asked_of_variants
from comptoir.catalog.models import PriceToAsk
from comptoir.catalog.services.announcements import still_announces
from comptoir.common import clock

MOST_AT_ONCE = 1000

BY_THE_CLOCK = """
WITH due AS (
  UPDATE catalog_askedprice SET due_at = NULL WHERE due_at <= %(now)s RETURNING product_id)
INSERT INTO catalog_pricetoask (product_id) SELECT product_id FROM due
"""
TO_ASK = f"""
SELECT m.notes, m.product_id, p.shop_id, s.announces, {ANNOUNCED_RECORDS},
  LEAST(
    (SELECT min(moment) FROM catalog_announcement n, unnest(ARRAY[n.starts, n.ends]) moment
      WHERE n.shop_id = p.shop_id AND n.share_bp > 0 AND moment > %(now)s),
    (SELECT min(moment) FROM catalog_variant v, unnest(ARRAY[v.sale_from, v.sale_until]) moment
      WHERE v.product_id = p.id AND moment > %(now)s))
FROM (SELECT array_agg(id) AS notes, product_id
  FROM (SELECT * FROM catalog_pricetoask ORDER BY id LIMIT {MOST_AT_ONCE}) first
  GROUP BY product_id) m
LEFT JOIN catalog_product p ON p.id = m.product_id
LEFT JOIN shops_shop s ON s.profile_id = p.shop_id
"""
SET = """
INSERT INTO catalog_askedprice (product_id, price_minor, due_at)
SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::timestamptz[])
ON CONFLICT (product_id) DO UPDATE SET price_minor = excluded.price_minor, due_at = excluded.due_at
"""
GONE = """
DELETE FROM catalog_askedprice
WHERE product_id = ANY(%s) AND price_minor IS NULL AND due_at IS NULL
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """Products whose price was worked out, and the notes that asked for it."""

    product_ids: Sequence[int]
    notes: Sequence[int]


def ask_again() -> Asked | None:
    """Works out what a thousand notes ask for; ``None``: there are none. Three statements, and
    three more for each shop that they are of."""
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(BY_THE_CLOCK, {"now": now})
        cursor.execute(TO_ASK, {"now": now})
        rows = cursor.fetchall()
        if not rows:
            return None
        still = {shop for shop in {row[2] for row in rows if row[3]} if still_announces(shop)}
        there = [row for row in rows if row[2] is not None]
        prices = [_price(row[4]) if row[2] in still else None for row in there]
        due = [row[5] if row[2] in still else None for row in there]
        cursor.execute(SET, [[row[1] for row in there], prices, due])
    return Asked([row[1] for row in there], [note for row in rows for note in row[0]])


def asked(done: Asked) -> None:
    """Whoever filters by these prices has them now."""
    with connection.cursor() as cursor:
        cursor.execute(GONE, [list(done.product_ids)])
    PriceToAsk.objects.filter(pk__in=done.notes).delete()


def _price(records: str | list[Any] | None) -> int | None:
    found = asked_of_variants(records, clock.now()) if records is not None else None
    return min(each.price_minor for each in found) if found else None
