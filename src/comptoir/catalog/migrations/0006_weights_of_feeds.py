"""Weights that feeds gave before variants had one: they stand among the product's details."""

from django.db import migrations

FILL = """
UPDATE catalog_variant v SET weight_grams = split_part(p.details->>'weight', ' ', 1)::int
FROM catalog_product p
WHERE p.id = v.product_id AND p.source = 'feed' AND v.weight_grams IS NULL
  AND p.details->>'weight' ~ '^[0-9]{1,7} g$'
"""


class Migration(migrations.Migration):
    dependencies = [("catalog", "0005_collections_feeds_and_elsewhere")]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
