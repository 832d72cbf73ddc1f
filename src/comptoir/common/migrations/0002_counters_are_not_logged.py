from django.db import migrations


class Migration(migrations.Migration):
    """What is counted for an hour is no truth: a crash of the database may forget it, and no
    purchase waits until it is on the disk."""

    dependencies = [("common", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE common_counter SET UNLOGGED", "ALTER TABLE common_counter SET LOGGED"
        )
    ]
