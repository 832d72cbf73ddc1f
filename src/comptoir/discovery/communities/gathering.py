"""What communities are found from: acts that anyone may know of, and who follows whom."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sp
from django.db import connection

from comptoir.discovery.live.assemble import trust_of
from comptoir.discovery.live.build import known_people
from comptoir.discovery.ranking.graph import Graph, Ints, graph

# For a signal ``s``: its act stands, is shown to everyone, and nobody gave anything for it. Its own
# row is asked, since what a signal remembers may be late.
PUBLIC = """
s.audience = 'everyone' AND NOT s.forgotten AND CASE s.kind
  WHEN 'kept' THEN EXISTS (SELECT 1 FROM reviews_keep act
    WHERE act.profile_id = s.actor_id AND act.product_id = s.product_id
      AND act.audience = 'everyone')
  WHEN 'recommended' THEN EXISTS (SELECT 1 FROM reviews_recommendation act
    WHERE act.profile_id = s.actor_id AND act.product_id = s.product_id
      AND act.audience = 'everyone' AND act.interest = '')
  WHEN 'bought' THEN EXISTS (SELECT 1 FROM posts_post act
    JOIN posts_producttag tag ON tag.post_id = act.id AND tag.product_id = s.product_id
    WHERE act.author_id = s.actor_id AND act.kind = 'purchase'
      AND act.audience = 'everyone' AND act.interest = '')
  ELSE FALSE END
"""

# Of the profile ``f``: a person who is not suspended and lets their acts be computed with.
TAKES_PART = """
f.kind = 'person' AND NOT f.is_suspended AND NOT EXISTS (
  SELECT 1 FROM discovery_tastepreference tp WHERE tp.profile_id = f.id AND NOT tp.personalised)
"""

ACTS = f"""
SELECT DISTINCT s.actor_id, s.product_id FROM discovery_signal s
JOIN people_profile f ON f.id = s.actor_id AND {TAKES_PART}
JOIN catalog_product p ON p.id = s.product_id AND p.status = 'active'
JOIN people_profile sp ON sp.id = p.shop_id AND NOT sp.is_suspended
WHERE {PUBLIC}
"""

FOLLOWS = """
SELECT w.follower_id, w.followee_id FROM people_follow w
JOIN people_profile f ON f.id = w.followee_id AND NOT f.is_suspended
JOIN people_profile b ON b.id = w.follower_id AND NOT b.is_suspended
"""

SHOPS = "SELECT p.id, p.shop_id FROM catalog_product p WHERE p.id = ANY(%(products)s)"

AT_A_TIME = 20_000


@dataclass(frozen=True, slots=True, eq=False)
class Town:
    """``graph`` with its keys: ``profiles`` by row, those followed too, ``products`` by column,
    and of each product its shop: ``shops``, by column (0 for a product that is gone)."""

    graph: Graph
    profiles: Ints
    products: Ints
    shops: Ints


def gather() -> Town:
    """Reads the public acts of people whom the place knows, and whom these follow.

    All public acts and all follows are read: 16 bytes each, then the matrices.
    """
    acts, follows = _pairs(ACTS, {}), _pairs(FOLLOWS, {})
    known = _known(follows)
    acts = acts[np.isin(acts[:, 0], known)]
    follows = follows[np.isin(follows[:, 0], acts[:, 0])]
    profiles = np.unique(np.concatenate([acts[:, 0], follows.ravel()]))
    products = np.unique(acts[:, 1])
    matrix = _matrix(
        np.searchsorted(profiles, acts[:, 0]),
        np.searchsorted(products, acts[:, 1]),
        (len(profiles), len(products)),
    )
    circles = _matrix(
        np.searchsorted(profiles, follows[:, 0]),
        np.searchsorted(profiles, follows[:, 1]),
        (len(profiles), len(profiles)),
    )
    return Town(graph(matrix, circles), profiles, products, _shops(products))


def _known(follows: Ints) -> Ints:
    """Keys of those whom the place knows: anybody may open accounts, and name a community by what
    they act on, but nobody can make others follow them."""
    keys = np.unique(follows)
    rows, columns = np.searchsorted(keys, follows[:, 0]), np.searchsorted(keys, follows[:, 1])
    seeds = np.searchsorted(keys, np.intersect1d(keys, known_people())).astype(np.int32)
    matrix = _matrix(rows, columns, (len(keys), len(keys)))
    return keys[trust_of(matrix, keys, np.zeros(len(keys), np.uint8), seeds) > 0]


def _shops(products: Ints) -> Ints:
    found = np.zeros(len(products), dtype=np.int64)
    rows = _pairs(SHOPS, {"products": products.tolist()})
    found[np.searchsorted(products, rows[:, 0])] = rows[:, 1]
    return found


def _pairs(sql: str, params: dict[str, Any]) -> Ints:
    """Rows of two keys, read some at a time."""
    parts = [np.empty((0, 2), dtype=np.int64)]
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql, params)
        while rows := cursor.fetchmany(AT_A_TIME):
            parts.append(np.array(rows, dtype=np.int64))
    return np.concatenate(parts)


def _matrix(rows: Ints, columns: Ints, shape: tuple[int, int]) -> "sp.csr_matrix[np.float64]":
    return sp.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=shape)
