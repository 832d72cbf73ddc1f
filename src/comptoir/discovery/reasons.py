"""The reason line: why *you* see this product, told by the people who caused it.

First version: acts of the people one follows (bought, recommended, kept), then the shop one
follows. A product with no reason says so; it is never dressed up as recommended.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from comptoir.discovery.standing import STANDS
from comptoir.people.actor import Actor
from comptoir.people.faces import FACE_JSON, Face, face_from

# Strongest first: what a reason line says when there are several.
KINDS = ("bought", "recommended", "kept")
SHOWN = 12


@dataclass(frozen=True, slots=True)
class Act:
    """One act of one person, as the viewer may know it."""

    face: Face
    kind: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Reason:
    """Why the viewer sees a product.

    ``kind`` is "bought", "recommended" or "kept" (by people one follows), "shop" (one follows it)
    or "none". ``count`` is how many people did the strongest act, ``acts`` all acts known, the
    strongest and newest first, at most 12. ``kept_by_me``: the viewer keeps it, which is an act of
    theirs and never a reason.
    """

    kind: str = "none"
    count: int = 0
    acts: tuple[Act, ...] = ()
    kept_by_me: bool = False

    @property
    def faces(self) -> tuple[Face, ...]:
        """Up to three faces for the line: people who did the strongest act."""
        return tuple(act.face for act in self.acts if act.kind == self.kind)[:3]


NO_REASON = Reason()

ACTS = f"""
SELECT product_id, kind, count, face, at FROM (
  SELECT s.product_id, s.kind, s.at, {FACE_JSON} AS face,
    count(*) OVER (PARTITION BY s.product_id, s.kind) AS count,
    row_number() OVER (PARTITION BY s.product_id ORDER BY
      array_position(%(kinds)s, s.kind::text), s.at DESC, s.id DESC) AS place
  FROM discovery_signal s
  JOIN people_follow w ON w.follower_id = %(me)s AND w.followee_id = s.actor_id
  JOIN people_profile f ON f.id = s.actor_id AND NOT f.is_suspended
  LEFT JOIN media_picture fa ON fa.id = f.avatar_id
  WHERE s.product_id = ANY(%(ids)s) AND s.kind = ANY(%(kinds)s) AND {STANDS}
) told WHERE place <= {SHOWN}
UNION ALL
SELECT p.id, 'shop', 1, NULL, NULL FROM catalog_product p
JOIN people_follow w ON w.follower_id = %(me)s AND w.followee_id = p.shop_id
WHERE p.id = ANY(%(ids)s)
UNION ALL
SELECT product_id, 'mine', 1, NULL, NULL FROM reviews_keep
WHERE profile_id = %(me)s AND product_id = ANY(%(ids)s)
"""


def reasons_for(actor: Actor, product_ids: Iterable[int]) -> Mapping[int, Reason]:
    """A reason for each product, ``NO_REASON`` included, in one query."""
    ids = list(dict.fromkeys(product_ids))
    found: dict[int, Reason] = dict.fromkeys(ids, NO_REASON)
    if actor.profile_id is None or not ids:
        return found
    with connection.cursor() as cursor:
        cursor.execute(ACTS, {"me": actor.profile_id, "ids": ids, "kinds": list(KINDS)})
        rows = cursor.fetchall()
    told: dict[int, list[tuple[Any, ...]]] = {}
    for row in rows:
        told.setdefault(row[0], []).append(row)
    found.update({product_id: _reason(acts) for product_id, acts in told.items()})
    return found


def _reason(rows: list[tuple[Any, ...]]) -> Reason:
    said = {row[1] for row in rows}
    acts = sorted(
        (row for row in rows if row[1] in KINDS),
        key=lambda row: (KINDS.index(row[1]), -row[4].timestamp()),
    )
    mine = "mine" in said
    if not acts:
        return Reason(kind="shop" if "shop" in said else "none", kept_by_me=mine)
    return Reason(
        kind=acts[0][1],
        count=acts[0][2],
        acts=tuple(Act(_face(row[3]), row[1], row[4]) for row in acts),
        kept_by_me=mine,
    )


def _face(value: Any) -> Face:
    return face_from(json.loads(value) if isinstance(value, str) else value)
