from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sales", "0024_announced_percentages")]

    operations = [
        migrations.RemoveConstraint("refund", "refund_amount"),
        migrations.AddConstraint(
            "refund",
            models.CheckConstraint(
                name="refund_amount",
                condition=models.Q(amount_minor__gt=0) | models.Q(amount_minor=0, status="done"),
            ),
        ),
    ]
