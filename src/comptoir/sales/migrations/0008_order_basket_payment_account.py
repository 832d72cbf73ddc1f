import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sales", "0007_offers")]

    operations = [
        migrations.AddField(
            model_name="order",
            name="basket",
            field=models.ForeignKey(
                blank=True,
                help_text="Where its lines are taken out of once it is paid.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="sales.basket",
            ),
        ),
        migrations.AddField(
            model_name="payment",
            name="account",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="sales.paymentaccount",
            ),
        ),
    ]
