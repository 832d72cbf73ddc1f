from django.db import migrations

# As before, but for its words: those that the product's row has already. They are the same.
LISTING = """
CREATE OR REPLACE FUNCTION discovery_list(ids bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM discovery_listing WHERE product_id = ANY(ids) ORDER BY product_id FOR UPDATE;
  INSERT INTO discovery_listing AS was
    (product_id, shop_id, tier, loved, facets, head, whole, due_at)
  SELECT p.id, p.shop_id, 1, 0, array_remove(ARRAY[
      'shop:' || p.shop_id,
      CASE WHEN offer.in_stock THEN 'stock:1' END,
      CASE WHEN offer.currency = 'EUR' THEN
        'price:' || width_bucket(offer.price, ARRAY[1000, 2500, 5000, 10000, 20000]) END,
      'brand:' || nullif(p.brand, ''),
      'category:' || nullif(
        array_to_string((string_to_array(p.category, ' > '))[1:2], ' > '), ''),
      'place:' || nullif(sp.place, '')], NULL),
    ts_filter(p.search, '{a,b}'), p.search, offer.due_at
  FROM catalog_product p
  JOIN people_profile sp ON sp.id = p.shop_id
  JOIN LATERAL (
    SELECT min(v.currency) AS currency, count(*) AS variants,
      min(CASE WHEN v.sale_price_minor IS NOT NULL
        AND (v.sale_from IS NULL OR v.sale_from <= now())
        AND (v.sale_until IS NULL OR v.sale_until > now())
        THEN v.sale_price_minor ELSE v.price_minor END)::bigint AS price,
      bool_or(CASE WHEN k.tracked THEN k.available > 0 ELSE k.in_stock END) AS in_stock,
      min(LEAST(CASE WHEN v.sale_from > now() THEN v.sale_from END,
        CASE WHEN v.sale_until > now() THEN v.sale_until END))
        FILTER (WHERE v.sale_price_minor IS NOT NULL) AS due_at
    FROM catalog_variant v JOIN catalog_stockitem k ON k.variant_id = v.id
    WHERE v.product_id = p.id AND v.status = 'active'
  ) offer ON offer.variants > 0
  WHERE p.id = ANY(ids) AND p.status = 'active'
  ORDER BY p.id
  ON CONFLICT (product_id) DO UPDATE SET shop_id = excluded.shop_id, facets = excluded.facets,
    head = excluded.head, whole = excluded.whole, due_at = excluded.due_at,
    listed_at = CASE WHEN was.whole <> excluded.whole THEN now() ELSE was.listed_at END
  WHERE (was.shop_id, was.facets, was.head, was.whole, was.due_at)
    IS DISTINCT FROM (excluded.shop_id, excluded.facets, excluded.head, excluded.whole,
      excluded.due_at);
  DELETE FROM discovery_listing gone WHERE product_id = ANY(ids) AND NOT EXISTS (
    SELECT 1 FROM catalog_product p JOIN catalog_variant v ON v.product_id = p.id
    JOIN catalog_stockitem k ON k.variant_id = v.id
    WHERE p.id = gone.product_id AND p.status = 'active' AND v.status = 'active');
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0010_words_taken_apart_once"),
        ("discovery", "0009_likes"),
    ]

    operations = [migrations.RunSQL(LISTING, migrations.RunSQL.noop)]
