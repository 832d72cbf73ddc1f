from importlib import import_module

from django.db import migrations

BEFORE = import_module("comptoir.discovery.migrations.0010_listings_of_words_taken_apart").LISTING
# As before, but for its price: under percentages that are announced to all, as cards say it.
LISTING = BEFORE.replace(
    "width_bucket(offer.price,", "width_bucket(coalesce(asked.price_minor, offer.price),"
).replace(
    "JOIN people_profile sp ON sp.id = p.shop_id",
    "JOIN people_profile sp ON sp.id = p.shop_id\n"
    "  LEFT JOIN catalog_askedprice asked ON asked.product_id = p.id",
)
# Of shops that announce something already: the worker works them out within a minute.
TO_ASK = """
SELECT catalog_ask_again(array_agg(p.id)) FROM catalog_product p
JOIN shops_shop s ON s.profile_id = p.shop_id WHERE s.announces AND p.status = 'active'
"""


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0014_asked_prices"),
        ("discovery", "0013_words_by_ear"),
        ("sales", "0001_squashed_0037_excess_returned"),
    ]

    operations = [
        migrations.RunSQL(LISTING, BEFORE),
        migrations.RunSQL(TO_ASK, migrations.RunSQL.noop),
    ]
