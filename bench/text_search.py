"""Search at size beside tantivy: ``make bench-text-search ARGS="--products 1000000"``.

The same products and the same searches (one to three words of a product's title, some of them
typed to half), with facets: by ``find_products`` for somebody with a circle and for a visitor, and
by an index of tantivy with French stems, its best thousand and its counts by terms.
"""

import bench.ready  # noqa: F401, I001 (Django, before models)

import argparse
import json
import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

import psycopg
import tantivy
from django.db import connections

from bench import town
from bench.listings import fill_listings
from bench.place import bench_database
from bench.seed import advance_sequence, copy_rows, grounds
from bench.town import READERS, Town
from bench.wordy import Shelves
from comptoir.config.database import django_database
from comptoir.discovery.search import Wish, find_products, suggest
from comptoir.people.actor import ANYONE, Actor

FACETS = ("shop", "brand", "category", "price", "stock")
DOCUMENTS = """
SELECT product_id, p.title || ' ' || p.brand || ' ' || p.category, p.description, l.shop_id,
  p.brand, p.category, facets FROM discovery_listing l JOIN catalog_product p ON p.id = product_id
"""


def seeded(products: int, *, fresh: bool) -> str:
    """The URL of a town with so many products of many words."""
    url = bench_database(f"text_{products}", fresh=fresh)
    place = Town(people=20_000, shops=max(50, products // 200), products=products, posts=0)
    with psycopg.connect(url) as connection:
        if connection.execute("SELECT 1 FROM catalog_product LIMIT 1").fetchone():
            return url
        with connection.transaction():
            connection.execute("SET LOCAL session_replication_role = replica")
            connection.execute("SET LOCAL synchronous_commit = off")
            for table, columns, rows in grounds(place, "!"):
                if table == "catalog_product":
                    shelves = Shelves(products, place.shops, place.first_shop())
                    copy_rows(connection, table, columns, shelves.rows())
                elif table != "catalog_productpicture":
                    copy_rows(connection, table, columns, rows)
            follows = "id follower_id followee_id created_at"
            copy_rows(connection, "people_follow", follows, town.follows(place))
            acts = "id actor_id product_id kind audience at"
            copy_rows(connection, "discovery_signal", acts, town.signals(place))
            for table in ("catalog_product", "catalog_variant", "people_profile"):
                advance_sequence(connection, table)
        fill_listings(connection)
        connection.commit()
        connection.autocommit = True
        connection.execute("ANALYZE")
    return url


def searches(url: str, count: int) -> list[str]:
    """One to three words of a title; two in five end in the middle of the last."""
    random = Random("searches")
    with psycopg.connect(url) as connection:
        rows = connection.execute(
            "SELECT title FROM catalog_product WHERE id %% %s = 0 ORDER BY id LIMIT 5000", [37]
        ).fetchall()
    asked = []
    for _ in range(count):
        words = str(random.choice(rows)[0]).lower().split()
        taken = random.sample(words, min(len(words), random.choice((1, 1, 2, 2, 3))))
        if random.random() < 0.4 and len(taken[-1]) > 5:
            taken[-1] = taken[-1][: len(taken[-1]) - 2]
        asked.append(" ".join(taken))
    return asked


def timed(ask: Callable[[str], object], asked: Sequence[str]) -> list[float]:
    """Milliseconds of each search, sorted; the second of two passes."""
    taken: list[float] = []
    for _ in range(2):
        taken = []
        for words in asked:
            begun = time.perf_counter()
            ask(words)
            taken.append((time.perf_counter() - begun) * 1000)
    return sorted(taken)


class Rival:
    """A tantivy index of the same products, in a folder of its own."""

    def __init__(self, url: str) -> None:
        self.folder = tempfile.mkdtemp(prefix="tantivy-")
        schema = tantivy.SchemaBuilder().add_integer_field("id", stored=True, fast=True)
        for name in ("head", "text"):
            schema.add_text_field(name, tokenizer_name="french")
        for name in FACETS:
            schema.add_text_field(name, tokenizer_name="raw", fast=True)
        self.index = tantivy.Index(schema.build(), path=self.folder)
        self.index.register_tokenizer("french", _analyzer())
        writer = self.index.writer(300_000_000)
        for document in _documents(url):
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()
        self.searcher = self.index.searcher()
        self.counted = {n: {"terms": {"field": n, "size": 12}} for n in FACETS}

    def ask(self, words: str) -> None:
        query = self.index.parse_query(
            " ".join(f"+{word}" for word in words.split()),
            ["head", "text"],
            field_boosts={"head": 3.0},
            fuzzy_fields={},
        )
        self.searcher.search(query, 1000)
        self.searcher.aggregate(query, self.counted)

    def megabytes(self) -> float:
        return sum(path.stat().st_size for path in Path(self.folder).iterdir()) / 1e6

    def close(self) -> None:
        shutil.rmtree(self.folder)


def _analyzer() -> Any:
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    steps = (
        tantivy.Filter.lowercase(), tantivy.Filter.ascii_fold(), tantivy.Filter.stemmer("french"),
    )  # fmt: skip
    for step in steps:
        builder = builder.filter(step)
    return builder.build()


def _documents(url: str) -> Iterator[Any]:
    with psycopg.connect(url) as connection, connection.cursor("documents") as cursor:
        cursor.itersize = 20_000
        cursor.execute(DOCUMENTS)
        for product_id, head, text, shop, brand, category, facets in cursor:
            document = tantivy.Document(id=product_id)
            document.add_text("head", head)
            document.add_text("text", text)
            own = {"shop": str(shop), "brand": brand, "category": category}
            own |= dict(facet.split(":", 1) for facet in facets if facet[:5] in ("price", "stock"))
            for name, value in own.items():
                document.add_text(name, value)
            yield document


def middle_and_tail(taken: Sequence[float]) -> dict[str, float]:
    return {
        "p50_ms": round(statistics.median(taken), 2),
        "p90_ms": round(taken[int(len(taken) * 0.9)], 2),
        "p99_ms": round(taken[int(len(taken) * 0.99)], 2),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--products", type=int, default=20_000)
    parser.add_argument("--searches", type=int, default=200)
    parser.add_argument("--fresh", action="store_true", help="seed the town anew")
    options = parser.parse_args()
    url = seeded(options.products, fresh=options.fresh)
    os.environ["DATABASE_URL"] = url
    connections.settings["default"] |= django_database(url)
    asked = searches(url, options.searches)
    readers = [Actor(n, n, False) for n in range(1, READERS + 1)]
    turn = iter(readers * (3 * options.searches))
    result: dict[str, Any] = {"products": options.products}
    ways: dict[str, Callable[[str], object]] = {
        "circle": lambda words: find_products(next(turn), Wish(words)),
        "visitor": lambda words: find_products(ANYONE, Wish(words)),
        "suggest": lambda words: suggest(ANYONE, words),
    }
    for name, ask in ways.items():
        result[name] = middle_and_tail(timed(ask, asked))
        _told(name, result[name])
    begun = time.perf_counter()
    rival = Rival(url)
    result["tantivy_build_s"] = round(time.perf_counter() - begun, 1)
    result["tantivy_mb"] = round(rival.megabytes(), 1)
    result["tantivy"] = middle_and_tail(timed(rival.ask, asked))
    rival.close()
    _told("tantivy", result["tantivy"])
    print(json.dumps(result))


def _told(name: str, figures: dict[str, float]) -> None:
    columns = "".join(f"{key[:-3]:>6}{value:9.2f} ms" for key, value in figures.items())
    print(f"{name:10}{columns}", flush=True)


if __name__ == "__main__":
    main()
