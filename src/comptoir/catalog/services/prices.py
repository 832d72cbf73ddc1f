"""The history of prices, written with every change of one, and the price that may be crossed out.

Whatever writes a variant's price calls ``record_prices`` in the same transaction, after it, while
it holds the variant's row: so the last change in the history is always what the row says.
"""

from collections.abc import Iterable

from django.db import connection

from comptoir.catalog.price_history import reference_of_last_sale
from comptoir.catalog.prior_prices import PriceRecord, price_record
from comptoir.common import clock


def record_prices(variant_ids: Iterable[int]) -> None:
    """Writes down those prices that differ from the last ones written, and sets the references.

    Three statements, and a fourth when something of these is on sale.
    """
    variants = list(variant_ids)
    with connection.cursor() as cursor:
        cursor.execute(RECORD, {"variants": variants, "now": clock.now()})
    set_references(variants)


def set_references(variant_ids: Iterable[int]) -> None:
    """Works out again which price is crossed out beside a sale price; also when a product becomes,
    or is no more, one that spoils."""
    variants = list(variant_ids)
    with connection.cursor() as cursor:
        cursor.execute(NO_SALE, [variants])
        cursor.execute(SALES, [variants])
        references = {
            variant_id: _reference(price_record(rows)) for variant_id, rows in cursor.fetchall()
        }
        if references:
            cursor.execute(SET_REFERENCES, [list(references), list(references.values())])


def _reference(record: PriceRecord) -> int | None:
    return reference_of_last_sale(record.history, record.announced, perishable=record.perishable)


RECORD = """
INSERT INTO catalog_pricechange
  (variant_id, currency, price_minor, sale_price_minor, sale_from, sale_until, at)
SELECT v.id, v.currency, v.price_minor, v.sale_price_minor, v.sale_from, v.sale_until, %(now)s
FROM catalog_variant v
LEFT JOIN LATERAL (
  SELECT * FROM catalog_pricechange c WHERE c.variant_id = v.id
  ORDER BY c.at DESC, c.id DESC LIMIT 1
) last ON TRUE
WHERE v.id = ANY(%(variants)s) AND (last.id IS NULL
  OR (last.currency, last.price_minor, last.sale_price_minor, last.sale_from, last.sale_until)
    IS DISTINCT FROM (v.currency, v.price_minor, v.sale_price_minor, v.sale_from, v.sale_until))
ORDER BY v.id
"""

NO_SALE = """
UPDATE catalog_variant SET reference_minor = NULL
WHERE id = ANY(%s) AND sale_price_minor IS NULL AND reference_minor IS NOT NULL
"""

SALES = """
SELECT id, catalog_price_record(id) FROM catalog_variant
WHERE id = ANY(%s) AND sale_price_minor IS NOT NULL
ORDER BY id
"""

SET_REFERENCES = """
UPDATE catalog_variant v SET reference_minor = r.reference
FROM unnest(%s::bigint[], %s::bigint[]) AS r (id, reference)
WHERE v.id = r.id AND v.reference_minor IS DISTINCT FROM r.reference
"""
