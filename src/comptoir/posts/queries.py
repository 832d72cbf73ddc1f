"""Reads of posts: one statement a list, whatever the size of the place.

The home feed is read, not written ahead: the newest post of each followed profile tells which
authors the page can come from (a page of n posts comes from at most n authors, those whose newest
posts are newest), and only theirs are read further. Its cost follows how many one follows, not how
much was ever posted.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from comptoir.common.keyset import Cursor, Page
from comptoir.media.queries import PictureView, stored_columns
from comptoir.people.actor import Actor
from comptoir.people.faces import FACE_JSON, Face, face_from
from comptoir.posts.models import Post

PAGE_SIZE = 20


@dataclass(frozen=True, slots=True)
class TagPoint:
    """Where a product is in a picture, in thousandths of its width and height."""

    product_id: int
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class PostPhoto:
    """A photo of a post, its alt text, and the products placed on it."""

    picture: PictureView
    alt: str
    points: tuple[TagPoint, ...]


@dataclass(frozen=True, slots=True)
class FeedPost:
    """A post as a list shows it. ``product_ids`` are all it shows, placed or not, in order;
    ``interest`` is what its author had for showing them. ``comment_count`` is of those that the
    reader sees."""

    id: int
    kind: str
    text: str
    audience: str
    published_at: datetime
    edited: bool
    reaction_count: int
    comment_count: int
    liked: bool
    mine: bool
    author: Face
    photos: tuple[PostPhoto, ...]
    product_ids: tuple[int, ...]
    interest: str = ""

    @property
    def address(self) -> str:
        return f"/posts/{self.id}"


# Comments by people whom the reader does not see; looked up from the few whom one blocks.
UNSEEN_COMMENTS = """
(SELECT count(*) FROM (
    SELECT blocked_id AS who FROM people_block WHERE blocker_id = %(me)s
    UNION SELECT blocker_id FROM people_block WHERE blocked_id = %(me)s) hidden
  JOIN posts_comment c ON c.author_id = hidden.who AND c.post_id = po.id)
"""

POST_COLUMNS = f"""
po.id, po.kind, po.text, po.audience, po.published_at, po.edited_at IS NOT NULL,
  po.reaction_count, po.comment_count - {UNSEEN_COMMENTS},
  EXISTS (SELECT 1 FROM posts_reaction r WHERE r.post_id = po.id AND r.profile_id = %(me)s),
  po.author_id = %(me)s,
  {FACE_JSON},
  (SELECT jsonb_agg(jsonb_build_array({stored_columns("m")}, pp.alt,
      (SELECT jsonb_agg(jsonb_build_array(t.product_id, t.x, t.y) ORDER BY t.position)
       FROM posts_producttag t WHERE t.picture_id = pp.id)) ORDER BY pp.position)
   FROM posts_postpicture pp JOIN media_picture m ON m.id = pp.picture_id
   WHERE pp.post_id = po.id),
  (SELECT jsonb_agg(t.product_id ORDER BY t.position)
   FROM posts_producttag t WHERE t.post_id = po.id), po.interest
"""

POST_JOINS = """
JOIN people_profile f ON f.id = po.author_id AND NOT f.is_suspended
LEFT JOIN media_picture fa ON fa.id = f.avatar_id
"""

BEFORE = "(published_at, id) < (%(at)s, %(id)s)"

HOME = f"""
WITH circle AS (
  SELECT followee_id AS author FROM people_follow WHERE follower_id = %(me)s
  UNION ALL SELECT %(me)s
), latest AS (
  SELECT circle.author FROM circle
  JOIN people_profile f ON f.id = circle.author AND NOT f.is_suspended
  CROSS JOIN LATERAL (
    SELECT published_at, id FROM posts_post
    WHERE author_id = circle.author AND {BEFORE}
      AND (audience <> 'me' OR author_id = %(me)s)
    ORDER BY published_at DESC, id DESC LIMIT 1) newest
  ORDER BY newest.published_at DESC, newest.id DESC LIMIT {PAGE_SIZE + 1}
), page AS (
  SELECT own.id FROM latest CROSS JOIN LATERAL (
    SELECT id, published_at FROM posts_post
    WHERE author_id = latest.author AND {BEFORE}
      AND (audience <> 'me' OR author_id = %(me)s)
    ORDER BY published_at DESC, id DESC LIMIT {PAGE_SIZE + 1}) own
  ORDER BY own.published_at DESC, own.id DESC LIMIT {PAGE_SIZE + 1}
)
SELECT {POST_COLUMNS} FROM page JOIN posts_post po ON po.id = page.id {POST_JOINS}
ORDER BY po.published_at DESC, po.id DESC
"""

# What the actor may read: the SQL twin of ``access.post_for``.
READABLE = """
(po.audience = 'everyone' OR po.author_id = %(me)s OR (po.audience = 'followers' AND EXISTS (
  SELECT 1 FROM people_follow w WHERE w.follower_id = %(me)s AND w.followee_id = po.author_id)))
AND NOT EXISTS (SELECT 1 FROM people_block b WHERE
  (b.blocker_id = %(me)s AND b.blocked_id = po.author_id) OR
  (b.blocker_id = po.author_id AND b.blocked_id = %(me)s))
"""

LISTED = f"""
SELECT {POST_COLUMNS} FROM posts_post po {{join}} {POST_JOINS}
WHERE {{where}} AND (po.published_at, po.id) < (%(at)s, %(id)s) AND {READABLE}
ORDER BY po.published_at DESC, po.id DESC LIMIT {PAGE_SIZE + 1}
"""

OF_PROFILE = LISTED.format(join="", where="po.author_id = %(profile)s")
EVERYONE = LISTED.format(join="", where="po.audience = 'everyone'")
SHOWING = LISTED.format(
    join="JOIN posts_producttag shown ON shown.post_id = po.id AND shown.product_id = %(product)s",
    where="TRUE",
)
BY_SOME = LISTED.format(
    join="",
    where="""po.author_id = ANY(%(authors)s) AND po.interest = '' AND EXISTS (
  SELECT 1 FROM posts_producttag t WHERE t.post_id = po.id AND t.product_id = ANY(%(products)s))""",
)
AMONG = LISTED.format(join="", where="po.id = ANY(%(ids)s)")
ONE = f"SELECT {POST_COLUMNS} FROM posts_post po {POST_JOINS} WHERE po.id = %(post)s"


def home_feed(actor: Actor, after: Cursor | None = None) -> Page[FeedPost]:
    """Posts of those the actor follows, and their own, newest first. One query."""
    return _page(HOME, actor, after, {})


def posts_of(actor: Actor, profile_id: int, after: Cursor | None = None) -> Page[FeedPost]:
    """The profile's posts that the actor may read, newest first."""
    return _page(OF_PROFILE, actor, after, {"profile": profile_id})


def newest_posts(actor: Actor, after: Cursor | None = None) -> Page[FeedPost]:
    """Public posts of everyone, newest first."""
    return _page(EVERYONE, actor, after, {})


def posts_showing(actor: Actor, product_id: int, after: Cursor | None = None) -> Page[FeedPost]:
    """Posts that show the product and that the actor may read, newest first."""
    return _page(SHOWING, actor, after, {"product": product_id})


def posts_by_some(
    actor: Actor, authors: Sequence[int], products: Sequence[int], after: Cursor | None = None
) -> Page[FeedPost]:
    """Posts of these profiles that show one of these products, and that the actor may read; none
    that somebody gave something for. Newest first."""
    return _page(BY_SOME, actor, after, {"authors": list(authors), "products": list(products)})


def posts_among(actor: Actor, post_ids: Sequence[int]) -> Sequence[FeedPost]:
    """Those of at most 20 posts that the actor may read, newest first."""
    return _page(AMONG, actor, None, {"ids": list(post_ids[:PAGE_SIZE])}).rows


def post_view(actor: Actor, post_id: int) -> FeedPost:
    """One post; the caller has asked ``access.post_for`` before."""
    with connection.cursor() as cursor:
        cursor.execute(ONE, {"me": actor.profile_id or 0, "post": post_id})
        return _post(cursor.fetchall()[0])


def _page(sql: str, actor: Actor, after: Cursor | None, params: dict[str, Any]) -> Page[FeedPost]:
    place = {"at": after.at if after else "infinity", "id": after.id if after else 0}
    with connection.cursor() as cursor:
        cursor.execute(sql, {"me": actor.profile_id or 0, **place, **params})
        rows = cursor.fetchall()
    posts = [_post(row) for row in rows[:PAGE_SIZE]]
    more = len(rows) > PAGE_SIZE
    return Page(posts, Cursor(posts[-1].published_at, posts[-1].id).token() if more else None)


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def _post(row: tuple[Any, ...]) -> FeedPost:
    author, photos, products, interest = row[10:]
    shown = tuple(
        PostPhoto(PictureView(*shot), alt, tuple(TagPoint(*point) for point in points or ()))
        for shot, alt, points in _json(photos) or ()
    )
    face, ids = face_from(_json(author)), tuple(_json(products) or ())
    return FeedPost(*(*row[:10], face, shown, ids, interest))


@dataclass(frozen=True, slots=True)
class CommentView:
    """A comment as shown; ``may_delete`` as ``access.comment_for`` would answer."""

    id: int
    text: str
    at: datetime
    author: Face
    may_delete: bool


COMMENTS = f"""
SELECT c.id, c.text, c.created_at, {FACE_JSON},
  c.author_id = %(me)s OR po.author_id = %(me)s
FROM posts_comment c
JOIN posts_post po ON po.id = c.post_id
JOIN people_profile f ON f.id = c.author_id AND NOT f.is_suspended
LEFT JOIN media_picture fa ON fa.id = f.avatar_id
WHERE c.post_id = %(post)s AND (c.created_at, c.id) > (%(at)s, %(id)s)
  AND NOT EXISTS (SELECT 1 FROM people_block b WHERE
    (b.blocker_id = %(me)s AND b.blocked_id = c.author_id) OR
    (b.blocker_id = c.author_id AND b.blocked_id = %(me)s))
ORDER BY c.created_at, c.id LIMIT 51
"""


def comments_of(actor: Actor, post_id: int, after: Cursor | None = None) -> Page[CommentView]:
    """A post's comments, oldest first, without those of people blocked either way."""
    place = {"at": after.at if after else "-infinity", "id": after.id if after else 0}
    with connection.cursor() as cursor:
        cursor.execute(COMMENTS, {"me": actor.profile_id or 0, "post": post_id, **place})
        rows = cursor.fetchall()
    shown = [CommentView(r[0], r[1], r[2], face_from(_json(r[3])), r[4]) for r in rows[:50]]
    return Page(shown, Cursor(shown[-1].at, shown[-1].id).token() if len(rows) > 50 else None)


def shares_of(order_id: int) -> dict[int, int]:
    """The posts that share lines of an order, by line."""
    rows = Post.objects.filter(order_line__order=order_id)
    return {line: post for line, post in rows.values_list("order_line", "pk") if line is not None}
