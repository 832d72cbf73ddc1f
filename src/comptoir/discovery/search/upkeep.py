"""What search derives: words of the shelves, what is loved, prices that changed by themselves.

All of it can be made anew from the truth at any time; each step may be repeated.
"""

from collections.abc import Sequence
from datetime import timedelta

import numpy as np
from django.db import connection

from comptoir.catalog.services.asked_prices import ask_again, asked
from comptoir.common import clock
from comptoir.common.alone import alone_at
from comptoir.discovery.live.engine import ENGINE
from comptoir.discovery.models import Listing
from comptoir.discovery.search.spelling import count_spellings, learn_names
from comptoir.discovery.search.words import words_counted

# The most loved, and those after them: common words are looked for among these first.
FIRST_TIER = 20_000
SECOND_TIER = 120_000
BATCH = 1000
# Longer than any import's transaction is open.
RECENT = timedelta(minutes=30)

# The words of titles, brands and categories, as they are written; of shops in sight.
TEXTS = """
SELECT to_tsvector('simple',
  discovery_spelling(p.title || ' ' || p.brand || ' ' || p.category))
FROM discovery_listing l JOIN catalog_product p ON p.id = l.product_id
JOIN people_profile sp ON sp.id = l.shop_id AND NOT sp.is_suspended
"""
COUNTED = (
    words_counted("{texts}")
    + """, counted AS (
  SELECT word, sum(documents)::int AS products,
    (array_agg(shown ORDER BY documents DESC, shown))[1] AS shown
  FROM (SELECT discovery_plain(words.word) AS word, words.word AS shown, documents
    FROM words WHERE length(words.word) BETWEEN 2 AND 40) spelled
  GROUP BY word
)
"""
)
ALL_WORDS = f"""
{COUNTED}, gone AS (
  DELETE FROM discovery_word old WHERE NOT EXISTS (
    SELECT 1 FROM counted WHERE counted.word = old.word)
)
INSERT INTO discovery_word AS was (word, products, shown)
SELECT word, products, shown FROM counted ORDER BY word
ON CONFLICT (word) DO UPDATE SET products = excluded.products, shown = excluded.shown
WHERE (was.products, was.shown) IS DISTINCT FROM (excluded.products, excluded.shown)
""".replace("{texts}", TEXTS)
NEW_WORDS = f"""
{COUNTED}
INSERT INTO discovery_word (word, products, shown)
SELECT word, products, shown FROM counted ORDER BY word ON CONFLICT (word) DO NOTHING
""".replace("{texts}", f"{TEXTS} WHERE l.listed_at > %(since)s")

# By how many people, as the ranking counts them: each as far as the place knows them, and an act
# that was taken back or narrowed not at all.
LOVED = f"""
WITH loved AS (
  SELECT * FROM unnest(%(products)s::bigint[], %(people)s::int[]) counted(product_id, people)
), ranked AS (
  SELECT l.product_id, l.loved AS was_loved, l.tier AS was_tier, coalesce(loved.people, 0) AS loved,
    row_number() OVER (ORDER BY coalesce(loved.people, 0) DESC, l.product_id DESC) AS place
  FROM discovery_listing l LEFT JOIN loved USING (product_id)
), tiered AS (
  SELECT *, CASE WHEN place <= {FIRST_TIER} THEN 0 WHEN place <= {SECOND_TIER} THEN 1
    ELSE 2 END AS tier FROM ranked
)
SELECT product_id, loved, tier FROM tiered
WHERE (loved, tier) IS DISTINCT FROM (was_loved, was_tier) ORDER BY product_id
"""
WRITE_LOVED = """
UPDATE discovery_listing l SET loved = n.loved, tier = n.tier
FROM unnest(%s::bigint[], %s::int[], %s::smallint[]) n(product_id, loved, tier)
WHERE l.product_id = n.product_id
"""


def count_words() -> None:
    """Every word of the shelves with how many products have it, and the words of names and posts;
    those of none leave."""
    with connection.cursor() as cursor:
        cursor.execute(ALL_WORDS)
    count_spellings()


def learn_words() -> None:
    """The words of what was listed in the last half hour, and of who came, if they are new."""
    since = clock.now() - RECENT
    with connection.cursor() as cursor:
        cursor.execute(NEW_WORDS, {"since": since})
    learn_names(since)


def count_loved() -> int:
    """How many people love each product, and its tier; returns how many rows changed.

    Without a snapshot, a large place knows little yet: what was counted before stays. A thousand
    rows are written at a time, each in its own transaction: a row that is being written keeps a
    change of its product waiting.
    """
    if ENGINE.condition().base == "changes":
        return 0
    products, people = _loved()
    with connection.cursor() as cursor:
        cursor.execute(LOVED, {"products": products, "people": people})
        rows = cursor.fetchall()
        for start in range(0, len(rows), BATCH):
            columns = zip(*rows[start : start + BATCH], strict=True)
            cursor.execute(WRITE_LOVED, [list(column) for column in columns])
    return len(rows)


def _loved() -> tuple[list[int], list[int]]:
    """Keys of the products that anybody loves, and by how many people."""
    place = ENGINE.ranker().place
    people = np.rint(place.counts).astype(np.int32)
    rows = np.flatnonzero(people > 0).astype(np.int32)
    return place.products.ids(rows), people[rows].tolist()


def relist_due() -> int:
    """Lists anew what had a sale begin or end, and what is under an announced percentage whose
    price may have changed; returns how many products."""
    due = Listing.objects.filter(due_at__lte=clock.now()).order_by("due_at")[:BATCH]
    ids = list(due.values_list("product_id", flat=True))
    if ids:
        _list(ids)
    return len(ids) + _relist_announced()


def _relist_announced() -> int:
    """Of two at a time, the slower one would write what it read before the other."""
    listed = 0
    with alone_at("discovery.relist_announced") as alone:
        while alone and (again := ask_again()) is not None:
            _list(again.product_ids)
            asked(again)
            listed += len(again.product_ids)
    return listed


def _list(ids: Sequence[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT discovery_list(%s::bigint[])", [list(ids)])


def list_everything(*, batch: int = 20_000) -> None:
    """Lists all products anew, for when rows were written past the triggers (a bulk load)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM catalog_product")
        last: int = cursor.fetchone()[0]
        for start in range(0, last + 1, batch):
            cursor.execute(
                "SELECT discovery_list(array_agg(id)) FROM catalog_product"
                " WHERE id > %s AND id <= %s",
                [start, start + batch],
            )
