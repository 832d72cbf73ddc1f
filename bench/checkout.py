"""Complete orders of three lines beside pgbench on the same server: ``make bench-checkout``.

Over HTTP (a guest puts three things into the basket, opens the sheet, orders and pays by a card
that the sandbox bank accepts at once), and by calling the services; with 1, 8 and 32 clients, in
rounds that alternate with ``pgbench``'s tpcb-like transactions by as many. The worker delivers the
events meanwhile.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
from dataclasses import dataclass, field

import psycopg

from bench.buyers import purchases
from bench.place import bench_database
from bench.purchase import SCALE, UNLIMITED, check, pgbench, pgbench_tps, vacuum, working
from bench.seed import seed
from bench.serve import COUNTED, SITE, serving
from bench.town import Town

CLIENTS = (1, 8, 32)
PROCESSES = 2
LINES = 3
HEAD = f"{'clients':>7} {'HTTP/s':>9} {'services/s':>11} {'pgbench':>9} {'HTTP':>7} {'services':>9}"


@dataclass(frozen=True, slots=True)
class Rates:
    """Per second, a figure a round."""

    http: list[float] = field(default_factory=list)
    service: list[float] = field(default_factory=list)
    pgbench: list[float] = field(default_factory=list)

    def line(self, clients: int) -> str:
        return (
            f"{clients:>7} {_median(self.http):>9.1f} {_median(self.service):>11.1f}"
            f" {_median(self.pgbench):>9.0f} {self.share('http'):>7.1%}"
            f" {self.share('service'):>9.1%}"
        )

    def share(self, kind: str) -> float:
        """Orders for each of pgbench's transactions, round by round."""
        pairs = zip(getattr(self, kind), self.pgbench, strict=True)
        return _median([mine / theirs for mine, theirs in pairs])


def _median(values: list[float]) -> float:
    return statistics.median(values)


def by_services(url: str, clients: int, seconds: float) -> tuple[int, float]:
    """Orders done by ``clients`` who call the services, and per second.

    Raises:
        RuntimeError: an order failed.
    """
    processes = min(PROCESSES, clients)
    shares = [clients // processes + (n < clients % processes) for n in range(processes)]
    env = {**os.environ, **UNLIMITED, "DATABASE_URL": url}
    command = [sys.executable, "-m", "bench.service_buyers"]
    started = [
        subprocess.Popen(command, env=env, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for _share in shares
    ]
    for process in started:  # each says that it is ready, and then all are told to begin
        process.stdout.readline()  # type: ignore[union-attr]
    for number, (process, buyers) in enumerate(zip(started, shares, strict=True)):
        plan = {"buyers": buyers, "seconds": seconds, "name": f"{number} {os.urandom(8)!r}"}
        print(json.dumps(plan), file=process.stdin, flush=True)
    ended = [process.communicate()[0] for process in started]
    if any(process.returncode for process in started):
        raise RuntimeError("a buyer of the services failed")
    told = [json.loads(text) for text in ended]
    return sum(one["done"] for one in told), sum(one["done"] / one["seconds"] for one in told)


def measure(rounds: int, seconds: float) -> tuple[dict[int, Rates], int]:
    """The rates by number of clients, and the statements of a purchase over HTTP.

    Raises:
        RuntimeError: an order, its stock or its mail is missing or too many.
    """
    url = bench_database("checkout", fresh=True)
    with psycopg.connect(url) as connection:
        seed(connection, Town(products=1_000, posts=2_000))
    other = bench_database("pgbench", fresh=True)
    pgbench("-i", "-q", "-s", str(SCALE), other)
    rates, orders = {clients: Rates() for clients in CLIENTS}, 0
    with working(url):
        with serving(COUNTED, url, UNLIMITED) as counted:
            warm = purchases(counted.port, url, seconds=2, buyers=2, lines=LINES)
        orders += warm.done
        with serving(SITE, url, UNLIMITED) as site:
            for number in range(rounds + 1):
                for clients in CLIENTS:
                    theirs = pgbench_tps(other, seconds, clients)
                    web = purchases(site.port, url, seconds=seconds, buyers=clients, lines=LINES)
                    done, per_s = by_services(url, clients, seconds)
                    orders += web.done + done
                    if number:  # the first one warms up
                        rates[clients].pgbench.append(theirs)
                        rates[clients].http.append(web.per_s)
                        rates[clients].service.append(per_s)
                if not number:
                    vacuum(url)
        check(url, orders, LINES)
    return rates, warm.queries


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=4.0, help="of each measurement")
    options = parser.parse_args()
    rates, queries = measure(options.rounds, options.seconds)
    print(HEAD)
    for clients, one in rates.items():
        print(one.line(clients))
    eight = rates[8]
    figures = {
        "http_per_s": round(_median(eight.http), 1),
        "service_per_s": round(_median(eight.service), 1),
        "pgbench_tps": round(_median(eight.pgbench), 1),
        "queries": queries,
        "http_share": round(eight.share("http"), 4),
        "service_share": round(eight.share("service"), 4),
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
