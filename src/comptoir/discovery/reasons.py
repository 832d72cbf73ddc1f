"""The reason line: why *you* see this product, told by the people who caused it.

In order: acts of the people one follows (bought, recommended, kept, liked a post showing it),
people who share one's taste, something of one's own that it goes with, the shop one follows, how
many different people love it, that it is new. A product with no reason says so; it is never dressed
up as recommended.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import connection

from comptoir.discovery.asking import Asking
from comptoir.discovery.standing import STANDS, STANDS_FOR_ALL
from comptoir.discovery.suggest import Suggestion, loved
from comptoir.people.actor import ANYONE, Actor
from comptoir.people.faces import FACE_JSON, Face, face_from

# Strongest first: what a reason line says when there are several.
KINDS = ("bought", "recommended", "kept", "liked")
SHOWN = 12
# Fewer than so many are no "many different people".
MANY = 2


@dataclass(frozen=True, slots=True)
class Act:
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


@dataclass(frozen=True, slots=True)
class Reason:
    """Why the viewer sees a product.

    ``kind`` is "bought", "recommended", "kept" or "liked" (by people one follows), "taste" (by
    others who share one's taste), "pair" (it goes with ``match``), "shop" (one follows it), "loved"
    (by ``count`` different people), "new" or "none". ``count`` is how many people did the strongest
    act, or share one's taste; ``acts`` all acts known, the strongest and newest first, at most 12.
    ``kept_by_me``: the viewer keeps it, which is an act of theirs and never a reason.
    """

    kind: str = "none"
    count: int = 0
    acts: tuple[Act, ...] = ()
    kept_by_me: bool = False
    match: Match | None = None

    @property
    def faces(self) -> tuple[Face, ...]:
        """Up to three faces for the line: people who did the strongest act."""
        if self.kind == "taste":
            return tuple({act.face.id: act.face for act in self.acts}.values())[:3]
        return tuple(act.face for act in self.acts if act.kind == self.kind)[:3]


NO_REASON = Reason()

NOT_DROPPED = """NOT EXISTS (SELECT 1 FROM discovery_droppedperson d
    WHERE d.profile_id = %(me)s AND d.person_id = s.actor_id)"""

# The signals of those one follows. Friend by friend (OFFSET 0 keeps the planner to it): what
# everybody has would otherwise be read whole for the few who are followed.
BY_FRIENDS = """people_follow w
  CROSS JOIN LATERAL (SELECT * FROM discovery_signal own WHERE own.actor_id = w.followee_id
    AND own.product_id = ANY(%(ids)s) AND own.kind = ANY(%(kinds)s) OFFSET 0) s"""
# Where it is known already which of them acted on what.
BY_PAIRS = """unnest(%(products)s::bigint[], %(people)s::bigint[]) AS named (product_id, person_id)
  JOIN people_follow w ON w.follower_id = %(me)s AND w.followee_id = named.person_id
  JOIN discovery_signal s ON s.actor_id = named.person_id AND s.product_id = named.product_id
    AND s.kind = ANY(%(kinds)s)"""


def _acts(signals: str) -> str:
    """What is known of products: acts of those one follows, whether one follows the shop, and
    whether one keeps it."""
    return f"""
SELECT product_id, kind, count, face, at FROM (
  SELECT s.product_id, s.kind, s.at, {FACE_JSON} AS face,
    count(*) OVER (PARTITION BY s.product_id, s.kind) AS count,
    row_number() OVER (PARTITION BY s.product_id ORDER BY
      array_position(%(kinds)s, s.kind::text), s.at DESC, s.id DESC) AS place
  FROM {signals}
  JOIN people_profile f ON f.id = s.actor_id AND NOT f.is_suspended
  LEFT JOIN media_picture fa ON fa.id = f.avatar_id
  WHERE w.follower_id = %(me)s AND {NOT_DROPPED} AND {STANDS}
) told WHERE place <= {SHOWN}
UNION ALL
SELECT p.id, 'shop', 1, NULL, NULL FROM catalog_product p
JOIN people_follow w ON w.follower_id = %(me)s AND w.followee_id = p.shop_id
WHERE p.id = ANY(%(ids)s)
UNION ALL
SELECT product_id, 'mine', 1, NULL, NULL FROM reviews_keep
WHERE profile_id = %(me)s AND product_id = ANY(%(ids)s)
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
WHERE s.kind = ANY(%(kinds)s) AND {NOT_DROPPED} AND {STANDS_FOR_ALL}
  AND NOT EXISTS (SELECT 1 FROM people_block b WHERE
    (b.blocker_id = %(me)s AND b.blocked_id = s.actor_id) OR
    (b.blocker_id = s.actor_id AND b.blocked_id = %(me)s))
ORDER BY w.place, array_position(%(kinds)s, s.kind::text)
"""

MATCHES = """
SELECT DISTINCT ON (s.product_id) s.product_id, p.title, s.kind
FROM discovery_signal s JOIN catalog_product p ON p.id = s.product_id
WHERE s.actor_id = %(me)s AND NOT s.forgotten AND s.product_id = ANY(%(ids)s)
  AND s.kind = ANY(%(kinds)s)
ORDER BY s.product_id, array_position(%(kinds)s, s.kind::text)
"""


def reasons_for(
    actor: Actor, product_ids: Iterable[int], asking: Asking | None = None
) -> Mapping[int, Reason]:
    """A reason for each product, ``NO_REASON`` included, in one query. ``asking``: of the actor,
    where the page asks more than this."""
    ids = list(dict.fromkeys(product_ids))
    found: dict[int, Reason] = dict.fromkeys(ids, NO_REASON)
    if actor.profile_id is None or not ids:
        return found
    params: dict[str, Any] = {"me": actor.profile_id, "ids": ids, "kinds": list(KINDS)}
    pairs = asking.acts_of_friends(ids) if asking is not None else None
    if pairs is not None:
        params |= {"products": [one for one, _ in pairs], "people": [who for _, who in pairs]}
    told: dict[int, list[tuple[Any, ...]]] = {}
    for row in _rows(ACTS if pairs is None else ACTS_OF_PAIRS, params):
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


def reasons_of_suggestions(
    actor: Actor,
    suggestions: Sequence[Suggestion],
    *,
    personal: bool = True,
    asking: Asking | None = None,
) -> Mapping[int, Reason]:
    """The reason for each suggested product, in four queries whatever their number.

    Not ``personal``: as a visitor is told, with what the actor keeps. ``asking``: of the actor,
    where a page asks more than this.
    """
    found = dict(reasons_for(actor, (one.product_id for one in suggestions), asking))
    if not personal:
        found = {one: Reason(kept_by_me=reason.kept_by_me) for one, reason in found.items()}
    teller = actor if personal else ANYONE
    # Each is asked only of what those before have said nothing of.
    bare = [one for one in suggestions if not found[one.product_id].acts]
    for product_id, acts in taste_acts(teller, bare).items():
        people = len({act.face.id for act in acts})
        found[product_id] = replace(
            found[product_id], kind="taste", count=people, acts=tuple(acts[:SHOWN])
        )
    bare = [one for one in bare if not found[one.product_id].acts]
    for product_id, match in _matched(teller, bare).items():
        found[product_id] = replace(found[product_id], kind="pair", match=match)
    bare = [one for one in bare if found[one.product_id].kind == "none"]
    crowds = loved((one.product_id for one in bare), asking) if bare else {}
    for one in bare:
        kind = "loved" if (count := crowds[one.product_id]) >= MANY else one.kind
        if kind in ("loved", "new"):
            count = count if kind == "loved" else 0
            found[one.product_id] = replace(found[one.product_id], kind=kind, count=count)
    return found


def _matched(actor: Actor, suggestions: Sequence[Suggestion]) -> dict[int, Match]:
    """What of the actor's own each of them goes with, the strongest."""
    said = [
        (one.product_id, voice.id)
        for one in suggestions
        for voice in one.voices
        if voice.kind == "product" and voice.share > 0
    ]
    matches = matches_of(actor, (mine for _, mine in said))
    # Voices come the strongest first: the last one written is the first.
    return {product_id: matches[mine] for product_id, mine in reversed(said) if mine in matches}


def taste_acts(actor: Actor, suggestions: Sequence[Suggestion]) -> dict[int, list[Act]]:
    """What the people behind the suggestions did, as everybody may know it, by product."""
    said = [
        (one.product_id, voice.id)
        for one in suggestions
        for voice in one.voices
        if voice.kind == "person" and voice.share > 0
    ]
    if actor.profile_id is None or not said:
        return {}
    products, people = (list(column) for column in zip(*said, strict=True))
    params = {"products": products, "people": people, "kinds": list(KINDS)}
    found: dict[int, list[Act]] = {}
    for product_id, kind, face, at in _rows(TASTE, {**params, "me": actor.profile_id}):
        found.setdefault(product_id, []).append(Act(_face(face), kind, at))
    return found


def matches_of(actor: Actor, product_ids: Iterable[int]) -> dict[int, Match]:
    """What the actor did with these products, the strongest, where it counts."""
    ids = list(dict.fromkeys(product_ids))
    if actor.profile_id is None or not ids:
        return {}
    rows = _rows(MATCHES, {"me": actor.profile_id, "ids": ids, "kinds": list(KINDS)})
    return {row[0]: Match(*row) for row in rows}


def _rows(sql: str, params: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


def _face(value: Any) -> Face:
    return face_from(json.loads(value) if isinstance(value, str) else value)
