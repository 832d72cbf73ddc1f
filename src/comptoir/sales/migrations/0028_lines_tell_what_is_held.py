from django.db import migrations, models

FROM_HOLDS = """
UPDATE sales_orderline l SET counted = TRUE
FROM sales_hold h WHERE h.order_id = l.order_id AND h.item_id = l.variant_id
"""
TO_HOLDS = """
INSERT INTO sales_hold (order_id, item_id, quantity, status)
SELECT o.id, l.variant_id, greatest(1, sum(l.quantity - coalesce(t.restocked, 0))),
  CASE WHEN o.status = 'pending' THEN 'active'
    WHEN o.paid_at IS NULL OR sum(l.quantity - coalesce(t.restocked, 0)) = 0 THEN 'released'
    ELSE 'taken' END
FROM sales_orderline l JOIN sales_order o ON o.id = l.order_id
LEFT JOIN sales_linetally t ON t.line_id = l.id
WHERE l.counted GROUP BY o.id, l.variant_id
"""


class Migration(migrations.Migration):
    """Which pieces an order holds or has taken is told by its lines and its status."""

    dependencies = [("sales", "0027_shops_that_announce")]

    operations = [
        migrations.AddField(
            "orderline",
            "counted",
            models.BooleanField(
                db_default=False,
                default=False,
                help_text="Its pieces were counted when it was placed.",
            ),
        ),
        migrations.RunSQL(FROM_HOLDS, TO_HOLDS),
        migrations.DeleteModel("Hold"),
    ]
