"""What people did that a viewer may know of: statements, and their rows read.

Each asks the acts' own rows whether they still stand (``standing``).
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from comptoir.common.rows import Rows, Statement, array
from comptoir.discovery.standing import STANDS, STANDS_FOR_ALL
from comptoir.people.faces import FACE_JSON, Face, face_from

# Strongest first: what a reason line says when there are several.
KINDS = ("bought", "recommended", "kept", "liked")
ORDERED = "ARRAY[" + ", ".join(f"'{kind}'" for kind in KINDS) + "]"
SHOWN = 12
Pairs = Sequence[tuple[int, int]]


class Act(NamedTuple):
    """One act of one person, as the viewer may know it."""

    face: Face
    kind: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Match:
    """A product of the viewer's own that another goes with, and what they did with it."""

    product_id: int
    title: str
    kind: str


NOT_DROPPED = """NOT EXISTS (SELECT 1 FROM discovery_droppedperson d
    WHERE d.profile_id = %(me)s AND d.person_id = s.actor_id)"""

# The signals of those one follows. Friend by friend (OFFSET 0 keeps the planner to it): what
# everybody has would otherwise be read whole for the few who are followed.
BY_FRIENDS = f"""people_follow w
  CROSS JOIN LATERAL (SELECT * FROM discovery_signal own WHERE own.actor_id = w.followee_id
    AND own.product_id = ANY(%(ids)s::bigint[]) AND own.kind = ANY({ORDERED}) OFFSET 0) s"""
# Where it is known already which of them acted on what.
BY_PAIRS = f"""unnest(%(products)s::bigint[], %(people)s::bigint[]) AS named (product_id, person_id)
  JOIN people_follow w ON w.follower_id = %(me)s AND w.followee_id = named.person_id
  JOIN discovery_signal s ON s.actor_id = named.person_id AND s.product_id = named.product_id
    AND s.kind = ANY({ORDERED})"""


def _acts(signals: str) -> str:
    """What is known of products: acts of those one follows, whether one follows the shop, and
    whether one keeps it."""
    return f"""
SELECT product_id, kind, count, face, at FROM (
  SELECT s.product_id, s.kind, s.at, {FACE_JSON} AS face,
    count(*) OVER (PARTITION BY s.product_id, s.kind) AS count,
    row_number() OVER (PARTITION BY s.product_id ORDER BY
      array_position({ORDERED}, s.kind::text), s.at DESC, s.actor_id DESC) AS place
  FROM {signals}
  JOIN people_profile f ON f.id = s.actor_id AND NOT f.is_suspended
  LEFT JOIN media_picture fa ON fa.id = f.avatar_id
  WHERE w.follower_id = %(me)s AND {NOT_DROPPED} AND {STANDS}
) told WHERE place <= {SHOWN}
UNION ALL
SELECT p.id, 'shop', 1, NULL, NULL FROM catalog_product p
JOIN people_follow w ON w.follower_id = %(me)s AND w.followee_id = p.shop_id
WHERE p.id = ANY(%(ids)s::bigint[])
UNION ALL
SELECT product_id, 'mine', 1, NULL, NULL FROM reviews_keep
WHERE profile_id = %(me)s AND product_id = ANY(%(ids)s::bigint[])
"""


ACTS, ACTS_OF_PAIRS = _acts(BY_FRIENDS), _acts(BY_PAIRS)

# Acts of people one need not follow: what everybody may know of, between people in sight.
TASTE = f"""
SELECT s.product_id, s.kind, {FACE_JSON}, s.at
FROM unnest(%(products)s::bigint[], %(people)s::bigint[]) WITH ORDINALITY
  AS w (product_id, followee_id, place)
JOIN discovery_signal s ON s.actor_id = w.followee_id AND s.product_id = w.product_id
JOIN people_profile f ON f.id = s.actor_id AND NOT f.is_suspended
LEFT JOIN media_picture fa ON fa.id = f.avatar_id
WHERE s.kind = ANY({ORDERED}) AND {NOT_DROPPED} AND {STANDS_FOR_ALL}
  AND NOT EXISTS (SELECT 1 FROM people_block b WHERE
    (b.blocker_id = %(me)s AND b.blocked_id = s.actor_id) OR
    (b.blocker_id = s.actor_id AND b.blocked_id = %(me)s))
ORDER BY w.place, array_position({ORDERED}, s.kind::text)
"""

# ``ids`` by a subquery, which no plan can look into: it is made once, and not anew for each list.
MATCHES = f"""
SELECT DISTINCT ON (s.product_id) s.product_id, p.title, s.kind
FROM discovery_signal s JOIN catalog_product p ON p.id = s.product_id
WHERE s.actor_id = %(me)s AND NOT s.forgotten
  AND s.product_id = ANY(ARRAY(SELECT unnest(%(ids)s::bigint[])))
  AND s.kind = ANY({ORDERED})
ORDER BY s.product_id, array_position({ORDERED}, s.kind::text)
"""


def acts_asked(me: int, product_ids: Sequence[int], pairs: Pairs | None) -> Statement:
    """Acts of those whom ``me`` follows, the shops they follow, what they keep.

    ``pairs``: (product, person) of all acts of friends that there may be; ``None``: not known.
    """
    params = {"me": me, "ids": array(product_ids)}
    if pairs is None:
        return Statement(ACTS, params)
    return Statement(ACTS_OF_PAIRS, params | _columns(pairs))


def taste_asked(me: int, pairs: Pairs) -> Statement:
    """What these people did with these products, as everybody may know it."""
    return Statement(TASTE, {"me": me} | _columns(pairs))


def matches_asked(me: int, product_ids: Iterable[int]) -> Statement:
    """What ``me`` did with these products, the strongest, where it counts."""
    return Statement(MATCHES, {"me": me, "ids": array(dict.fromkeys(product_ids))})


def taste_read(rows: Rows) -> dict[int, list[Act]]:
    """By product."""
    found: dict[int, list[Act]] = {}
    for product_id, kind, face, at in rows:
        found.setdefault(product_id, []).append(Act(read_face(face), kind, at))
    return found


def matches_read(rows: Rows) -> dict[int, Match]:
    """By product."""
    return {row[0]: Match(*row) for row in rows}


def read_face(value: Any) -> Face:
    """A face from a column of ``FACE_JSON``."""
    return face_from(json.loads(value) if isinstance(value, str) else value)


def _columns(pairs: Pairs) -> dict[str, Any]:
    return {"products": array(one for one, _ in pairs), "people": array(who for _, who in pairs)}
