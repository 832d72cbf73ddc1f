"""Products that match a text query, in one statement: the best of them, scored, with their facets.

At most 2,000 are looked at, whatever the query, and they are the most relevant: what one's circle
speaks for, then those that match in title, brand and category, the most loved first (by tiers, each
with an index of its own), then those that match in the description. Each step begins only when the
ones before did not fill the bound. Where fewer than so many are likely to match at all, all of them
are read at once, in no order of steps: what is found is the same.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import connection

from comptoir.discovery.models.listing import TIERS
from comptoir.discovery.search.circle import NEAREST, NOBODY, WEIGHED, Circle
from comptoir.discovery.search.facets import FACETS, Choice
from comptoir.people.actor import Actor

MOST = 2000
# Where so many or fewer are likely to match, as words that know nothing of each other would.
FEW = 1000
FACET_VALUES = 12
# ts_rank_cd's weights of D, C, B, A: nothing, nothing, brand and category, title.
WEIGHTS = "ARRAY[0.1, 0.1, 0.3, 1]::real[]"
# What only its description speaks for, beside about 0.3 to 1 for a title.
BY_TEXT_ALONE = "0.03"

# Another product of the same relevance counts half as much again when sixty people love it. What
# says the very words comes before what only begins so.
LOVED = "(1 + 0.12 * ln(1 + l.loved))"
BY_HEAD = f"""
ts_rank_cd({WEIGHTS}, l.head, %(query)s::tsquery, 1) * {LOVED}
  * CASE WHEN l.head @@ %(exact)s::tsquery THEN 2 ELSE 1 END
"""
BRANCH = """
SELECT l.product_id, l.shop_id, {score} AS score, l.facets FROM discovery_listing l
WHERE {where} AND l.shop_id <> ALL(ARRAY(SELECT id FROM hidden)) {narrowed}
"""
# Shops out of sight are few: suspended, or blocked either way.
HIDDEN = """
hidden AS MATERIALIZED (
  SELECT id FROM people_profile WHERE is_suspended AND kind = 'shop'
  UNION ALL SELECT blocked_id FROM people_block WHERE blocker_id = %(me)s
  UNION ALL SELECT blocker_id FROM people_block WHERE blocked_id = %(me)s
)
"""
NEAR = "l.product_id = ANY(%(near)s)"
# ``whole`` is asked through its index alone: ranking by it would read three times as much.
OF_CIRCLE = f"{NEAR} AND l.head @@ %(query)s::tsquery"
BY_TITLE = f"l.tier = {{tier}} AND l.head @@ %(query)s::tsquery AND NOT {NEAR}"
BY_TEXT = "l.tier = {tier} AND l.whole @@ %(query)s::tsquery AND NOT l.head @@ %(query)s::tsquery"
ALL = "l.tier = {tier} AND l.whole @@ %(query)s::tsquery"
BY_EITHER = f"""
CASE WHEN l.head @@ %(query)s::tsquery THEN {BY_HEAD} ELSE {BY_TEXT_ALONE} * {LOVED} END
"""
FOUND = f"""
WITH {HIDDEN}, matched AS MATERIALIZED (
  SELECT best.product_id, best.score, CASE WHEN s.status = 'open' THEN best.facets
    ELSE array_remove(best.facets, 'stock:1') END AS facets
  FROM (SELECT * FROM ({{branches}}) one_of LIMIT {MOST}) best
  JOIN shops_shop s ON s.profile_id = best.shop_id {{selling}}
), counted AS (
  SELECT facet, count(*) AS n FROM matched, unnest(facets) facet GROUP BY facet
), placed AS (
  SELECT facet, n, row_number() OVER (
    PARTITION BY split_part(facet, ':', 1) ORDER BY n DESC, facet) AS place FROM counted
)
SELECT array_agg(product_id ORDER BY score DESC, product_id DESC),
  array_agg(score ORDER BY score DESC, product_id DESC),
  (SELECT jsonb_agg(jsonb_build_array(facet, n, CASE WHEN facet LIKE 'shop:%%' THEN
      (SELECT name FROM people_profile WHERE id = substr(facet, 6)::bigint) END)
      ORDER BY n DESC, facet)
    FROM placed WHERE place <= {FACET_VALUES} OR facet = ANY(%(chosen)s))
FROM matched
"""
# A few of the best, for a list that comes while one types.
GLANCE = f"""
WITH {HIDDEN}
SELECT product_id FROM (SELECT * FROM ({{branches}}) best LIMIT 100) few
ORDER BY score DESC, product_id DESC LIMIT %(most)s
"""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Products by score, best first; ``counts``: rows (facet key, how many, shop's name or None).

    ``full``: there are as many as are looked at, and there may be more.
    """

    ids: Sequence[int]
    scores: Sequence[float]
    counts: Sequence[Sequence[Any]]

    @property
    def full(self) -> bool:
        return len(self.ids) >= MOST


@dataclass(frozen=True, slots=True)
class Asked:
    """A text query (tsquery texts), what narrows it, and the circle of who asks.

    ``only_near``: only what the circle speaks for; ``likely``: about how many products match.
    """

    query: str
    exact: str
    choice: Choice
    circle: Circle = NOBODY
    only_near: bool = False
    likely: float = math.inf


@cache
def _branches(facets: tuple[str, ...], *, only_near: bool) -> str:
    """The steps, for choices of these facets."""
    by_head = [OF_CIRCLE] + [BY_TITLE.format(tier=t) for t in TIERS if not only_near]
    by_text = [BY_TEXT.format(tier=t) + (f" AND {NEAR}" if only_near else "") for t in TIERS]
    scored = [(where, BY_HEAD) for where in by_head]
    scored += [(where, f"{BY_TEXT_ALONE} * {LOVED}") for where in by_text]
    return _united(scored, facets)


@cache
def _all_at_once(facets: tuple[str, ...]) -> str:
    """What matches anywhere, for choices of these facets."""
    return _united([(ALL.format(tier=tier), BY_EITHER) for tier in TIERS], facets)


def _united(scored: Sequence[tuple[str, str]], facets: tuple[str, ...]) -> str:
    narrowed = "".join(f" AND l.facets && %({name})s::text[]" for name in facets)
    steps = [
        f"({BRANCH.format(where=where, score=score, narrowed=narrowed)})" for where, score in scored
    ]
    return " UNION ALL ".join(steps)


def candidates(actor: Actor, asked: Asked) -> Candidates:
    """The matching products that the actor may know of."""
    facets = tuple(name for name in FACETS if asked.choice.values.get(name))
    if asked.likely <= FEW and not asked.only_near:
        found = _found(actor, asked, facets, _all_at_once(facets), ())
        if not found.full:
            return found
    near = asked.circle.nearest(WEIGHED if asked.only_near else NEAREST)
    return _found(actor, asked, facets, _branches(facets, only_near=asked.only_near), near)


def _found(
    actor: Actor, asked: Asked, facets: tuple[str, ...], branches: str, near: Sequence[int]
) -> Candidates:
    choice = asked.choice
    params = _params(actor, asked, near) | {
        "chosen": [key for name in facets for key in choice.keys(name)],
        **{name: choice.keys(name) for name in facets},
    }
    selling = "AND s.status = 'open'" if "stock" in facets else ""
    with connection.cursor() as cursor:
        cursor.execute(FOUND.format(branches=branches, selling=selling), params)
        ids, scores, counts = cursor.fetchone()
    counts = json.loads(counts) if isinstance(counts, str) else counts
    return Candidates(ids or (), scores or (), counts or ())


def first_matches(actor: Actor, asked: Asked, most: int) -> list[int]:
    """The best few of the first hundred that match; nothing narrows them."""
    with connection.cursor() as cursor:
        cursor.execute(
            GLANCE.format(branches=_branches((), only_near=False)),
            _params(actor, asked, ()) | {"most": most},
        )
        return [row[0] for row in cursor.fetchall()]


def _params(actor: Actor, asked: Asked, near: Sequence[int]) -> dict[str, Any]:
    return {
        "query": asked.query,
        "exact": asked.exact,
        "near": list(near),
        "me": actor.profile_id or 0,
    }
