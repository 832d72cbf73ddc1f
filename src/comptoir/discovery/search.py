"""Search, first version: PostgreSQL's French text search, raised by acts of people one follows.

The engine behind this interface will grow; its callers only know ``search_products`` and
``search_profiles``.
"""

import json
import re
from typing import Any

from django.db import connection

from comptoir.catalog.cards import CARD_COLUMNS, CARD_JOINS, ProductCard, card_from
from comptoir.common import clock
from comptoir.common.accents import unaccented
from comptoir.discovery.standing import STANDS
from comptoir.people.actor import Actor
from comptoir.people.faces import FACE_JSON, Face, face_from
from comptoir.people.models.profile import NAME_DOCUMENT

LIMIT = 48
# Candidates are bounded so that a very common word costs no more than a rare one.
CANDIDATES = 2000

PRODUCTS = f"""
WITH matched AS (
  SELECT p.id, ts_rank_cd(p.search, query) AS relevance
  FROM catalog_product p, to_tsquery('french', %(query)s) query
  WHERE p.search @@ query AND p.status = 'active'
    AND NOT EXISTS (SELECT 1 FROM people_block b WHERE
      (b.blocker_id = %(me)s AND b.blocked_id = p.shop_id) OR
      (b.blocker_id = p.shop_id AND b.blocked_id = %(me)s))
  LIMIT {CANDIDATES}
), ranked AS (
  SELECT matched.id, matched.relevance * (1 + ln(1 + coalesce(circle.acts, 0))) AS score
  FROM matched LEFT JOIN (
    SELECT s.product_id, count(DISTINCT s.actor_id) AS acts
    FROM discovery_signal s
    JOIN people_follow w ON w.followee_id = s.actor_id AND w.follower_id = %(me)s
    JOIN people_profile f ON f.id = s.actor_id AND NOT f.is_suspended
    WHERE s.product_id IN (SELECT id FROM matched) AND {STANDS}
    GROUP BY s.product_id) circle ON circle.product_id = matched.id
  ORDER BY score DESC, matched.id DESC LIMIT {LIMIT}
)
SELECT {CARD_COLUMNS} FROM ranked JOIN catalog_product p ON p.id = ranked.id {CARD_JOINS}
ORDER BY ranked.score DESC, p.id DESC
"""

PROFILES = f"""
WITH matched AS (
  SELECT id FROM people_profile f
  WHERE {NAME_DOCUMENT.format(row="f.")} @@ to_tsquery('simple', %(query)s) LIMIT {CANDIDATES}
)
SELECT {FACE_JSON} FROM matched JOIN people_profile f ON f.id = matched.id AND NOT f.is_suspended
LEFT JOIN media_picture fa ON fa.id = f.avatar_id
WHERE NOT EXISTS (SELECT 1 FROM people_block b WHERE
  (b.blocker_id = %(me)s AND b.blocked_id = f.id) OR
  (b.blocker_id = f.id AND b.blocked_id = %(me)s))
ORDER BY (f.handle = %(exact)s) DESC, f.kind DESC, f.id LIMIT 8
"""


def text_query(words: str) -> str:
    """A tsquery: all words must match, the last one as a prefix. '' when there is no word.

    A single letter is no prefix: it begins a tenth of the dictionary.
    """
    found = re.findall(r"\w+", unaccented(words).lower())[:12]
    if not found:
        return ""
    return " & ".join([*found[:-1], f"{found[-1]}:*" if len(found[-1]) > 1 else found[-1]])


def search_products(actor: Actor, words: str) -> list[ProductCard]:
    """Up to 48 products that match, by relevance × what one's circle says."""
    query = text_query(words)
    if not query:
        return []
    params: dict[str, Any] = {"query": query, "me": actor.profile_id or 0, "now": clock.now()}
    with connection.cursor() as cursor:
        cursor.execute(PRODUCTS, params)
        return [card_from(row) for row in cursor.fetchall()]


def search_profiles(actor: Actor, words: str) -> list[Face]:
    """Up to 8 people and shops whose name and handle have these words, the last one begun."""
    query = text_query(words)
    if not query:
        return []
    exact = unaccented(words).lower().strip().removeprefix("@")
    params: dict[str, Any] = {"query": query, "exact": exact, "me": actor.profile_id or 0}
    with connection.cursor() as cursor:
        cursor.execute(PROFILES, params)
        return [face_from(_json(row[0])) for row in cursor.fetchall()]


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value
