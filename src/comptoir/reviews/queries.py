"""Reads of what people keep and recommend, as the actor may see it."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from comptoir.common.keyset import Cursor, Page
from comptoir.people.actor import Actor
from comptoir.people.faces import FACE_JSON, Face, face_from
from comptoir.people.models.profile import Audience

PAGE_SIZE = 24
WORDS = 60


@dataclass(frozen=True, slots=True)
class Word:
    """A recommendation with its word; ``friend`` if the actor follows its author, ``interest``
    what the author had for it, ``alike`` once it is known that they share the actor's taste."""

    author: Face
    word: str
    at: datetime
    friend: bool
    interest: str = ""
    alike: bool = False


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a product's page shows of people; counts are of acts that the actor may see, and for
    which nothing was had.

    ``keepers`` and ``words`` begin with those the actor follows, words with an interest come last;
    at most 12 and 60. ``my_audience``: who may see the actor's own word; "everyone" while there is
    none.
    """

    kept_by_me: bool
    recommended_by_me: bool
    my_word: str
    my_audience: str
    keep_count: int
    recommend_count: int
    keepers: tuple[Face, ...]
    words: tuple[Word, ...]
    my_interest: str = ""


# For an act ``a`` of profile ``f``: what the actor may know of.
VISIBLE = """
NOT f.is_suspended
AND (a.audience = 'everyone' OR a.profile_id = %(me)s OR (a.audience = 'followers' AND EXISTS (
  SELECT 1 FROM people_follow w WHERE w.follower_id = %(me)s AND w.followee_id = a.profile_id)))
AND NOT EXISTS (SELECT 1 FROM people_block b WHERE
  (b.blocker_id = %(me)s AND b.blocked_id = a.profile_id) OR
  (b.blocker_id = a.profile_id AND b.blocked_id = %(me)s))
"""

ACTS = f"""
(SELECT {{kind}}, a.profile_id, {{word}}, a.created_at, {FACE_JSON},
  EXISTS (SELECT 1 FROM people_follow w
    WHERE w.follower_id = %(me)s AND w.followee_id = a.profile_id) AS friend,
  count(*) FILTER (WHERE {{interest}} = '') OVER (), a.audience, {{interest}} AS interest
FROM {{table}} a
JOIN people_profile f ON f.id = a.profile_id
LEFT JOIN media_picture fa ON fa.id = f.avatar_id
WHERE a.product_id = %(product)s AND {VISIBLE}
ORDER BY (a.profile_id = %(me)s) DESC, {{interest}} = '' DESC, friend DESC, a.created_at DESC
LIMIT {WORDS + 1})
"""
OPINION = (
    ACTS.format(kind="'keep'", word="''", interest="''", table="reviews_keep")
    + " UNION ALL "
    + ACTS.format(
        kind="'word'", word="a.word", interest="a.interest", table="reviews_recommendation"
    )
)


def opinion_of(actor: Actor, product_id: int) -> Opinion:
    """What people think of a product, friends first. One query."""
    with connection.cursor() as cursor:
        cursor.execute(OPINION, {"me": actor.profile_id or 0, "product": product_id})
        rows = cursor.fetchall()
    keeps = [row[1:] for row in rows if row[0] == "keep"]
    words = [row[1:] for row in rows if row[0] == "word"]
    mine = [row for row in words if row[0] == actor.profile_id]
    others = [row for row in words if row[0] != actor.profile_id]
    return Opinion(
        kept_by_me=any(row[0] == actor.profile_id for row in keeps),
        recommended_by_me=bool(mine),
        my_word=mine[0][1] if mine else "",
        my_audience=mine[0][6] if mine else Audience.EVERYONE,
        my_interest=mine[0][7] if mine else "",
        keep_count=keeps[0][5] if keeps else 0,
        recommend_count=words[0][5] if words else 0,
        keepers=tuple(_face(row[3]) for row in keeps if row[0] != actor.profile_id)[:12],
        words=tuple(Word(_face(row[3]), row[1], row[2], row[4], row[7]) for row in others[:WORDS]),
    )


def _face(value: Any) -> Face:
    return face_from(json.loads(value) if isinstance(value, str) else value)


KEPT = f"""
SELECT a.product_id, a.created_at, a.id
FROM reviews_keep a JOIN people_profile f ON f.id = a.profile_id
JOIN catalog_product p ON p.id = a.product_id AND p.status = 'active'
WHERE a.profile_id = %(profile)s AND (a.created_at, a.id) < (%(at)s, %(id)s) AND {VISIBLE}
ORDER BY a.created_at DESC, a.id DESC LIMIT {PAGE_SIZE + 1}
"""


def kept_by(actor: Actor, profile_id: int, after: Cursor | None = None) -> Page[int]:
    """Ids of the products that a profile keeps and lets the actor see, newest first."""
    place = {"at": after.at if after else "infinity", "id": after.id if after else 0}
    with connection.cursor() as cursor:
        cursor.execute(KEPT, {"me": actor.profile_id or 0, "profile": profile_id, **place})
        rows = cursor.fetchall()
    last = rows[PAGE_SIZE - 1] if len(rows) > PAGE_SIZE else None
    shown = [row[0] for row in rows[:PAGE_SIZE]]
    return Page(shown, Cursor(last[1], last[2]).token() if last else None)


@dataclass(frozen=True, slots=True)
class Advice:
    """A product that a profile recommends, with its word and what they had for it."""

    product_id: int
    word: str
    at: datetime
    interest: str


RECOMMENDED = f"""
SELECT a.product_id, a.word, a.created_at, a.interest, a.id
FROM reviews_recommendation a JOIN people_profile f ON f.id = a.profile_id
JOIN catalog_product p ON p.id = a.product_id AND p.status = 'active'
WHERE a.profile_id = %(profile)s AND (a.created_at, a.id) < (%(at)s, %(id)s) AND {VISIBLE}
ORDER BY a.created_at DESC, a.id DESC LIMIT {PAGE_SIZE + 1}
"""


def recommended_by(actor: Actor, profile_id: int, after: Cursor | None = None) -> Page[Advice]:
    """What a profile recommends and lets the actor see, newest first."""
    place = {"at": after.at if after else "infinity", "id": after.id if after else 0}
    with connection.cursor() as cursor:
        cursor.execute(RECOMMENDED, {"me": actor.profile_id or 0, "profile": profile_id, **place})
        rows = cursor.fetchall()
    last = rows[PAGE_SIZE - 1] if len(rows) > PAGE_SIZE else None
    shown = [Advice(*row[:4]) for row in rows[:PAGE_SIZE]]
    return Page(shown, Cursor(last[2], last[4]).token() if last else None)
