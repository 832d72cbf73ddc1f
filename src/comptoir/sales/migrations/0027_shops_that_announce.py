from django.db import migrations

TELL_SHOPS = """
UPDATE shops_shop s SET announces = TRUE WHERE EXISTS (
  SELECT FROM sales_offer o WHERE o.shop_id = s.profile_id AND o.is_active
    AND o.kind = 'percent' AND o.code = '' AND o.audience = 'everyone')
"""


class Migration(migrations.Migration):
    """Shops that announce a percentage to all say so, for their cards."""

    dependencies = [
        ("sales", "0026_limited_announcements"),
        ("shops", "0006_announces"),
    ]

    operations = [migrations.RunSQL(TELL_SHOPS, migrations.RunSQL.noop)]
