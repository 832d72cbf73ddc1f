"""Complete orders of three lines beside pgbench on the same server: ``make bench-checkout``.

Over HTTP in two ways, and by calling the services; with 1, 8 and 32 clients, in rounds that
alternate with ``pgbench``'s tpcb-like transactions by as many. The worker delivers the events
meanwhile.

``look``: a guest who has chosen three things of a look opens the sheet of them, orders and pays by
a card that the sandbox bank accepts at once: two requests, and ``http_per_s``. ``basket``: a guest
puts three things into the basket first, one after the other: five requests.
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
WARM = 24  # orders of each buyer of the services before time is taken
WAYS = ("basket", "look", "service")
HEAD = f"{'clients':>7}{'pgbench/s':>11}" + "".join(f"{way + '/s':>11}{way:>9}" for way in WAYS)


@dataclass(frozen=True, slots=True)
class Rates:
    """Per second, a figure a round."""

    basket: list[float] = field(default_factory=list)
    look: list[float] = field(default_factory=list)
    service: list[float] = field(default_factory=list)
    pgbench: list[float] = field(default_factory=list)

    def take(self, pgbench: float, basket: float, look: float, service: float) -> None:
        """Adds the figures of a round."""
        self.pgbench.append(pgbench)
        self.basket.append(basket)
        self.look.append(look)
        self.service.append(service)

    def line(self, clients: int) -> str:
        ways = [f"{_median(getattr(self, way)):>11.1f}{self.share(way):>9.1%}" for way in WAYS]
        return f"{clients:>7}{_median(self.pgbench):>11.0f}{''.join(ways)}"

    def share(self, kind: str) -> float:
        """Orders for each of pgbench's transactions, round by round."""
        pairs = zip(getattr(self, kind), self.pgbench, strict=True)
        return _median([mine / theirs for mine, theirs in pairs])


def _median(values: list[float]) -> float:
    return statistics.median(values)


def by_services(url: str, clients: int, seconds: float) -> tuple[int, float]:
    """Orders done by ``clients`` who call the services, those before time was taken among them; and
    per second.

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
        name = f"{number} {os.urandom(8)!r}"
        plan = {"buyers": buyers, "seconds": seconds, "name": name, "warm": WARM}
        print(json.dumps(plan), file=process.stdin, flush=True)
    for process in started:
        process.stdout.readline()  # type: ignore[union-attr]
    for process in started:
        print("begin", file=process.stdin, flush=True)
    ended = [process.communicate()[0] for process in started]
    if any(process.returncode for process in started):
        raise RuntimeError("a buyer of the services failed")
    told = [json.loads(text) for text in ended]
    return WARM * clients + sum(one["done"] for one in told), sum(
        one["done"] / one["seconds"] for one in told
    )


def one_round(
    url: str, other: str, port: int, clients: int, seconds: float
) -> tuple[int, float, float, float, float]:
    """The orders that were done; per second: pgbench, by the basket, of a look, by services."""
    theirs = pgbench_tps(other, seconds, clients)
    basket, look = (
        purchases(port, url, seconds=seconds, buyers=clients, lines=LINES, look=way)
        for way in (False, True)
    )
    done, per_s = by_services(url, clients, seconds)
    return basket.done + look.done + done, theirs, basket.per_s, look.per_s, per_s


def measure(rounds: int, seconds: float) -> tuple[dict[int, Rates], int]:
    """The rates by number of clients, and the most statements of a purchase over HTTP.

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
            counts = [
                purchases(counted.port, url, seconds=2, buyers=2, lines=LINES, look=look)
                for look in (False, True)
            ]
        orders += sum(one.done for one in counts)
        with serving(SITE, url, UNLIMITED) as site:
            for number in range(rounds + 1):
                for clients in CLIENTS:
                    done, *found = one_round(url, other, site.port, clients, seconds)
                    orders += done
                    if number:  # the first one warms up
                        rates[clients].take(*found)
                if not number:
                    vacuum(url)
        check(url, orders, LINES)
    return rates, max(one.queries for one in counts)


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
        "http_per_s": round(_median(eight.look), 1),
        "basket_per_s": round(_median(eight.basket), 1),
        "service_per_s": round(_median(eight.service), 1),
        "pgbench_tps": round(_median(eight.pgbench), 1),
        "queries": queries,
        "http_share": round(eight.share("look"), 4),
        "basket_share": round(eight.share("basket"), 4),
        "service_share": round(eight.share("service"), 4),
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
