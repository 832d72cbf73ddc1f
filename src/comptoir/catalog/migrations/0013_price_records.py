from django.db import migrations

# As functions they are planned and begun only where they are called: a statement that names them
# and calls them for nothing costs no more.
RECORD = """
CREATE FUNCTION catalog_price_record(variant bigint) RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (
    SELECT jsonb_build_array(
      (SELECT jsonb_agg(jsonb_build_array(c.at, c.price_minor, c.sale_price_minor, c.sale_from,
          c.sale_until) ORDER BY c.at, c.id)
        FROM (SELECT * FROM catalog_pricechange WHERE variant_id = v.id
          ORDER BY at DESC, id DESC LIMIT 400) c WHERE c.currency = v.currency),
      (SELECT jsonb_agg(jsonb_build_array(a.offer, a.at,
          CASE WHEN a.currency = v.currency
              AND (a.product_ids IS NULL OR p.id = ANY(a.product_ids))
            THEN a.share_bp ELSE 0 END,
          a.for_everyone, a.minimum_minor, a.starts, a.ends) ORDER BY a.at, a.id)
        FROM (SELECT * FROM catalog_announcement WHERE shop_id = p.shop_id
          ORDER BY at DESC, id DESC LIMIT 400) a),
      p.withdrawal = 'perishable')
    FROM catalog_variant v JOIN catalog_product p ON p.id = v.product_id
    WHERE v.id = variant);
END $$
"""

ANNOUNCED = """
CREATE FUNCTION catalog_announced_records(product bigint, shop bigint, moment timestamptz)
RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
BEGIN
  IF (SELECT bool_and(NOT a.limited) FROM catalog_announcement a
      WHERE a.shop_id = shop AND a.share_bp > 0 AND a.for_everyone
        AND (a.starts IS NULL OR a.starts <= moment) AND (a.ends IS NULL OR a.ends > moment)
        AND (a.product_ids IS NULL OR product = ANY(a.product_ids))
        AND NOT EXISTS (SELECT FROM catalog_announcement later
          WHERE later.offer = a.offer AND (later.at, later.id) > (a.at, a.id))) THEN
    RETURN (SELECT jsonb_agg(catalog_price_record(v.id) ORDER BY v.position, v.id)
      FROM catalog_variant v WHERE v.product_id = product AND v.status = 'active');
  END IF;
  RETURN NULL;
END $$
"""


class Migration(migrations.Migration):
    """What was asked for a variant and announced off it; and of a product's variants, where a
    percentage is announced now that everyone is sure to get."""

    dependencies = [("catalog", "0012_limited_announcements")]

    operations = [
        migrations.RunSQL(RECORD, "DROP FUNCTION catalog_price_record"),
        migrations.RunSQL(ANNOUNCED, "DROP FUNCTION catalog_announced_records"),
    ]
