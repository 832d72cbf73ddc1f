"""From an act to the ranking of one who follows its actor, in other processes.

One process acts through the services, the worker delivers the outbox, a third asks again and again.
"""

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from bench.social_graph import SocialGraph

SPARE = 4  # pairs drawn for each that is wanted: not everybody has a friend who speaks
EACH = 10  # products that a viewer is asked about
WORKER = ("default", "sales")
Act = tuple[int, int, int]  # place among the pairs, who acts, on what


@dataclass(frozen=True, slots=True)
class Freshness:
    """Milliseconds from the beginning of the act to the changed answer; acts a second, as done."""

    p50_ms: float
    p99_ms: float
    acts: int
    rate: float
    asked: int


def freshness(
    environment: Mapping[str, str], graph: SocialGraph, *, rate: int, seconds: int
) -> Freshness:
    """Keeps ``rate`` products a second for so long, and takes them out again at the end."""
    wanted = rate * seconds
    pairs = pairs_of(graph, wanted * SPARE)
    worker = _started(environment, "comptoir.config.cli", "worker", *WORKER)
    asker = _started(environment, "bench.fresh_ranking")
    try:
        assert asker.stdin is not None
        assert asker.stdout is not None
        asker.stdin.write(json.dumps(pairs) + "\n")
        asker.stdin.flush()
        spoken_to = json.loads(asker.stdout.readline() or "[]")
        acts = _acts(graph, pairs, spoken_to)[:wanted]
        _act(environment, acts, rate, asker.stdin.fileno())
        answer, _ = asker.communicate()
        if asker.returncode:
            raise RuntimeError("the ranking did not change")
        _act(environment, acts, 10_000, subprocess.DEVNULL, undo=True)
    finally:
        for process in (asker, worker):
            process.terminate()
            process.wait()
    seen = json.loads(answer.splitlines()[-1])
    return Freshness(
        round(float(np.percentile(seen["ms"], 50)), 1),
        round(float(np.percentile(seen["ms"], 99)), 1),
        len(seen["ms"]),
        round(seen["rate"], 1),
        seen["asked"],
    )


def pairs_of(graph: SocialGraph, count: int) -> list[tuple[int, int]]:
    """Keys of people who follow somebody, each with some products."""
    rng = np.random.default_rng(11)
    viewers = rng.permutation(np.flatnonzero(np.diff(graph.follows_start) > 0))
    chosen = rng.permutation(np.repeat(viewers[: -(-count // EACH)], EACH))
    products = rng.permutation(int(graph.products.max()) + 1)[:count]
    return [(int(v) + 1, int(p) + 1) for v, p in zip(chosen, products, strict=False)]


def _acts(
    graph: SocialGraph, pairs: list[tuple[int, int]], spoken_to: list[tuple[int, int]]
) -> list[Act]:
    """What each friend shall do, where they did not do it before."""
    acts = []
    for place, friend in spoken_to:
        product = pairs[place][1]
        theirs = graph.products[slice(*graph.acts_start[friend - 1 : friend + 1])]
        if not (theirs == product - 1).any():
            acts.append((place, friend, product))
    return acts


def _act(
    environment: Mapping[str, str],
    acts: list[Act],
    rate: int,
    told: int,
    *,
    undo: bool = False,
) -> None:
    plan = json.dumps({"acts": acts, "rate": rate, "undo": undo})
    command = [sys.executable, "-m", "bench.fresh_acts"]
    subprocess.run(command, input=plan, env=environment, stdout=told, check=True, text=True)


def _started(environment: Mapping[str, str], module: str, *arguments: str) -> "Process":
    quiet = {**environment, "COMPTOIR_LOG": "WARNING"}
    pipe = subprocess.PIPE
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.Popen(command, env=quiet, stdin=pipe, stdout=pipe, text=True)


Process = subprocess.Popen[str]
