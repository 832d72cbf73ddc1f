"""What is written of the communities of a day; the caller holds the transaction."""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import count
from typing import Any

from django.db import connection

from comptoir.common import clock
from comptoir.common.accents import unaccented
from comptoir.discovery.communities.gathering import TAKES_PART
from comptoir.discovery.communities.naming import name_of
from comptoir.discovery.communities.portraits import Portrait
from comptoir.discovery.models import Community, CommunityMember

NAME_LONGEST = 80
SLUG_LONGEST = 70  # and a number after it

TODAY = """
WITH today AS (
  SELECT * FROM unnest(%(communities)s::bigint[], %(people)s::bigint[], %(near)s::float8[])
    AS t(community_id, profile_id, closeness))
"""
ELSEWHERE = """NOT EXISTS (SELECT 1 FROM today t
  WHERE t.community_id = m.community_id AND t.profile_id = m.profile_id)"""
FOUND_NO_MORE = f"""{TODAY}
DELETE FROM discovery_communitymember m WHERE m.how = 'found' AND {ELSEWHERE}
"""
JOINED_ALONE = f"""{TODAY}
UPDATE discovery_communitymember m SET closeness = 0
WHERE m.how = 'joined' AND m.closeness <> 0 AND {ELSEWHERE}
"""
# Who left stays gone; who was erased or switched it off in the meantime is not written at all.
FOUND = f"""{TODAY}
INSERT INTO discovery_communitymember AS m (community_id, profile_id, how, closeness, at)
SELECT t.community_id, t.profile_id, 'found', t.closeness, %(now)s
FROM today t JOIN people_profile f ON f.id = t.profile_id AND {TAKES_PART}
ON CONFLICT (profile_id, community_id) DO UPDATE SET closeness = excluded.closeness
WHERE m.how <> 'left' AND m.closeness <> excluded.closeness
"""
SIZES = """
UPDATE discovery_community c SET size = counted.people FROM (
  SELECT o.id, count(f.id) AS people FROM discovery_community o
  LEFT JOIN discovery_communitymember m ON m.community_id = o.id AND m.how <> 'left'
  LEFT JOIN people_profile f ON f.id = m.profile_id AND NOT f.is_suspended
  GROUP BY o.id) counted
WHERE counted.id = c.id AND counted.people <> c.size
"""


def create(portrait: Portrait, taken: Collection[str]) -> Community:
    """A community that was not there yesterday."""
    name, named = _name(portrait, taken)
    now = clock.now()
    return Community.objects.create(
        slug=_free_slug(name),
        name=name,
        terms=_told(portrait, named),
        loved=list(portrait.loved),
        found_at=now,
        renewed_at=now,
    )


def go_on(community: Community, portrait: Portrait, taken: Collection[str]) -> Community:
    """Yesterday's, as it is today. Its address stays for good; its name, while something of it
    still sets it apart."""
    named = tuple(term["key"] for term in community.terms if term["named"])
    if not set(named) & {one.term.key for one in portrait.apart}:
        community.name, named = _name(portrait, taken)
    community.terms = _told(portrait, named)
    community.loved = list(portrait.loved)
    community.renewed_at = clock.now()
    community.save(update_fields=["name", "terms", "loved", "renewed_at"])
    return community


def end(keys: Collection[int]) -> None:
    """Communities that are no more: who joined them is told by their page, nobody else is kept."""
    members = CommunityMember.objects.filter(community__in=keys)
    members.exclude(how=CommunityMember.How.JOINED).delete()
    members.update(closeness=0.0)
    Community.objects.filter(pk__in=keys).update(ended_at=clock.now(), loved=[])


def write_members(placed: Sequence[tuple[int, int, float]]) -> None:
    """(community, profile, closeness): who is found where today, and nobody anywhere else."""
    params: dict[str, Any] = {
        "communities": [community for community, _profile, _near in placed],
        "people": [profile for _community, profile, _near in placed],
        "near": [near for _community, _profile, near in placed],
        "now": clock.now(),
    }
    with connection.cursor() as cursor:
        for statement in (FOUND_NO_MORE, JOINED_ALONE, FOUND):
            cursor.execute(statement, params)


def settle() -> None:
    """Sizes: people found or joined who are not suspended."""
    with connection.cursor() as cursor:
        cursor.execute(SIZES)


def _name(portrait: Portrait, taken: Collection[str]) -> tuple[str, tuple[str, ...]]:
    name, named = name_of(portrait.apart, taken)
    return name[:NAME_LONGEST], named


def _told(portrait: Portrait, named: Collection[str]) -> list[dict[str, Any]]:
    return [
        {
            "kind": one.term.kind,
            "key": one.term.key,
            "text": one.term.text,
            "people": one.people,
            "strength": round(one.strength, 2),
            "named": one.term.key in named,
        }
        for one in portrait.apart
    ]


def _free_slug(name: str) -> str:
    slug = re.sub(r"[^a-z0-9]+", "-", unaccented(name).casefold()).strip("-")
    slug = slug[:SLUG_LONGEST].strip("-") or "community"
    return next(one for one in _numbered(slug) if not Community.objects.filter(slug=one).exists())


def _numbered(slug: str) -> Iterator[str]:
    yield slug
    for number in count(2):
        yield f"{slug}-{number}"
