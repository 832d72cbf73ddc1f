"""People and shops as a list shows them, by key."""

import json
from collections.abc import Iterable
from typing import Any

from comptoir.common.rows import fetch_all
from comptoir.people.actor import Actor
from comptoir.people.faces import FACE_JSON, face_from
from comptoir.people.queries import FollowRow

BY_ID = f"""
SELECT {FACE_JSON}, f.bio,
  EXISTS (SELECT 1 FROM people_follow x WHERE x.follower_id = %(me)s AND x.followee_id = f.id),
  f.id = %(me)s, f.created_at
FROM people_profile f LEFT JOIN media_picture fa ON fa.id = f.avatar_id
WHERE f.id = ANY(%(ids)s) AND NOT f.is_suspended AND NOT EXISTS (
  SELECT 1 FROM people_block b WHERE
    (b.blocker_id = %(me)s AND b.blocked_id = f.id) OR
    (b.blocker_id = f.id AND b.blocked_id = %(me)s))
"""


def rows_by_id(actor: Actor, profile_ids: Iterable[int]) -> dict[int, FollowRow]:
    """The profiles that the actor may know of, in one query. ``at`` is when each was made."""
    ids = list(dict.fromkeys(profile_ids))
    if not ids:
        return {}
    rows = [_row(one) for one in fetch_all(BY_ID, {"me": actor.profile_id or 0, "ids": ids})]
    return {row.face.id: row for row in rows}


def _row(values: tuple[Any, ...]) -> FollowRow:
    face = json.loads(values[0]) if isinstance(values[0], str) else values[0]
    return FollowRow(face_from(face), *values[1:])
