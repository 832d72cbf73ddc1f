"""How fast the ranking answers in a large place, and how fresh: ``make bench-discovery-speed``.

A made-up social graph in PostgreSQL, and one of a tenth of its size to see how the cost grows. The
first run makes and fills both and keeps them; ``--fresh`` begins again. ``--keep`` makes no
snapshot anew that is there, and says what it took when it was made. ``--divide 10`` measures a
place of a tenth of the size against one of a hundredth.
"""

import argparse
import json
from dataclasses import asdict
from typing import Any

from bench import served_place
from bench.freshness import freshness
from bench.served_place import Served
from bench.social_graph import Size
from bench.social_place import social_place
from comptoir.config.paths import var_dir

Figures = dict[str, Any]
GROWING = ("p50_ms", "p99_ms", "cpu_p50_ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--divide", type=int, default=1, help="a place so many times smaller")
    parser.add_argument("--fresh", action="store_true", help="fill the places anew")
    parser.add_argument("--keep", action="store_true", help="use the snapshots that are there")
    parser.add_argument("--asked", type=int, default=2_000, help="people who ask in each place")
    parser.add_argument("--seconds", type=float, default=10.0, help="of each round over HTTP")
    parser.add_argument("--rate", type=int, default=100, help="acts a second")
    parser.add_argument("--acting", type=int, default=30, help="seconds of acting")
    options = parser.parse_args()
    print(json.dumps(measured(Size().divided(options.divide), options)))


def measured(size: Size, options: argparse.Namespace) -> Figures:
    """All figures of a place of that size; printed as they are found."""
    small = _served(size.divided(10), options.fresh)
    _told(f"snapshot of {small.people:,} people", served_place.build(small, keep=options.keep))
    _told("read into memory", served_place.remembered(small))
    few = _told(f"asked of {small.people:,} people", served_place.asked(small, options.asked))
    large = _served(size, options.fresh)
    built = _told(
        f"snapshot of {large.people:,} people", served_place.build(large, keep=options.keep)
    )
    _told("read into memory", served_place.remembered(large))
    many = _told(f"asked of {large.people:,} people", served_place.asked(large, options.asked))
    growth = {name: round(many[name] / few[name], 2) for name in GROWING}
    _told("growth from the tenth to the whole", growth)
    over_http = served_place.over_http(large, options.seconds)
    for way, figures in over_http.items():
        _told(f"over HTTP, {way}", figures)
    fresh = freshness(large.environment, large.graph, rate=options.rate, seconds=options.acting)
    _told("freshness", asdict(fresh))
    rival = _told("implicit's iALS", served_place.rival(size, var_dir()))
    return {
        "p50_ms": many["p50_ms"],
        "p99_ms": many["p99_ms"],
        "search_p50_ms": many["search_p50_ms"],
        "http_rps": over_http["data"]["rps"],
        "http_page_rps": over_http["page"]["rps"],
        "bytes_per_act": round(built["bytes"] / built["acts"], 1),
        "build_s": built["build_s"],
        "fresh_p99_ms": fresh.p99_ms,
        "ials_p50_ms": rival["ials_p50_ms"],
        "growth": growth["p50_ms"],
        "queries": many["queries"],
    }


def _served(size: Size, fresh: bool) -> Served:
    place = social_place(size, var_dir(), fresh=fresh)
    _told(f"{size.people:,} people, {size.acts:,} acts: filled in seconds", place.seconds)
    return served_place.served(place, size, var_dir())


def _told(what: str, figures: Figures) -> Figures:
    print(f"{what}: {json.dumps(figures)}", flush=True)
    return figures


if __name__ == "__main__":
    main()
