from django.db import migrations

NOTE = """
PERFORM catalog_ask_again(ids) FROM (
    SELECT array_agg(DISTINCT v.product_id) AS ids
    FROM new_rows n JOIN catalog_variant v ON v.id = n.variant_id) priced
  WHERE ids IS NOT NULL;
"""
ON_PRICE_CHANGE = """
CREATE OR REPLACE FUNCTION catalog_on_price_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  {note}
  RETURN NULL;
END $$;
"""
# An import writes a hundred thousand prices: their products are looked up where some shop announces.
WHERE_ANNOUNCED = f"IF EXISTS (SELECT FROM shops_shop WHERE announces) THEN {NOTE} END IF;"


class Migration(migrations.Migration):
    dependencies = [("catalog", "0014_asked_prices")]

    operations = [
        migrations.RunSQL(
            ON_PRICE_CHANGE.format(note=WHERE_ANNOUNCED), ON_PRICE_CHANGE.format(note=NOTE)
        )
    ]
