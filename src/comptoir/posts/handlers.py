"""What posts do about events."""

from django.db import connection

from comptoir.common.outbox import emit_all
from comptoir.people.events import PersonLeft
from comptoir.posts.events import ShowingChanged
from comptoir.posts.models import Comment, Post, ProductTag, Reaction
from comptoir.posts.services import delete_post
from comptoir.sales.events import OrderCancelled

COUNTED_DOWN = """
UPDATE posts_post p SET {count} = p.{count} - gone.n
FROM (SELECT post_id, count(*) AS n FROM {table} WHERE {owner} = %s GROUP BY post_id) gone
WHERE p.id = gone.post_id
"""


def on_person_left(event: PersonLeft) -> None:
    """Takes their comments and reactions out of other people's posts, counts included, and tells
    that their own posts go."""
    if event.profile_id is None:
        return
    with connection.cursor() as cursor:
        for table, count, owner in (
            ("posts_comment", "comment_count", "author_id"),
            ("posts_reaction", "reaction_count", "profile_id"),
        ):
            sql = COUNTED_DOWN.format(table=table, count=count, owner=owner)
            cursor.execute(sql, [event.profile_id])
    own = ProductTag.objects.filter(post__author=event.profile_id)
    shown = own.values_list("post_id", "product_id")
    emit_all(ShowingChanged(post_id, product_id) for post_id, product_id in shown)
    Comment.objects.filter(author=event.profile_id).delete()
    Reaction.objects.filter(profile=event.profile_id).delete()


def on_order_cancelled(event: OrderCancelled) -> None:
    """What was shared of an order that came to nothing is shared no more."""
    for post in Post.objects.filter(order_line__order=event.order_id):
        delete_post(post=post)
