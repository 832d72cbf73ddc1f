"""The feed under three ways of serving: ``make bench-server``; docs/adr/0002 quotes it.

The same granian, the same number of processes and threads, the same requests, alternating rounds.
"""

import argparse
import contextlib
import json
import statistics
from dataclasses import dataclass

from bench.load import Round, load
from bench.pages import asks_of, seeded
from bench.serve import SITE, serving

ASGI = "bench.asgi:application"
POOLED = {"DJANGO_SETTINGS_MODULE": "bench.pooled_settings"}
WAYS = {
    "wsgi_threads": (SITE, {}, "wsgi"),
    "wsgi_in_asgi": (ASGI, {"BENCH_ASGI": "mounted"}, "asgi"),
    "django_asgi": (ASGI, {"BENCH_ASGI": "native", **POOLED}, "asgi"),
}


@dataclass(frozen=True, slots=True)
class Seen:
    """A round, and the processor time that a page took, in milliseconds."""

    round: Round
    cpu_ms: float


def measure(url: str, rounds: int, seconds: float) -> dict[str, list[Seen]]:
    """The rounds of each way; the first one, which warms up, is left out."""
    asks = asks_of(url)["feed"]
    seen: dict[str, list[Seen]] = {name: [] for name in WAYS}
    with contextlib.ExitStack() as stack:
        servers = {
            name: stack.enter_context(serving(target, url, environment, interface))
            for name, (target, environment, interface) in WAYS.items()
        }
        for number in range(rounds + 1):
            for name, server in servers.items():
                before = server.cpu_seconds()
                one = load(server.port, asks, seconds=seconds)
                cpu = 1000 * (server.cpu_seconds() - before) / len(one.latencies_ms)
                if number:
                    seen[name].append(Seen(one, cpu))
                    print(f"{name:14}{one.rps:8.1f}/s {cpu:8.1f} ms", flush=True)
    return seen


def summary(seen: list[Seen], first: list[Seen]) -> dict[str, float]:
    """Medians, and the ratio to ``first`` taken round by round."""
    latencies = sorted(ms for one in seen for ms in one.round.latencies_ms)
    ratios = [a.round.rps / b.round.rps for a, b in zip(seen, first, strict=True)]
    return {
        "rps": round(statistics.median(one.round.rps for one in seen), 1),
        "p50_ms": round(statistics.median(latencies), 1),
        "p99_ms": round(latencies[int(len(latencies) * 0.99)], 1),
        "cpu_ms": round(statistics.median(one.cpu_ms for one in seen), 1),
        "ratio": round(statistics.median(ratios), 2),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=float, default=4.0, help="of each round")
    options = parser.parse_args()
    seen = measure(seeded("small", 10_000, fresh=False), options.rounds, options.seconds)
    result = {name: summary(rounds, seen["wsgi_threads"]) for name, rounds in seen.items()}
    print(f"\n{'way':14}{'req/s':>8}{'p50 ms':>9}{'p99 ms':>9}{'CPU ms':>9}{'ratio':>7}")
    for name, one in result.items():
        figures = f"{one['rps']:8.1f}{one['p50_ms']:9.1f}{one['p99_ms']:9.1f}{one['cpu_ms']:9.1f}"
        print(f"{name:14}{figures}{one['ratio']:7.2f}")
    print(json.dumps(result))


if __name__ == "__main__":
    main()
