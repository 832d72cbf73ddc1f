import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):
    """Words of names and of posts, for mistakes in them."""

    dependencies = [
        ("discovery", "0010_listings_of_words_taken_apart"),
    ]

    operations = [
        migrations.CreateModel(
            name="Spelling",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("name", "Name"), ("post", "Post")], max_length=5)),
                ("word", models.CharField(max_length=40)),
                ("times", models.PositiveIntegerField(default=1)),
                ("shapes", models.GeneratedField(db_persist=True, expression=models.Func(models.F("word"), function="discovery_shapes"), output_field=django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None))),
            ],
            options={
                "indexes": [django.contrib.postgres.indexes.GinIndex(fields=["shapes"], name="spelling_shapes")],
                "constraints": [models.UniqueConstraint(fields=("kind", "word"), name="spelling_once", opclasses=["varchar_pattern_ops", "varchar_pattern_ops"]), models.CheckConstraint(condition=models.Q(("kind__in", ["name", "post"])), name="spelling_kind")],
            },
        ),
    ]
