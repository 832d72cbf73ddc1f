from django.db import migrations

# The same words again, with what is known of their limits: what is announced is only added to.
AGAIN = """
INSERT INTO catalog_announcement (shop_id, offer, currency, share_bp, for_everyone, minimum_minor,
  product_ids, starts, ends, limited, at)
SELECT a.shop_id, a.offer, a.currency, a.share_bp, a.for_everyone, a.minimum_minor,
  a.product_ids, a.starts, a.ends, TRUE, greatest(now(), a.at)
FROM sales_offer o JOIN LATERAL (SELECT * FROM catalog_announcement WHERE offer = o.id
  ORDER BY at DESC, id DESC LIMIT 1) a ON TRUE
WHERE a.share_bp > 0 AND (o.limit_total IS NOT NULL OR o.limit_per_customer IS NOT NULL)
"""


class Migration(migrations.Migration):
    """Which of the percentages that are announced now are limited is written down with them."""

    dependencies = [
        ("sales", "0025_given_up_for_nothing"),
        ("catalog", "0012_limited_announcements"),
    ]

    operations = [migrations.RunSQL(AGAIN, migrations.RunSQL.noop)]
