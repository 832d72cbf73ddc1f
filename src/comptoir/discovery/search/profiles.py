"""People and shops by name and handle: those one follows first, nobody who should not be found.

Bounded whatever the words: those one follows, the one with that very handle, shops, then others.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from comptoir.common.accents import unaccented
from comptoir.discovery.models import Spelling
from comptoir.discovery.search.spelling import mended
from comptoir.discovery.search.words import lexeme, typed
from comptoir.people.actor import Actor
from comptoir.people.faces import FACE_JSON, Face, face_from
from comptoir.people.models.profile import NAME_DOCUMENT

LIMIT = 8
EACH = 300

MATCHES = f"{NAME_DOCUMENT.format(row='f.')} @@ to_tsquery('simple', %(query)s)"
CIRCLE = f"""
SELECT f.id, 1 AS near FROM people_follow w JOIN people_profile f ON f.id = w.followee_id
WHERE w.follower_id = %(me)s AND {MATCHES} LIMIT {EACH}
"""
FRIENDS_OF_FRIENDS = f"""
SELECT f.id, 0 AS near FROM (
  SELECT f.* FROM people_profile f WHERE {MATCHES} LIMIT {EACH}) f
WHERE EXISTS (SELECT 1 FROM people_follow w
  JOIN people_follow theirs ON theirs.follower_id = w.followee_id AND theirs.followee_id = f.id
  WHERE w.follower_id = %(me)s)
"""
EVERYONE = f"""
(SELECT id, 0 FROM people_profile f WHERE f.handle = %(exact)s)
UNION ALL (SELECT f.id, 0 FROM people_profile f WHERE f.kind = 'shop' AND {MATCHES} LIMIT {EACH})
UNION ALL (SELECT f.id, 0 FROM people_profile f WHERE {MATCHES} LIMIT {EACH})
"""
PROFILES = f"""
WITH matched AS (SELECT id, max(near) AS near FROM ({{which}}) found GROUP BY id)
SELECT {FACE_JSON}, f.bio, near = 1, f.id = %(me)s
FROM matched JOIN people_profile f ON f.id = matched.id AND NOT f.is_suspended
LEFT JOIN media_picture fa ON fa.id = f.avatar_id
WHERE f.kind = ANY(%(kinds)s) AND NOT EXISTS (SELECT 1 FROM people_block b WHERE
  (b.blocker_id = %(me)s AND b.blocked_id = f.id) OR
  (b.blocker_id = f.id AND b.blocked_id = %(me)s))
ORDER BY (f.handle = %(exact)s) DESC, near DESC, f.kind DESC, f.id LIMIT %(limit)s
"""
IN_CIRCLE = PROFILES.format(which=f"({CIRCLE}) UNION ALL ({FRIENDS_OF_FRIENDS})")
ANYBODY = PROFILES.format(which=f"({CIRCLE}) UNION ALL {EVERYONE}")


@dataclass(frozen=True, slots=True)
class ProfileFound:
    """Someone found, as the actor sees them."""

    face: Face
    bio: str
    followed_by_me: bool
    is_me: bool


def search_profiles(
    actor: Actor,
    words: str,
    *,
    kinds: Sequence[str] = ("person", "shop"),
    circle: bool = False,
    limit: int = LIMIT,
) -> list[ProfileFound]:
    """People and shops whose name and handle have these words, the last one begun.

    ``circle``: only those one follows, and whom those follow.
    """
    found = typed(words)
    if not found:
        return []
    # One letter alone begins a tenth of all names; after another word it narrows.
    last = lexeme(found[-1]) + (":*" if len(found) > 1 or len(found[-1]) > 1 else "")
    params: dict[str, Any] = {
        "query": " & ".join([*map(lexeme, found[:-1]), last]),
        "exact": unaccented(words).lower().strip().removeprefix("@").replace("\0", ""),
        "me": actor.profile_id or 0,
        "kinds": list(kinds),
        "limit": limit,
    }
    with connection.cursor() as cursor:
        cursor.execute(IN_CIRCLE if circle else ANYBODY, params)
        rows = cursor.fetchall()
    return [ProfileFound(face_from(_json(row[0])), *row[1:]) for row in rows]


def search_profiles_mended(
    actor: Actor,
    words: str,
    *,
    kinds: Sequence[str] = ("person", "shop"),
    circle: bool = False,
    limit: int = LIMIT,
) -> tuple[list[ProfileFound], str]:
    """The same with mistakes in the words mended, and the words that were searched; nobody and ''
    where there is nothing to mend. For when nothing was found as it was typed; where others than
    the circle are called so, it is no mistake."""
    if circle and search_profiles(actor, words, kinds=kinds, limit=1):
        return [], ""
    better = " ".join(mended(typed(words), Spelling.Kind.NAME))
    rows = search_profiles(actor, better, kinds=kinds, circle=circle, limit=limit)
    return rows, better if rows else ""


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value
