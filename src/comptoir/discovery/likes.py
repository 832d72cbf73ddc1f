"""Likes of posts as signals on the products that these show: the lightest act.

It says that somebody liked a post in which the product is, and neither whose nor which. A like is
known to everyone when its post is; one of a post for followers counts for its person alone, since
those who follow the author are not those who follow who likes it. A post for which something was
had, and one's own, make no signal; nor does anything about a shop in which one works.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection, transaction

from comptoir.discovery.live.changes import log_changes
from comptoir.discovery.models import Change
from comptoir.people.models import Profile

AT_A_TIME = 1000

# By actor and product: who may know of the likes that stand now, the widest.
# ("everyone" < "followers".)
_STANDING = """
SELECT r.profile_id AS actor_id, tag.product_id,
  CASE min(act.audience) WHEN 'everyone' THEN 'everyone' ELSE 'me' END AS audience,
  max(r.created_at) AS at
FROM posts_reaction r
JOIN posts_post act ON act.id = r.post_id AND act.author_id <> r.profile_id
  AND act.interest = '' AND act.audience <> 'me'
JOIN posts_producttag tag ON tag.post_id = act.id
JOIN catalog_product p ON p.id = tag.product_id
WHERE r.profile_id = ANY(%(actors)s) AND tag.product_id = %(product)s AND NOT EXISTS (
  SELECT 1 FROM shops_staffmember m JOIN people_profile f ON f.user_id = m.user_id
  WHERE m.shop_id = p.shop_id AND f.id = r.profile_id)
GROUP BY r.profile_id, tag.product_id
"""
_TAKE_BACK = f"""
DELETE FROM discovery_signal s WHERE s.product_id = %(product)s AND s.actor_id = ANY(%(actors)s)
  AND s.kind = 'liked' AND NOT EXISTS (SELECT 1 FROM ({_STANDING}) now
    WHERE now.actor_id = s.actor_id)
"""
_TELL = f"""
INSERT INTO discovery_signal (actor_id, product_id, kind, audience, at)
SELECT now.actor_id, now.product_id, 'liked', now.audience, now.at FROM ({_STANDING}) now
ON CONFLICT (product_id, actor_id, kind) DO UPDATE SET audience = excluded.audience
WHERE discovery_signal.audience <> excluded.audience
"""
# Who likes the post, and whose signal has no post any more.
_CONCERNED = """
SELECT profile_id FROM posts_reaction WHERE post_id = %(post)s
UNION
SELECT s.actor_id FROM discovery_signal s
WHERE s.product_id = %(product)s AND s.kind = 'liked' AND NOT EXISTS (
  SELECT 1 FROM posts_producttag tag JOIN posts_reaction r ON r.post_id = tag.post_id
  WHERE tag.product_id = s.product_id AND r.profile_id = s.actor_id)
ORDER BY 1
"""


@transaction.atomic
def settle_likes(product_id: int, profile_ids: Sequence[int]) -> None:
    """Makes these people's signals of likes say what posts and reactions say now.

    Read from the rows and not from an event, since those of several posts come in any order. The
    people's rows are locked, so that two of them do not write over each other.
    """
    rows = Profile.objects.select_for_update(no_key=True).filter(pk__in=profile_ids)
    actors = list(rows.order_by("pk").values_list("pk", flat=True))
    values: dict[str, Any] = {"product": product_id, "actors": actors}
    with connection.cursor() as cursor:
        cursor.execute(_TAKE_BACK, values)
        cursor.execute(_TELL, values)
    log_changes(Change.Kind.ACT, [(actor, product_id) for actor in actors])


def settle_likes_of_post(post_id: int, product_id: int) -> None:
    """The same, of all who like a post that shows the product, or did while it was there."""
    with connection.cursor() as cursor:
        cursor.execute(_CONCERNED, {"post": post_id, "product": product_id})
        concerned = [row[0] for row in cursor.fetchall()]
    for start in range(0, len(concerned), AT_A_TIME):
        settle_likes(product_id, concerned[start : start + AT_A_TIME])
