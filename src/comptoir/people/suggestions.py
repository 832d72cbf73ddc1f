"""Whom one might follow: those whom one's circle follows, then the newest.

Bounded whatever the size of the place: at most 60 of those one follows, and 20 follows of each.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from comptoir.people.actor import Actor
from comptoir.people.faces import FACE_JSON, Face, face_from
from comptoir.people.queries import FollowRow

NEAR = 60
FOLLOWS_OF_EACH = 20
NEWEST = 60
NAMED = 2

SUGGESTED = f"""
WITH mine AS (
  SELECT followee_id AS id FROM people_follow WHERE follower_id = %(me)s
  ORDER BY followee_id DESC LIMIT {NEAR}
), near AS (
  SELECT theirs.followee_id AS id, count(*) AS friends,
    (array_agg(mine.id ORDER BY mine.id))[1:{NAMED}] AS named
  FROM mine CROSS JOIN LATERAL (
    SELECT followee_id FROM people_follow WHERE follower_id = mine.id
    ORDER BY followee_id DESC LIMIT {FOLLOWS_OF_EACH}) theirs
  GROUP BY 1
), candidates AS (
  SELECT id, friends, named FROM near
  UNION ALL (SELECT id, 0, '{{}}' FROM people_profile ORDER BY id DESC LIMIT {NEWEST})
), best AS (
  SELECT id, max(friends) AS friends, max(named) AS named FROM candidates WHERE id <> %(me)s
    AND NOT EXISTS (SELECT 1 FROM people_follow x
      WHERE x.follower_id = %(me)s AND x.followee_id = candidates.id)
    AND NOT EXISTS (SELECT 1 FROM people_block b WHERE
      (b.blocker_id = %(me)s AND b.blocked_id = candidates.id) OR
      (b.blocker_id = candidates.id AND b.blocked_id = %(me)s))
  GROUP BY id
), placed AS (
  SELECT best.id, best.friends, best.named,
    row_number() OVER (PARTITION BY f.kind ORDER BY best.friends DESC, best.id DESC) AS place
  FROM best JOIN people_profile f ON f.id = best.id AND NOT f.is_suspended
)
SELECT {FACE_JSON}, f.bio, f.created_at, (
  SELECT jsonb_agg({FACE_JSON} ORDER BY f.id) FROM people_profile f
  LEFT JOIN media_picture fa ON fa.id = f.avatar_id
  WHERE f.id = ANY(placed.named) AND NOT f.is_suspended)
FROM placed JOIN people_profile f ON f.id = placed.id
LEFT JOIN media_picture fa ON fa.id = f.avatar_id
WHERE placed.place <= %(each)s
ORDER BY placed.friends DESC, f.id DESC
"""


@dataclass(frozen=True, slots=True)
class Suggestions:
    """People and shops that the actor does not follow; ``friends``: by profile, at most two of
    those whom the actor follows and who follow them."""

    people: tuple[FollowRow, ...] = ()
    shops: tuple[FollowRow, ...] = ()
    friends: Mapping[int, tuple[Face, ...]] = field(default_factory=dict)


def suggestions_for(actor: Actor, each: int = 4) -> Suggestions:
    """Up to ``each`` people and as many shops, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(SUGGESTED, {"me": actor.profile_id or 0, "each": each})
        found = cursor.fetchall()
    rows = [FollowRow(face_from(_json(face)), bio, False, False, at) for face, bio, at, _ in found]
    return Suggestions(
        people=tuple(row for row in rows if row.face.kind == "person"),
        shops=tuple(row for row in rows if row.face.kind == "shop"),
        friends={
            row.face.id: tuple(face_from(face) for face in _json(friends))
            for row, (*_, friends) in zip(rows, found, strict=True)
            if friends
        },
    )


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value
