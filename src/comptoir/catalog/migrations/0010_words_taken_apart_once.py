import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models

import comptoir.catalog.models.product


class Migration(migrations.Migration):
    """A product's words are taken apart once, for the desk and for the search of everyone."""

    dependencies = [("catalog", "0009_announcements")]

    operations = [
        migrations.RemoveIndex(model_name="product", name="product_search"),
        migrations.RemoveField(model_name="product", name="search"),
        migrations.AddField(
            model_name="product",
            name="search",
            field=models.GeneratedField(
                db_persist=True,
                expression=comptoir.catalog.models.product.SearchDocument(),
                output_field=django.contrib.postgres.search.SearchVectorField(),
            ),
        ),
        migrations.AddIndex(
            model_name="product",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search"], name="product_search"
            ),
        ),
    ]
