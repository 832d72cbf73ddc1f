"""Reads of communities: what is loved in them, who joined, why one was placed.

Whatever tells of acts asks the acts themselves, now: what was hidden since the last renewal is not
counted. Who was found somewhere is told to themselves alone.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from comptoir.common.keyset import Cursor, Page
from comptoir.discovery.communities.gathering import PUBLIC, TAKES_PART
from comptoir.discovery.communities.naming import FEWEST
from comptoir.discovery.models import Community
from comptoir.people.actor import Actor
from comptoir.people.faces import FACE_JSON, Face, face_from
from comptoir.people.queries import FollowRow

MOST = 100
PAGE_SIZE = 30

NO_BLOCK = """
NOT EXISTS (SELECT 1 FROM people_block b WHERE
  (b.blocker_id = %(me)s AND b.blocked_id = f.id) OR
  (b.blocker_id = f.id AND b.blocked_id = %(me)s))
"""


@dataclass(frozen=True, slots=True)
class CommunityView:
    """A community as the actor sees it.

    ``terms``: what sets it apart, the strongest first; ``mine``: "found", "joined", "left" or "";
    ``friends``: up to three people the actor follows who joined; ``loved``: keys of products that
    may be shown of it; ``ended_at``: since when it is no more.
    """

    id: int
    slug: str
    name: str
    given_name: str
    terms: tuple[str, ...]
    size: int
    loved: tuple[int, ...]
    ended_at: datetime | None
    mine: str
    friends: tuple[Face, ...]

    @property
    def shown_name(self) -> str:
        return self.given_name or self.name

    @property
    def address(self) -> str:
        return f"/communities/{self.slug}"


@dataclass(frozen=True, slots=True)
class Shared:
    """A product that people of a community act on in public; ``people`` is 0 for fewer than can be
    told."""

    product_id: int
    people: int


# To themselves, and not at all once they switched it off.
MINE = f"""coalesce((SELECT m.how FROM discovery_communitymember m
  JOIN people_profile f ON f.id = m.profile_id
  WHERE m.community_id = c.id AND m.profile_id = %(me)s
    AND (m.how <> 'found' OR ({TAKES_PART}))), '')"""

VIEW = f"""
SELECT c.id, c.slug, c.name, c.given_name, c.terms, c.size, c.loved, c.ended_at, {MINE} AS mine,
  (SELECT jsonb_agg(friend.face) FROM (
    SELECT {FACE_JSON} AS face FROM discovery_communitymember m
    JOIN people_follow w ON w.followee_id = m.profile_id AND w.follower_id = %(me)s
    JOIN people_profile f ON f.id = m.profile_id AND NOT f.is_suspended
    LEFT JOIN media_picture fa ON fa.id = f.avatar_id
    WHERE m.community_id = c.id AND m.how = 'joined' AND {NO_BLOCK}
    ORDER BY m.at DESC LIMIT 3) friend)
FROM discovery_community c
"""

ALL = f"""
SELECT * FROM ({VIEW} WHERE c.ended_at IS NULL OR EXISTS (
  SELECT 1 FROM discovery_communitymember m
  WHERE m.community_id = c.id AND m.profile_id = %(me)s AND m.how = 'joined')) shown
ORDER BY ended_at IS NOT NULL, array_position(ARRAY['joined', 'found'], mine::text), size DESC, id
LIMIT {MOST}
"""

# Each product's acts are read once, whatever the number of communities that ask for it.
LOVED = f"""
WITH asked AS MATERIALIZED (
  SELECT * FROM unnest(%(communities)s::bigint[], %(products)s::bigint[])
    AS pair(community_id, product_id)
), told AS MATERIALIZED (
  SELECT m.community_id, s.* FROM (SELECT DISTINCT product_id FROM asked) wanted
  JOIN discovery_signal s ON s.product_id = wanted.product_id AND s.actor_id <> %(without)s
    AND s.audience = 'everyone' AND NOT s.forgotten
  JOIN discovery_communitymember m ON m.profile_id = s.actor_id AND m.how <> 'left'
  JOIN asked ON asked.community_id = m.community_id AND asked.product_id = s.product_id
)
SELECT s.community_id, s.product_id, count(DISTINCT s.actor_id) FROM told s
JOIN people_profile f ON f.id = s.actor_id AND {TAKES_PART}
WHERE {PUBLIC} AND {NO_BLOCK}
GROUP BY 1, 2 HAVING count(DISTINCT s.actor_id) >= {FEWEST}
"""

MY_ACTS = f"""
SELECT s.product_id, max(s.at) AS at FROM discovery_signal s
JOIN people_profile f ON f.id = s.actor_id AND {TAKES_PART}
JOIN catalog_product p ON p.id = s.product_id AND p.status = 'active'
WHERE s.actor_id = %(me)s AND {PUBLIC}
GROUP BY s.product_id ORDER BY at DESC, s.product_id LIMIT 200
"""

MEMBERS = f"""
SELECT {FACE_JSON}, f.bio,
  EXISTS (SELECT 1 FROM people_follow x WHERE x.follower_id = %(me)s AND x.followee_id = f.id),
  f.id = %(me)s, m.at, m.id
FROM discovery_communitymember m
JOIN people_profile f ON f.id = m.profile_id AND NOT f.is_suspended
LEFT JOIN media_picture fa ON fa.id = f.avatar_id
WHERE m.community_id = %(community)s AND m.how = 'joined' AND (m.at, m.id) < (%(at)s, %(id)s)
  AND {NO_BLOCK}
ORDER BY m.at DESC, m.id DESC LIMIT %(most)s
"""


def communities_for(actor: Actor) -> list[CommunityView]:
    """All that live, the actor's own first, then the largest; then those they joined that ended."""
    return [_view(row) for row in _rows(ALL, {"me": actor.profile_id or 0})]


def view_of(actor: Actor, community: Community) -> CommunityView:
    """One of them; the caller has asked ``access.community_for`` before."""
    params = {"me": actor.profile_id or 0, "id": community.pk}
    return _view(_rows(f"{VIEW} WHERE c.id = %(id)s", params)[0])


def loved_in(
    actor: Actor, communities: Sequence[CommunityView], each: int
) -> Mapping[int, list[Shared]]:
    """What is loved in each community, the most its own first, by at least three people of it whose
    acts are public now and whom the actor may know of.

    Only as many are asked about as are shown, and further ones, twice as many each time, where some
    were hidden since the last renewal: mostly one query.
    """
    found: dict[int, list[Shared]] = {one.id: [] for one in communities}
    start, end = 0, each
    while asked := [
        (one.id, product)
        for one in communities
        if len(found[one.id]) < each
        for product in one.loved[start:end]
    ]:
        people = _shared(actor, asked, without=0)
        for key, product in asked:
            if (key, product) in people and len(found[key]) < each:
                found[key].append(Shared(product, people[key, product]))
        start, end = end, 2 * end
    return found


def placed_by(actor: Actor, community: CommunityView, most: int = 6) -> list[Shared]:
    """The actor's own public acts, those that the most others of the community share first."""
    mine = [product for product, _at in _rows(MY_ACTS, {"me": actor.profile_id or 0})]
    others = _shared(actor, [(community.id, product) for product in mine], actor.profile_id or 0)
    shared = [Shared(product, others.get((community.id, product), 0)) for product in mine]
    return sorted(shared, key=lambda one: -one.people)[:most]


def joined_members(
    actor: Actor, community: CommunityView, after: Cursor | None = None, most: int = PAGE_SIZE
) -> Page[FollowRow]:
    """Who joined, the latest first; nobody for someone who is not signed in."""
    if actor.profile_id is None:
        return Page([])
    place = {"at": after.at if after else "infinity", "id": after.id if after else 0}
    rows = _rows(
        MEMBERS, {"me": actor.profile_id, "community": community.id, "most": most + 1, **place}
    )
    shown = [FollowRow(face_from(_json(r[0])), *r[1:5]) for r in rows[:most]]
    last = rows[most - 1] if len(rows) > most else None
    return Page(shown, Cursor(last[4], last[5]).token() if last else None)


def _shared(
    actor: Actor, asked: Sequence[tuple[int, int]], without: int
) -> dict[tuple[int, int], int]:
    if not asked:
        return {}
    params = {
        "communities": [key for key, _product in asked],
        "products": [product for _key, product in asked],
        "without": without,
        "me": actor.profile_id or 0,
    }
    return {(key, product): people for key, product, people in _rows(LOVED, params)}


def _view(row: tuple[Any, ...]) -> CommunityView:
    key, slug, name, given, terms, size, loved, ended_at, mine, friends = row
    return CommunityView(
        id=key,
        slug=slug,
        name=name,
        given_name=given,
        terms=tuple(term["text"] for term in _json(terms)),
        size=size,
        loved=tuple(_json(loved)),
        ended_at=ended_at,
        mine=mine,
        friends=tuple(face_from(face) for face in _json(friends) or ()),
    )


def _rows(sql: str, params: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value
