from collections.abc import Iterator

from django.db import migrations, models
from django.db.migrations.operations.base import Operation
from django.db.models import PROTECT, Q

# Table, column, index. As fields alone they would be five foreign keys made anew, each checked
# against every row.
DROPPED = (
    ("sales_payment", "account_id", "sales_payment_account_id_df3b34e0"),
    ("sales_ordernumber", "shop_id", "sales_ordernumber_shop_id_842606de"),
    ("sales_ledgerentry", "order_id", "sales_ledgerentry_order_id_eb29a905"),
    ("sales_ledgerentry", "payment_id", "sales_ledgerentry_payment_id_25a17ae9"),
    ("sales_ledgerentry", "refund_id", "sales_ledgerentry_refund_id_f44ec369"),
)


def _dropped() -> Iterator[Operation]:
    for table, column, index in DROPPED:
        yield migrations.RunSQL(
            f'DROP INDEX IF EXISTS "{index}"', f'CREATE INDEX "{index}" ON {table} ({column})'
        )


def _key(to: str, **more: object) -> "models.ForeignKey[object, object]":
    return models.ForeignKey(
        to=to, db_index=False, **{"on_delete": PROTECT, "related_name": "+", **more}
    )


class Migration(migrations.Migration):
    """A payment is written down as captured once; what nobody looks up by has no index."""

    dependencies = [
        ("sales", "0033_paid_later_is_out_of_the_basket"),
        ("shops", "0006_announces"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=list(_dropped()),
            state_operations=[
                migrations.AlterField(
                    "payment", "account", _key("sales.paymentaccount", null=True, blank=True)
                ),
                migrations.AlterField(
                    "ordernumber", "shop", _key("shops.shop", on_delete=models.CASCADE)
                ),
                migrations.AlterField("ledgerentry", "order", _key("sales.order")),
                migrations.AlterField("ledgerentry", "payment", _key("sales.payment")),
                migrations.AlterField(
                    "ledgerentry", "refund", _key("sales.refund", null=True, blank=True)
                ),
            ],
        ),
        migrations.AddIndex(
            "ledgerentry",
            models.Index(
                fields=["refund"], name="ledger_of_refund", condition=Q(refund__isnull=False)
            ),
        ),
        migrations.AddConstraint(
            "ledgerentry",
            models.UniqueConstraint(
                fields=["payment"], condition=Q(kind="captured"), name="ledger_captured_once"
            ),
        ),
    ]
