import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

# The shop's head is made with its first entry; all others find it.
APPEND = """
CREATE OR REPLACE FUNCTION sales_ledger_append(
  p_shop bigint, p_kind text, p_amount bigint, p_currency text,
  p_order bigint, p_payment bigint, p_refund bigint, p_at timestamptz DEFAULT now()
) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  v_sequence bigint;
  v_previous text;
  v_hash text;
BEGIN
  LOOP
    SELECT sequence + 1, hash INTO v_sequence, v_previous
      FROM sales_ledgerhead WHERE shop_id = p_shop FOR NO KEY UPDATE;
    EXIT WHEN FOUND;
    INSERT INTO sales_ledgerhead (shop_id, sequence, hash) VALUES (p_shop, 0, '')
      ON CONFLICT (shop_id) DO NOTHING;
  END LOOP;
  v_hash := encode(sha256(convert_to(concat_ws('|',
    v_previous, p_shop, v_sequence, p_kind, p_amount, p_currency, p_order, p_payment,
    coalesce(p_refund::text, ''), (extract(epoch FROM p_at) * 1000000)::bigint), 'UTF8')), 'hex');
  INSERT INTO sales_ledgerentry (shop_id, sequence, kind, amount_minor, currency, order_id,
      payment_id, refund_id, at, previous_hash, hash)
    VALUES (p_shop, v_sequence, p_kind, p_amount, p_currency, p_order, p_payment, p_refund, p_at,
      v_previous, v_hash);
  UPDATE sales_ledgerhead SET sequence = v_sequence, hash = v_hash WHERE shop_id = p_shop;
  RETURN v_sequence;
END $$;
"""


class Migration(migrations.Migration):
    """A purchase writes into fewer indexes, and looks less often for the head of the log."""

    dependencies = [
        ("people", "0003_suspended_profiles"),
        ("sales", "0028_lines_tell_what_is_held"),
        ("shops", "0006_announces"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(APPEND, migrations.RunSQL.noop),
        migrations.AlterField(
            "ledgerentry",
            "shop",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="shops.shop",
            ),
        ),
        migrations.AlterField(
            "order",
            "basket",
            models.ForeignKey(
                blank=True,
                db_index=False,
                help_text="Where its lines are taken out of once it is paid.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="sales.basket",
            ),
        ),
        migrations.AlterField(
            "order",
            "cancelled_by",
            models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField("orderline", "quantity", models.IntegerField()),
        migrations.RemoveIndex("order", "order_of_buyer"),
        migrations.AddIndex(
            "order",
            models.Index(
                fields=["buyer", "-placed_at", "-id"],
                name="order_of_buyer",
                condition=Q(buyer__isnull=False),
            ),
        ),
        migrations.AddIndex(
            "order",
            models.Index(
                fields=["basket"], name="order_of_basket", condition=Q(basket__isnull=False)
            ),
        ),
        migrations.AddIndex(
            "order",
            models.Index(
                fields=["cancelled_by"],
                name="order_called_off_by",
                condition=Q(cancelled_by__isnull=False),
            ),
        ),
    ]
