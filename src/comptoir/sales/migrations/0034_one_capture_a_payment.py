import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """A payment is written down as captured once; what nobody looks up by has no index."""

    dependencies = [
        ('sales', '0033_paid_later_is_out_of_the_basket'),
        ('shops', '0006_announces'),
    ]

    operations = [
        migrations.AlterField(
            model_name='ledgerentry',
            name='order',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sales.order'),
        ),
        migrations.AlterField(
            model_name='ledgerentry',
            name='payment',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sales.payment'),
        ),
        migrations.AlterField(
            model_name='ledgerentry',
            name='refund',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sales.refund'),
        ),
        migrations.AlterField(
            model_name='ordernumber',
            name='shop',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='shops.shop'),
        ),
        migrations.AlterField(
            model_name='payment',
            name='account',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sales.paymentaccount'),
        ),
        migrations.AddIndex(
            model_name='ledgerentry',
            index=models.Index(condition=models.Q(('refund__isnull', False)), fields=['refund'], name='ledger_of_refund'),
        ),
        migrations.AddConstraint(
            model_name='ledgerentry',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'captured')), fields=('payment',), name='ledger_captured_once'),
        ),
    ]
