import django.db.models.deletion
from django.db import migrations, models

TAKE_OUT = """
WITH bought AS (
  SELECT b.id, sum(l.quantity) AS pieces
  FROM sales_order o
  JOIN sales_payment p ON p.order_id = o.id AND p.status = 'pending'
    AND p.provider IN ('transfer', 'cash')
  JOIN sales_orderline l ON l.order_id = o.id
  JOIN sales_basketline b ON b.basket_id = o.basket_id AND b.variant_id = l.variant_id
    AND NOT b.saved_for_later
  WHERE o.status = 'pending'
  GROUP BY b.id),
lessened AS (
  UPDATE sales_basketline b SET quantity = b.quantity - bought.pieces FROM bought
  WHERE b.id = bought.id AND b.quantity > bought.pieces)
DELETE FROM sales_basketline b USING bought
WHERE b.id = bought.id AND b.quantity <= bought.pieces
"""


class Migration(migrations.Migration):
    """What waits for a transfer or for cash leaves the basket when that begins, no more when the
    money comes: what was waiting already leaves it now."""

    dependencies = [("sales", "0032_what_counted_says")]

    operations = [
        migrations.RunSQL(TAKE_OUT, migrations.RunSQL.noop),
        migrations.AlterField(
            "order",
            "basket",
            models.ForeignKey(
                blank=True,
                db_index=False,
                help_text="Where its lines are taken out of once it is paid, or awaits a later payment.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="sales.basket",
            ),
        ),
    ]
