"""Feed, product, search and purchase beside the machine's own ceiling: ``make bench-pages``.

Rounds of the site and of the ceiling alternate, and medians are taken: the machine is noisy.
"""

import argparse
import http.client
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from random import Random
from urllib.parse import quote_plus

import psycopg

from bench.load import Ask, Round, load
from bench.place import bench_database
from bench.purchase import measure_purchases
from bench.seed import seed
from bench.serve import COUNTED, SITE, Serving, serving
from bench.town import READERS, Town

CEILING = "bench.ceiling:application"
SEARCHES = ("bol bleu", "tasse", "écharpe laine", "savon", "carnet cuir", "lampe laiton", "gres")


@dataclass
class Figures:
    """The rounds of one page: of the site, of its ceiling, and its statements."""

    asks: list[Ask]
    site: list[Round] = field(default_factory=list)
    ceiling: list[Round] = field(default_factory=list)
    queries: int = 0

    def summary(self) -> dict[str, float]:
        latencies = sorted(ms for one in self.site for ms in one.latencies_ms)
        return {
            "rps": round(statistics.median(one.rps for one in self.site), 1),
            "ceiling_rps": round(statistics.median(one.rps for one in self.ceiling), 1),
            "p50_ms": round(statistics.median(latencies), 2),
            "p99_ms": round(latencies[int(len(latencies) * 0.99)], 2),
            "queries": self.queries,
        }


def seeded(name: str, posts: int, *, fresh: bool) -> str:
    """The URL of a town with that many posts, made if it is not there yet."""
    url = bench_database(name, fresh=fresh)
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT count(*) FROM people_profile").fetchone()
    if row == (0,):
        print(f"seeding {posts:,} posts …", flush=True)
        with psycopg.connect(url) as connection:
            seed(connection, Town(posts=posts))
    return url


def cookies(url: str, user_ids: Sequence[int]) -> list[str]:
    """Session cookies of those users."""
    env = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "comptoir.config.settings"}
    command = [sys.executable, "-m", "bench.sign_in", *map(str, user_ids)]
    done = subprocess.run(command, env=env, check=True, capture_output=True, text=True)
    found: list[str] = json.loads(done.stdout)
    return found


def asks_of(url: str) -> dict[str, list[Ask]]:
    """The requests of each page: sixteen readers, popular and rare products, several searches."""
    known, random = cookies(url, range(1, READERS + 1)), Random("products")
    products = [random.randint(1, Town().products) for _ in range(READERS)]
    searches = [quote_plus(SEARCHES[i % len(SEARCHES)]) for i in range(READERS)]
    return {
        "feed": [Ask("/", cookie) for cookie in known],
        "product": [Ask(f"/products/{p}", c) for p, c in zip(products, known, strict=True)],
        "search": [Ask(f"/search?q={q}", c) for q, c in zip(searches, known, strict=True)],
    }


def queries_of(serving_counted: Serving, asks: Sequence[Ask]) -> int:
    """The most statements that any of the pages takes."""
    most = 0
    connection = http.client.HTTPConnection("127.0.0.1", serving_counted.port)
    for ask in asks:
        connection.request("GET", ask.path, headers={"Cookie": ask.cookie})
        answer = connection.getresponse()
        answer.read()
        most = max(most, int(answer.headers["X-Queries"]))
    connection.close()
    return most


def ceiling_of(asks: Sequence[Ask]) -> dict[str, str]:
    """The environment of the ceiling: where the requests are that it shall learn."""
    with tempfile.NamedTemporaryFile("w", suffix=".json", delete=False) as file:
        json.dump([asdict(ask) for ask in asks], file)
    return {"BENCH_ASKS": file.name}


def measure_pages(url: str, rounds: int, seconds: float) -> tuple[dict[str, Figures], float]:
    """Every page in alternating rounds of site and ceiling; also the site's memory in MB."""
    pages = {name: Figures(asks) for name, asks in asks_of(url).items()}
    every = [ask for page in pages.values() for ask in page.asks]
    learned = ceiling_of(every)
    with serving(SITE, url) as site, serving(CEILING, url, learned) as ceiling:
        for number in range(rounds + 1):
            for name, page in pages.items():
                mine = load(site.port, page.asks, seconds=seconds)
                bare = load(ceiling.port, page.asks, seconds=seconds)
                if number:  # the first round warms caches and connections
                    page.site.append(mine)
                    page.ceiling.append(bare)
                    print(f"{name:8} {mine.rps:7.1f}/s, ceiling {bare.rps:7.1f}/s", flush=True)
        memory = site.memory_mb()
    Path(learned["BENCH_ASKS"]).unlink()
    with serving(COUNTED, url) as counted:
        for page in pages.values():
            page.queries = queries_of(counted, page.asks)
    return pages, memory


def feed_growth(small: str, large: str, rounds: int, seconds: float) -> list[tuple[float, float]]:
    """The feed's p50 in milliseconds over the small and the large town, round by round."""
    asks = [asks_of(url)["feed"] for url in (small, large)]
    with serving(SITE, small) as one, serving(SITE, large) as other:
        middles = [
            (
                statistics.median(load(one.port, asks[0], seconds=seconds).latencies_ms),
                statistics.median(load(other.port, asks[1], seconds=seconds).latencies_ms),
            )
            for _ in range(rounds + 1)
        ]
    return middles[1:]  # the first round warms caches and connections


def table(pages: dict[str, Figures]) -> None:
    print(
        f"\n{'page':10}{'req/s':>9}{'ceiling':>9}{'share':>7}{'p50 ms':>9}{'p99 ms':>9}{'SQL':>5}"
    )
    for name, page in pages.items():
        seen = page.summary()
        share = seen["rps"] / seen["ceiling_rps"]
        print(
            f"{name:10}{seen['rps']:9.1f}{seen['ceiling_rps']:9.1f}{share:7.0%}"
            f"{seen['p50_ms']:9.2f}{seen['p99_ms']:9.2f}{seen['queries']:5}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=4.0, help="of each round")
    parser.add_argument("--fresh", action="store_true", help="seed the towns anew")
    options = parser.parse_args()
    small = seeded("small", 10_000, fresh=options.fresh)
    large = seeded(f"of_{options.posts}", options.posts, fresh=options.fresh)
    pages, memory = measure_pages(large, options.rounds, options.seconds)
    grown = feed_growth(small, large, options.rounds, options.seconds)
    table(pages)
    few, many = (statistics.median(side) for side in zip(*grown, strict=True))
    growth = round(statistics.median(after / before for before, after in grown), 2)
    print(f"\nfeed p50: {few:.1f} ms over 10,000 posts, {many:.1f} ms over {options.posts:,}")
    print(f"it grows {growth} times (median of the rounds)")
    print(f"memory of the web processes: {memory:.0f} MB")
    bought = measure_purchases(options.rounds, options.seconds)
    share, statements = bought["share"], bought["queries"]
    print(f"purchases: {bought['per_s']}/s, {share:.1%} of pgbench, {statements} statements")
    result: dict[str, object] = {name: page.summary() for name, page in pages.items()}
    result["purchase"] = bought
    result["feed_growth"] = growth
    result["memory_mb"] = round(memory)
    print(json.dumps(result))


if __name__ == "__main__":
    main()
