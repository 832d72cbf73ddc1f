"""iALS of ``implicit`` on a made-up social graph: what a recommendation costs there.

``python -m bench.factors_rival FOLDER PEOPLE PRODUCTS ACTS FOLLOWS SEED`` prints JSON. The time to
recommend does not depend on how well the factors fit, so few iterations are made; who asks is any
of the people, alone, on one thread. Acts that a person keeps to themselves are in it too.
"""

import json
import sys
import time
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from implicit.als import AlternatingLeastSquares  # type: ignore[import-untyped]
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from bench.social_graph import Size, SocialGraph, social_graph

FACTORS, ITERATIONS, ASKED, MOST = 64, 2, 300, 24


def measure(graph: SocialGraph) -> dict[str, float]:
    """Milliseconds of a recommendation; seconds of the fit and what it was asked for."""
    ones = np.ones(len(graph.products), dtype=np.float32)
    parts = (ones, np.array(graph.products), np.array(graph.acts_start))
    acts = sp.csr_matrix(parts, shape=(graph.people, int(graph.products.max()) + 1))
    model = AlternatingLeastSquares(
        factors=FACTORS, iterations=ITERATIONS, random_state=1, num_threads=2
    )
    begun = time.perf_counter()
    with threadpool_limits(1, "blas"):  # its own threads share the rows out
        model.fit(acts, show_progress=False)
    fitted = time.perf_counter() - begun
    model.num_threads = 1
    people = np.random.default_rng(5).integers(graph.people, size=ASKED)
    taken = []
    with threadpool_limits(1):
        for person in people:
            begun = time.perf_counter()
            model.recommend(int(person), acts[int(person)], N=MOST)
            taken.append(1000 * (time.perf_counter() - begun))
    return {
        "ials_p50_ms": round(float(np.percentile(taken, 50)), 2),
        "ials_p99_ms": round(float(np.percentile(taken, 99)), 2),
        "fit_s": round(fitted, 1),
        "factors": FACTORS,
        "iterations": ITERATIONS,
    }


if __name__ == "__main__":
    folder, *numbers = sys.argv[1:]
    print(json.dumps(measure(social_graph(Size(*map(int, numbers)), Path(folder)))))
