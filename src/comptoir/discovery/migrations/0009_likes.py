from django.db import migrations

# The likes of before, by the rule of ``discovery.likes``.
TELL = """
INSERT INTO discovery_signal (actor_id, product_id, kind, audience, at)
SELECT r.profile_id, tag.product_id, 'liked',
  CASE min(act.audience) WHEN 'everyone' THEN 'everyone' ELSE 'me' END, max(r.created_at)
FROM posts_reaction r
JOIN posts_post act ON act.id = r.post_id AND act.author_id <> r.profile_id
  AND act.interest = '' AND act.audience <> 'me'
JOIN posts_producttag tag ON tag.post_id = act.id
JOIN catalog_product p ON p.id = tag.product_id
WHERE NOT EXISTS (SELECT 1 FROM shops_staffmember m JOIN people_profile f ON f.user_id = m.user_id
  WHERE m.shop_id = p.shop_id AND f.id = r.profile_id)
GROUP BY r.profile_id, tag.product_id
ON CONFLICT (product_id, actor_id, kind) DO NOTHING
"""
LOG = """
INSERT INTO discovery_change (kind, a, b)
SELECT 'act', actor_id, product_id FROM discovery_signal WHERE kind = 'liked'
"""


class Migration(migrations.Migration):
    """Likes of posts count as acts on the products that these show."""

    dependencies = [
        ("discovery", "0008_signals_of_an_actor"),
        ("posts", "0004_found_by_words"),
        ("shops", "0005_invitations"),
    ]

    operations = [
        migrations.RunSQL(TELL, "DELETE FROM discovery_signal WHERE kind = 'liked'"),
        migrations.RunSQL(LOG, migrations.RunSQL.noop),
    ]
