"""Complete orders of three lines beside pgbench on the same server: ``make bench-checkout``.

Over HTTP in two ways, and by calling the services; with 1, 8 and 32 clients. Before and after each
way come ``pgbench``'s tpcb-like transactions by as many clients, and a way's share is of the mean
of the two: a machine that others share changes its pace within seconds. The worker delivers the
events meanwhile.

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
    """Per second, a figure a round; ``peers``: pgbench's around each."""

    mine: dict[str, list[float]] = field(default_factory=lambda: {way: [] for way in WAYS})
    peers: dict[str, list[float]] = field(default_factory=lambda: {way: [] for way in WAYS})

    def take(self, round_: "Round") -> None:
        """Adds the figures of a round."""
        for place, way in enumerate(WAYS):
            self.mine[way].append(round_.mine[place])
            self.peers[way].append(statistics.mean(round_.pgbench[place : place + 2]))

    @property
    def pgbench(self) -> float:
        return _median([rate for way in WAYS for rate in self.peers[way]])

    def line(self, clients: int) -> str:
        ways = [f"{_median(self.mine[way]):>11.1f}{self.share(way):>9.1%}" for way in WAYS]
        return f"{clients:>7}{self.pgbench:>11.0f}{''.join(ways)}"

    def share(self, way: str) -> float:
        """Orders for each of pgbench's transactions around them, round by round."""
        pairs = zip(self.mine[way], self.peers[way], strict=True)
        return _median([mine / theirs for mine, theirs in pairs])


@dataclass(frozen=True, slots=True)
class Round:
    """The orders that were done; rates of each way, and pgbench's before, between and after."""

    done: int
    mine: list[float]
    pgbench: list[float]


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


def one_round(url: str, other: str, port: int, clients: int, seconds: float) -> Round:
    """Each way once, between transactions of pgbench."""
    orders, mine, theirs = 0, list[float](), [pgbench_tps(other, seconds, clients)]
    for way in WAYS:
        done, per_s = in_way(way, url, port, clients, seconds)
        orders += done
        mine.append(per_s)
        theirs.append(pgbench_tps(other, seconds, clients))
    return Round(orders, mine, theirs)


def in_way(way: str, url: str, port: int, clients: int, seconds: float) -> tuple[int, float]:
    """Orders done in that way, and per second."""
    if way == "service":
        return by_services(url, clients, seconds)
    many = purchases(port, url, seconds=seconds, buyers=clients, lines=LINES, look=way == "look")
    return many.done, many.per_s


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
                    found = one_round(url, other, site.port, clients, seconds)
                    orders += found.done
                    if number:  # the first one warms up
                        rates[clients].take(found)
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
        "http_per_s": round(_median(eight.mine["look"]), 1),
        "basket_per_s": round(_median(eight.mine["basket"]), 1),
        "service_per_s": round(_median(eight.mine["service"]), 1),
        "pgbench_tps": round(eight.pgbench, 1),
        "queries": queries,
        "http_share": round(eight.share("look"), 4),
        "basket_share": round(eight.share("basket"), 4),
        "service_share": round(eight.share("service"), 4),
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
