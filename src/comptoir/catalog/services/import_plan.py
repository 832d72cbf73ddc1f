"""What a staged file would change, worked out before anything is changed.

All of it happens in the database, on tables of this session: ``import_plan`` has a line for each
row taken, ``import_product`` one for each product that changes, ``import_missing`` one for each
variant that the file no longer names.
"""

from dataclasses import dataclass

from django.db import connection

from comptoir.catalog.models import ImportRun
from comptoir.catalog.services.import_staging import MAX_ISSUES

# Variants of one product; a mistaken item_group_id would make one product of a whole shop.
MAX_VARIANTS = 500
# Rows written in one transaction, but for a product's own, which stay together.
BATCH_ROWS = 2_000

# A refusal found only when rows are seen side by side. The row stays in ``import_row``: what the
# catalogue has under its name is left alone.
REFUSE = """
WITH found AS ({found}),
told AS (
  INSERT INTO catalog_importissue (run_id, row, item_id, field, code, found, severity, params)
  SELECT %(run)s, f.row, f.external_id, %(field)s, %(code)s, left(f.found, 200), 'error', f.params
  FROM found f ORDER BY f.row LIMIT %(room)s)
UPDATE import_row r SET refused = true FROM found f WHERE r.row = f.row
"""
DUPLICATES = """
SELECT row, external_id, external_id AS found, jsonb_build_object('first_row', first) AS params
FROM (
  SELECT row, external_id, min(row) OVER (PARTITION BY external_id) AS first
  FROM import_row WHERE NOT refused) taken
WHERE row <> first
"""
MADE_BY_HAND = """
SELECT r.row, r.external_id, r.product_key AS found, '{}'::jsonb AS params
FROM import_row r JOIN catalog_product p
  ON p.shop_id = %(shop)s AND p.external_id = r.product_key AND p.source = 'hand'
WHERE NOT r.refused
"""
TOO_MANY = """
SELECT row, external_id, product_key AS found, jsonb_build_object('limit', %(limit)s) AS params
FROM (
  SELECT row, external_id, product_key,
    row_number() OVER (PARTITION BY product_key ORDER BY row) AS place
  FROM import_row WHERE NOT refused) taken
WHERE place > %(limit)s
"""

# Variants are known again by their identifier within the shop, whichever product they are in:
# a row whose group changes takes its variant along, and with it its stock and past orders.
PLAN = """
CREATE TEMPORARY TABLE import_plan AS
WITH known AS (
  SELECT DISTINCT ON (v.external_id) v.external_id, v.id, v.status, v.content_hash,
    p.external_id AS product_key
  FROM catalog_variant v JOIN catalog_product p ON p.id = v.product_id
  WHERE p.shop_id = %(shop)s AND p.source = 'feed' AND v.external_id <> ''
  ORDER BY v.external_id, v.status, v.id)
SELECT r.row, r.external_id, r.product_key, k.id AS variant_id,
  row_number() OVER (PARTITION BY r.product_key ORDER BY r.row)::int - 1 AS position,
  CASE
    WHEN k.id IS NULL THEN 'created'
    WHEN k.status = 'active' AND k.product_key = r.product_key AND (
      k.content_hash = r.content_hash
      -- Without pictures, whether the row's pictures were brought before makes no difference.
      OR NOT %(pictures)s AND left(k.content_hash, -1) = left(r.content_hash, -1)
    ) THEN 'unchanged'
    ELSE 'updated'
  END AS change,
  split_part(k.content_hash, '/', 2) IS DISTINCT FROM split_part(r.content_hash, '/', 2)
    AS new_stock
FROM import_row r LEFT JOIN known k ON k.external_id = r.external_id
WHERE NOT r.refused;
CREATE INDEX ON import_plan (product_key);
CREATE INDEX ON import_plan (external_id);
ANALYZE import_plan
"""
MISSING = """
CREATE TEMPORARY TABLE import_missing AS
SELECT v.id AS variant_id, p.id AS product_id,
  ((row_number() OVER (ORDER BY v.id) - 1) / %(batch_rows)s)::int AS batch
FROM catalog_variant v JOIN catalog_product p ON p.id = v.product_id
WHERE p.shop_id = %(shop)s AND p.source = 'feed' AND v.status = 'active' AND v.external_id <> ''
  AND NOT EXISTS (SELECT 1 FROM import_row r WHERE r.external_id = v.external_id);
CREATE INDEX ON import_missing (batch);
ANALYZE import_missing
"""
# ``revives``: it has no active variant left, so it was an import that withdrew it, and not a
# person in the back office, whose word stands.
PRODUCTS = """
CREATE TEMPORARY TABLE import_product AS
SELECT g.product_key, g.first_row, p.id AS product_id, false AS fresh,
  p.status = 'withdrawn' AND NOT EXISTS (
    SELECT 1 FROM catalog_variant v WHERE v.product_id = p.id AND v.status = 'active') AS revives,
  (sum(g.rows) OVER (ORDER BY g.first_row) / %(batch_rows)s)::int AS batch
FROM (
  SELECT product_key, min(row) AS first_row, count(*) AS rows, bool_or(change <> 'unchanged') AS new
  FROM import_plan GROUP BY product_key) g
LEFT JOIN catalog_product p ON p.shop_id = %(shop)s AND p.external_id = g.product_key
WHERE g.new OR p.id IN (SELECT product_id FROM import_missing);
CREATE INDEX ON import_product (batch);
CREATE INDEX ON import_product (product_key);
ANALYZE import_product
"""
COUNTS = """
SELECT
  (SELECT count(*) FROM import_row WHERE refused),
  (SELECT count(*) FROM import_plan WHERE change = 'unchanged'),
  (SELECT count(*) FROM import_missing),
  (SELECT count(*) FROM catalog_variant v JOIN catalog_product p ON p.id = v.product_id
   WHERE p.shop_id = %(shop)s AND p.source = 'feed' AND v.status = 'active'
     AND v.external_id <> ''),
  (SELECT coalesce(max(batch) + 1, 0) FROM import_product),
  (SELECT coalesce(max(batch) + 1, 0) FROM import_missing)
"""


@dataclass(frozen=True, slots=True)
class Plan:
    """How many batches of products and of withdrawals are to be written."""

    product_batches: int
    missing_batches: int


def plan_import(*, run: ImportRun) -> Plan:
    """Compares the staged rows with the shop's catalogue; counts what is known already."""
    params = {
        "shop": run.shop_id, "run": run.pk, "pictures": run.with_pictures,
        "limit": MAX_VARIANTS, "batch_rows": BATCH_ROWS,
    }  # fmt: skip
    with connection.cursor() as cursor:
        for found, field, code in (
            (DUPLICATES, "id", "duplicate_id"),
            (MADE_BY_HAND, "item_group_id", "made_by_hand"),
            (TOO_MANY, "item_group_id", "too_many_variants"),
        ):
            room = max(MAX_ISSUES - run.issues.count(), 0)
            told = params | {"field": field, "code": code, "room": room}
            cursor.execute(REFUSE.format(found=found), told)
            run.refused += cursor.rowcount
        for script in (PLAN, MISSING, PRODUCTS):
            for statement in script.split(";\n"):  # one can be prepared, several cannot
                cursor.execute(statement, params)
        cursor.execute(COUNTS, params)
        _, run.unchanged, run.to_withdraw, run.in_catalogue, products, missing = cursor.fetchone()
    return Plan(products, missing)
