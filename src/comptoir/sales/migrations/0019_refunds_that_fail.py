import django.db.models.deletion
from django.db import migrations, models

# The entries of one refund add up to nothing (not given, or given and come back) or to the refund
# itself. This was one entry a refund, by a unique index, while a refund could not fail. It looks at
# other rows: no constraint can, so that a trigger does.
BALANCE = """
CREATE FUNCTION sales_ledger_refund_balance() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  v_said bigint;
  v_owed bigint;
BEGIN
  SELECT coalesce(sum(amount_minor), 0) + NEW.amount_minor INTO v_said
    FROM sales_ledgerentry WHERE refund_id = NEW.refund_id;
  SELECT amount_minor INTO v_owed FROM sales_refund WHERE id = NEW.refund_id;
  IF v_said NOT IN (0, -v_owed) THEN
    RAISE EXCEPTION 'refund % would be written down twice', NEW.refund_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_refund_balance';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER sales_ledger_refund_balance BEFORE INSERT ON sales_ledgerentry
  FOR EACH ROW WHEN (NEW.refund_id IS NOT NULL) EXECUTE FUNCTION sales_ledger_refund_balance();
"""
NOT_BALANCE = """
DROP TRIGGER sales_ledger_refund_balance ON sales_ledgerentry;
DROP FUNCTION sales_ledger_refund_balance();
"""


class Migration(migrations.Migration):
    dependencies = [("sales", "0018_consent")]

    operations = [
        migrations.CreateModel(
            name="RefundFailure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("attempt", models.PositiveSmallIntegerField()),
                ("reason", models.CharField(blank=True, default="", max_length=60)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="ledgerentry",
            name="ledger_refund_once",
        ),
        migrations.RemoveConstraint(
            model_name="ledgerentry",
            name="ledger_sign",
        ),
        migrations.RemoveConstraint(
            model_name="ledgerentry",
            name="ledger_refund_named",
        ),
        migrations.RemoveConstraint(
            model_name="refund",
            name="refund_status",
        ),
        migrations.AddField(
            model_name="refund",
            name="attempt",
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="refund",
            name="by_hand",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AlterField(
            model_name="ledgerentry",
            name="kind",
            field=models.CharField(
                choices=[
                    ("captured", "a payment came in"),
                    ("refunded", "given back to the buyer"),
                    ("refund_failed", "came back to the shop: the buyer did not get it"),
                    ("disputed", "taken back by the buyer's bank"),
                    ("dispute_won", "and given again to the shop"),
                ],
                max_length=16,
            ),
        ),
        migrations.AlterField(
            model_name="refund",
            name="status",
            field=models.CharField(
                choices=[
                    ("due", "promised"),
                    ("done", "given back"),
                    ("failed", "it did not reach the buyer: the shop must act"),
                ],
                default="due",
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="ledgerentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("amount_minor__gt", 0),
                        ("kind__in", ["captured", "refund_failed", "dispute_won"]),
                    ),
                    models.Q(("amount_minor__lt", 0), ("kind__in", ["refunded", "disputed"])),
                    _connector="OR",
                ),
                name="ledger_sign",
            ),
        ),
        migrations.AddConstraint(
            model_name="ledgerentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind__in", ["refunded", "refund_failed"]), ("refund__isnull", False)
                    ),
                    models.Q(
                        models.Q(("kind__in", ["refunded", "refund_failed"]), _negated=True),
                        ("refund", None),
                    ),
                    _connector="OR",
                ),
                name="ledger_refund_named",
            ),
        ),
        migrations.AddConstraint(
            model_name="refund",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("done_at", None), ("status__in", ["due", "failed"])),
                    models.Q(("done_at__isnull", False), ("status", "done")),
                    _connector="OR",
                ),
                name="refund_status",
            ),
        ),
        migrations.AddField(
            model_name="refundfailure",
            name="refund",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="failures",
                to="sales.refund",
            ),
        ),
        migrations.AddConstraint(
            model_name="refundfailure",
            constraint=models.UniqueConstraint(
                fields=("refund", "attempt"), name="refund_failure_once"
            ),
        ),
        migrations.RunSQL(BALANCE, NOT_BALANCE),
    ]
