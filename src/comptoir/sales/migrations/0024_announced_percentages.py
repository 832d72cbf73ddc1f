from django.db import migrations

# Since when each was announced is known only as far as its row tells: since it was made.
BEGIN = """
INSERT INTO catalog_announcement
  (shop_id, offer, currency, share_bp, for_everyone, minimum_minor, product_ids, starts, ends, at)
SELECT o.shop_id, o.id, o.currency, o.value, o.audience = 'everyone', o.minimum_minor,
  CASE WHEN o.scope = 'products' THEN ARRAY(
    SELECT m.product_id FROM sales_offer_products m WHERE m.offer_id = o.id ORDER BY 1) END,
  o.starts, o.ends, o.created_at
FROM sales_offer o
WHERE o.is_active AND o.kind = 'percent' AND o.code = '' AND o.audience <> 'segment'
"""


class Migration(migrations.Migration):
    """What is announced now is written down beside the prices."""

    dependencies = [
        ("sales", "0023_standard_delivery"),
        ("catalog", "0009_announcements"),
    ]

    operations = [migrations.RunSQL(BEGIN, migrations.RunSQL.noop)]
