from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sales', '0035_pickup_place'),
    ]

    operations = [
        migrations.AddField(
            model_name='order',
            name='arrives_from',
            field=models.DateField(blank=True, help_text='The first day on which it may arrive, or be fetched, as it was agreed.', null=True),
        ),
        migrations.AddField(
            model_name='order',
            name='arrives_until',
            field=models.DateField(blank=True, help_text='The last of those days.', null=True),
        ),
    ]
