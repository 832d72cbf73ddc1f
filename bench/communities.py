"""Communities of taste at size: ``make bench-communities ARGS="--people 100000"``.

The made-up social graph, whose people each have a community they act in half of the time; how long
finding takes (on one processor, the waiting left out), what memory it needs besides the graph, and
how well what is found agrees with those communities (adjusted Rand index).
"""

import argparse
import json
import resource
import time
from pathlib import Path
from tempfile import gettempdir

import numpy as np
import scipy.sparse as sp

from bench.social_graph import COMMUNITY, Homes, Part, Size, social_graph
from comptoir.discovery.communities.finding import groups_of
from comptoir.discovery.ranking.graph import graph
from tests.discovery.communities.planted import adjusted_rand


def matrix(start: Part, columns: Part, width: int) -> "sp.csr_matrix[np.float64]":
    values = np.ones(len(columns))
    # Copied, since the files are mapped to be read alone.
    whole = (values, np.array(columns), np.array(start))
    return sp.csr_matrix(whole, shape=(len(start) - 1, width))


def peak_mb() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--acts", type=int, default=20, help="of each person, on the average")
    people = parser.parse_args().people
    size = Size(people, people, people * parser.parse_args().acts, people * 20)
    made = social_graph(size, Path(gettempdir()))
    whole = graph(
        matrix(made.acts_start, made.products, size.products),
        matrix(made.follows_start, made.followees, size.people),
    )
    chance = np.random.default_rng(size.seed)
    homes = Homes.drawn(chance, size.people, max(4, size.people // COMMUNITY)).of
    before, begun = peak_mb(), time.process_time()
    groups = groups_of(whole)
    spent = time.process_time() - begun
    found = np.full(size.people, -1)
    for number, group in enumerate(groups):
        found[group.people] = number
    placed = found >= 0
    told = {
        "people": size.people,
        "acts": int(whole.acts.nnz),
        "follows": int(whole.follows.nnz),
        "find_s": round(spent, 1),
        "more_mb": peak_mb() - before,
        "communities": len(groups),
        "placed": round(float(placed.mean()), 3),
        "adjusted_rand": round(adjusted_rand(found[placed], homes[placed]), 3),
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
