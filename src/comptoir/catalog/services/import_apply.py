"""The second half of an import: the plan, written batch by batch, each in its own transaction.

A product and all its variants are in one batch, so a product is never half written, whatever
happens. A batch that was killed is planned again by the next import, which finds what is done.

Stock. The feed's quantity is the count on the shelf. It is set only when it differs from the feed's
last word, so that an old count never gives back what was sold since. The rule::

    counted      tracked, available = max(quantity - held, 0)
    not counted  not tracked, available = 0, and in_stock as the feed says

``held`` is never written: what is promised to orders being paid stays promised, and the statement
reads it from the row it locks. A feed that says "out of stock" counts as quantity 0.

Locks are taken in the order products, variants, stock, each by key, as the rest of the site does.
"""

import json
from collections.abc import Mapping
from typing import Any

from django.db import connection, transaction
from django.db.models import F

from comptoir.catalog.models import ImportRun
from comptoir.catalog.services.import_pictures import sync_pictures
from comptoir.catalog.services.prices import record_prices
from comptoir.common import clock
from comptoir.common.deadlocks import retried_on_deadlock
from comptoir.common.vat_rates import standard_rate

LOCK_PRODUCTS = """
SELECT 1 FROM catalog_product WHERE id IN (
  SELECT product_id FROM import_product WHERE batch = %(batch)s)
ORDER BY id FOR NO KEY UPDATE
"""
LOCK_VARIANTS = """
SELECT 1 FROM catalog_variant WHERE id IN (
  SELECT l.variant_id FROM import_plan l JOIN import_product i USING (product_key)
  WHERE i.batch = %(batch)s AND l.change = 'updated')
ORDER BY id FOR NO KEY UPDATE
"""
INSERT_PRODUCTS = """
WITH made AS (
  INSERT INTO catalog_product (shop_id, status, source, external_id, title, description, brand,
    category, link, condition, details, vat_rate_bp, created_at, updated_at)
  SELECT %(shop)s, 'active', 'feed', r.product_key, r.title, r.description, r.brand, r.category,
    r.link, r.condition, r.details,
    coalesce((%(rates)s::jsonb ->> r.category)::smallint, %(rate)s), %(now)s, %(now)s
  FROM import_product i JOIN import_row r ON r.row = i.first_row
  WHERE i.batch = %(batch)s AND i.product_id IS NULL
  ORDER BY i.first_row
  RETURNING id, external_id)
UPDATE import_product i SET product_id = made.id, fresh = true
FROM made WHERE i.product_key = made.external_id
"""
_WORDS = "title, description, brand, category, link, condition, details"
UPDATE_PRODUCTS = f"""
UPDATE catalog_product p SET (status, updated_at, {_WORDS}) = (
  CASE WHEN i.revives THEN 'active' ELSE p.status END, %(now)s,
  {", ".join(f"r.{name}" for name in _WORDS.split(", "))})
FROM import_product i JOIN import_row r ON r.row = i.first_row
WHERE i.batch = %(batch)s AND NOT i.fresh AND p.id = i.product_id AND (
  i.revives OR ({", ".join(f"p.{name}" for name in _WORDS.split(", "))})
    IS DISTINCT FROM ({", ".join(f"r.{name}" for name in _WORDS.split(", "))}))
"""
UPDATE_VARIANTS = """
UPDATE catalog_variant v SET
  product_id = i.product_id, status = 'active', position = l.position, options = r.options,
  sku = r.external_id, gtin = r.gtin, mpn = r.mpn, currency = r.currency,
  price_minor = r.price_minor, sale_price_minor = r.sale_price_minor, sale_from = r.sale_from,
  sale_until = r.sale_until, weight_grams = r.weight_grams, content_hash = r.content_hash
FROM import_product i JOIN import_plan l USING (product_key) JOIN import_row r ON r.row = l.row
WHERE i.batch = %(batch)s AND l.change = 'updated' AND v.id = l.variant_id
"""
# The others of the same product only make room for a new one between them.
MOVE_VARIANTS = """
UPDATE catalog_variant v SET position = l.position
FROM import_product i JOIN import_plan l USING (product_key)
WHERE i.batch = %(batch)s AND l.change = 'unchanged' AND v.id = l.variant_id
  AND v.position <> l.position
"""
INSERT_VARIANTS = """
WITH made AS (
  INSERT INTO catalog_variant (product_id, status, external_id, position, options, sku, gtin, mpn,
    currency, price_minor, sale_price_minor, sale_from, sale_until, weight_grams, content_hash)
  SELECT i.product_id, 'active', r.external_id, l.position, r.options, r.external_id, r.gtin,
    r.mpn, r.currency, r.price_minor, r.sale_price_minor, r.sale_from, r.sale_until,
    r.weight_grams, r.content_hash
  FROM import_product i JOIN import_plan l USING (product_key) JOIN import_row r ON r.row = l.row
  WHERE i.batch = %(batch)s AND l.change = 'created'
  ORDER BY l.row
  RETURNING id, external_id)
UPDATE import_plan l SET variant_id = made.id FROM made WHERE l.external_id = made.external_id
"""
SET_STOCK = """
INSERT INTO catalog_stockitem AS s (variant_id, tracked, in_stock, available, held)
SELECT l.variant_id, r.quantity IS NOT NULL, r.quantity IS NOT NULL OR r.in_stock,
  CASE WHEN r.in_stock THEN coalesce(r.quantity, 0) ELSE 0 END, 0
FROM import_product i JOIN import_plan l USING (product_key) JOIN import_row r ON r.row = l.row
WHERE i.batch = %(batch)s AND l.change <> 'unchanged' AND l.new_stock
ORDER BY l.variant_id
ON CONFLICT (variant_id) DO UPDATE SET
  tracked = excluded.tracked, in_stock = excluded.in_stock,
  available = CASE WHEN excluded.tracked THEN greatest(excluded.available - s.held, 0) ELSE 0 END
"""
COUNT = """
SELECT count(*) FILTER (WHERE l.change = 'created'), count(*) FILTER (WHERE l.change = 'updated')
FROM import_product i JOIN import_plan l USING (product_key) WHERE i.batch = %(batch)s
"""
PRICED = """
SELECT l.variant_id FROM import_product i JOIN import_plan l USING (product_key)
WHERE i.batch = %(batch)s AND l.change <> 'unchanged'
"""
WITHDRAW_VARIANTS = """
UPDATE catalog_variant v SET status = 'withdrawn'
FROM (
  SELECT id FROM catalog_variant
  WHERE id IN (SELECT variant_id FROM import_missing WHERE batch = %(batch)s) AND status = 'active'
  ORDER BY id FOR NO KEY UPDATE) gone
WHERE v.id = gone.id
"""
# Also those whose last variant went to another group.
WITHDRAW_PRODUCTS = """
UPDATE catalog_product p SET status = 'withdrawn', updated_at = %(now)s
FROM (
  SELECT id FROM catalog_product e
  WHERE e.shop_id = %(shop)s AND e.source = 'feed' AND e.status = 'active' AND NOT EXISTS (
    SELECT 1 FROM catalog_variant v WHERE v.product_id = e.id AND v.status = 'active')
  ORDER BY id FOR NO KEY UPDATE) gone
WHERE p.id = gone.id
"""


@retried_on_deadlock
def write_products(run: ImportRun, batch: int, rates: Mapping[str, int]) -> None:
    """Writes one batch of products, their variants, stock and pictures, and counts it. ``rates``:
    VAT of new products by category, in basis points, where it is not the country's standard one."""
    params: dict[str, Any] = {
        "batch": batch,
        "shop": run.shop_id,
        "rate": standard_rate(run.shop.country),
        "rates": json.dumps(dict(rates)),
        "now": clock.now(),
    }
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in (
            LOCK_PRODUCTS, INSERT_PRODUCTS, UPDATE_PRODUCTS, LOCK_VARIANTS, UPDATE_VARIANTS,
            MOVE_VARIANTS, INSERT_VARIANTS, SET_STOCK,
        ):  # fmt: skip
            cursor.execute(statement, params)
        cursor.execute(PRICED, params)
        record_prices([variant_id for (variant_id,) in cursor.fetchall()])
        if run.with_pictures:
            sync_pictures(batch=batch)
        cursor.execute(COUNT, params)
        created, updated = cursor.fetchone()
        ImportRun.objects.filter(pk=run.pk).update(
            created=F("created") + created, updated=F("updated") + updated
        )


@retried_on_deadlock
def withdraw_variants(run: ImportRun, batch: int) -> None:
    """Withdraws one batch of the variants that the file no longer names, and counts it."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(WITHDRAW_VARIANTS, {"batch": batch})
        ImportRun.objects.filter(pk=run.pk).update(withdrawn=F("withdrawn") + cursor.rowcount)


@retried_on_deadlock
def withdraw_empty_products(*, run: ImportRun) -> None:
    """Withdraws the products of feeds that have no variant left to sell."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(WITHDRAW_PRODUCTS, {"shop": run.shop_id, "now": clock.now()})
