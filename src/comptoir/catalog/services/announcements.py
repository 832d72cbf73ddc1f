"""What a shop announces off its prices, written down with every change of it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from comptoir.catalog.services.prices import set_references
from comptoir.common import clock

# A sale that runs already has its reference; one that is still to begin may get another.
SALES_TO_COME = """
SELECT v.id FROM catalog_variant v JOIN catalog_product p ON p.id = v.product_id
WHERE p.shop_id = %s AND v.sale_price_minor IS NOT NULL AND v.sale_from > %s
ORDER BY v.id
"""
RECORD = """
INSERT INTO catalog_announcement
  (shop_id, offer, at, currency, share_bp, for_everyone, minimum_minor, product_ids, starts, ends,
  limited)
SELECT %(shop)s, %(offer)s, %(now)s, said.*
FROM (VALUES (%(currency)s::varchar, %(share_bp)s::int, %(for_everyone)s::boolean,
  %(minimum_minor)s::bigint, %(product_ids)s::bigint[], %(starts)s::timestamptz,
  %(ends)s::timestamptz, %(limited)s::boolean)) said
WHERE NOT EXISTS (
  SELECT 1 FROM (SELECT * FROM catalog_announcement WHERE offer = %(offer)s
    ORDER BY at DESC, id DESC LIMIT 1) a
  WHERE (a.currency, a.share_bp, a.for_everyone, a.minimum_minor, a.product_ids, a.starts, a.ends,
    a.limited) IS NOT DISTINCT FROM said)
"""
SILENT = """
INSERT INTO catalog_announcement (shop_id, offer, currency, share_bp, for_everyone, minimum_minor,
  product_ids, starts, ends, limited, at)
SELECT a.shop_id, a.offer, a.currency, 0, a.for_everyone, 0, NULL, NULL, NULL, a.limited, %(now)s
FROM (SELECT * FROM catalog_announcement WHERE offer = %(offer)s
  ORDER BY at DESC, id DESC LIMIT 1) a
WHERE a.share_bp > 0
"""

# Two offers changed at once: the second waits, and then counts what the first one wrote.
LOCK_SHOP = "SELECT FROM shops_shop WHERE profile_id = %(shop)s FOR NO KEY UPDATE"
TELL_SHOP = """
UPDATE shops_shop s SET announces = told.still
FROM (SELECT EXISTS (SELECT FROM catalog_announcement a
  WHERE a.shop_id = %(shop)s AND a.share_bp > 0 AND a.for_everyone
    AND (a.ends IS NULL OR a.ends > %(now)s)
    AND NOT EXISTS (SELECT FROM catalog_announcement later
      WHERE later.offer = a.offer AND (later.at, later.id) > (a.at, a.id))) AS still) told
WHERE s.profile_id = %(shop)s AND s.announces <> told.still
"""
# Its prices are to be worked out again, also those that are no more under it.
ASK_AGAIN = """
INSERT INTO catalog_pricetoask (product_id)
SELECT id FROM catalog_product WHERE shop_id = %(shop)s AND status = 'active'
"""


@dataclass(frozen=True, slots=True)
class AnnouncementDraft:
    """An offer as it is announced; fields as in ``models.Announcement``."""

    currency: str
    share_bp: int
    for_everyone: bool
    minimum_minor: int = 0
    product_ids: Sequence[int] | None = None
    starts: datetime | None = None
    ends: datetime | None = None
    limited: bool = False


def record_announcement(
    *, shop_id: int, offer_id: int, announced: AnnouncementDraft | None
) -> None:
    """Writes down what the offer announces from now on, if that is new; ``None``: nothing.

    To be called in the transaction that changes the offer, while its row is held.
    """
    values: dict[str, Any] = {"shop": shop_id, "offer": offer_id, "now": clock.now()}
    with connection.cursor() as cursor:
        if announced is None:
            cursor.execute(SILENT, values)
        else:
            chosen = announced.product_ids
            products = sorted(chosen) if chosen is not None else None
            cursor.execute(RECORD, {**asdict(announced), "product_ids": products, **values})
        if not cursor.rowcount:
            return
        cursor.execute(LOCK_SHOP, values)
        cursor.execute(TELL_SHOP, values)
        cursor.execute(ASK_AGAIN, values)
        cursor.execute(SALES_TO_COME, [shop_id, clock.now()])
        planned = [row[0] for row in cursor.fetchall()]
    if planned:
        set_references(planned)


@transaction.atomic
def still_announces(shop_id: int) -> bool:
    """Whether a percentage off the shop's prices is announced to all, or will be; where the last of
    them has ended by the clock, the shop says so from now on."""
    values: dict[str, Any] = {"shop": shop_id, "now": clock.now()}
    with connection.cursor() as cursor:
        cursor.execute(LOCK_SHOP, values)
        cursor.execute(TELL_SHOP, values)
        cursor.execute("SELECT announces FROM shops_shop WHERE profile_id = %(shop)s", values)
        (still,) = cursor.fetchone()
    return bool(still)
