import django.db.models.deletion
from django.db import migrations, models

AGAIN = """
CREATE FUNCTION catalog_ask_again(ids bigint[]) RETURNS void LANGUAGE sql AS $$
  INSERT INTO catalog_pricetoask (product_id)
  SELECT p.id FROM catalog_product p JOIN shops_shop s ON s.profile_id = p.shop_id
  WHERE p.id = ANY(ids) AND s.announces
$$;
"""

# What a price is worked out from, besides what is announced: see ``services/announcements.py``.
CHANGES = """
CREATE FUNCTION catalog_on_price_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM catalog_ask_again(ids) FROM (
    SELECT array_agg(DISTINCT v.product_id) AS ids
    FROM new_rows n JOIN catalog_variant v ON v.id = n.variant_id) priced
  WHERE ids IS NOT NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER catalog_asked_price AFTER INSERT ON catalog_pricechange
  REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION catalog_on_price_change();

CREATE FUNCTION catalog_on_variant_status() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM catalog_ask_again(ARRAY[NEW.product_id]);
  RETURN NULL;
END $$;
CREATE TRIGGER catalog_asked_price AFTER UPDATE ON catalog_variant FOR EACH ROW
  WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION catalog_on_variant_status();

CREATE FUNCTION catalog_on_product_terms() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM catalog_ask_again(ARRAY[NEW.id]);
  RETURN NULL;
END $$;
CREATE TRIGGER catalog_asked_price AFTER UPDATE ON catalog_product FOR EACH ROW
  WHEN ((OLD.status, OLD.buy_url, OLD.withdrawal = 'perishable')
    IS DISTINCT FROM (NEW.status, NEW.buy_url, NEW.withdrawal = 'perishable'))
  EXECUTE FUNCTION catalog_on_product_terms();
"""

NO_CHANGES = """
DROP TRIGGER catalog_asked_price ON catalog_product;
DROP TRIGGER catalog_asked_price ON catalog_variant;
DROP TRIGGER catalog_asked_price ON catalog_pricechange;
DROP FUNCTION catalog_on_product_terms, catalog_on_variant_status, catalog_on_price_change;
"""

class Migration(migrations.Migration):
    dependencies = [("catalog", "0013_price_records"), ("shops", "0006_announces")]

    operations = [
        migrations.CreateModel(
            name="AskedPrice",
            fields=[
                ("product", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name="+", serialize=False, to="catalog.product")),
                ("price_minor", models.BigIntegerField(blank=True, null=True)),
                ("due_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "indexes": [models.Index(condition=models.Q(("due_at", None), _negated=True), fields=["due_at"], name="asked_price_due")],
            },
        ),
        migrations.CreateModel(
            name="PriceToAsk",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("product_id", models.BigIntegerField()),
            ],
        ),
        migrations.RunSQL(AGAIN, "DROP FUNCTION catalog_ask_again"),
        migrations.RunSQL(CHANGES, NO_CHANGES),
    ]
