"""Fake people who push one product: profiles made to look like those of others."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import scipy.sparse as sp

from comptoir.discovery.ranking.graph import Graph, Ints, counts, graph

Filler = Literal["random", "average", "bandwagon"]
FILLERS: tuple[Filler, ...] = ("random", "average", "bandwagon")
BEST_KNOWN = 50
OTHER_FAKES = 10


@dataclass(frozen=True, slots=True)
class Attack:
    """``share``: fakes for each honest person. ``entered``: honest people who follow one of them,
    each another one while there are enough."""

    filler: Filler
    share: float
    entered: int = 0


def attacked(honest: Graph, target: int, attack: Attack, seed: int) -> Graph:
    """The graph with fakes after the honest people, everybody trusted.

    Each fake acts on the target and on as many other products as people do on average: drawn from
    all ("random"), drawn as often as honest people act on them ("average"), or half of them from
    the ``BEST_KNOWN`` and half from all ("bandwagon"). Each follows as many honest people as people
    follow on average, and ``OTHER_FAKES`` other fakes. The honest people who follow a fake are the
    first drawn with this seed: ``entered_by`` gives them.
    """
    rng = np.random.default_rng(seed)
    fooled = entered_by(honest, attack, seed)
    many = max(round(attack.share * honest.people), 1)
    size = max(round(honest.acts.nnz / honest.people) - 1, 1)
    whom = max(round(honest.follows.nnz / honest.people), 1)
    acts = np.zeros((many, honest.products))
    acts[:, target] = 1
    follows = np.zeros((many, honest.people + many))
    for fake in range(many):
        acts[fake, _filler(honest, attack.filler, size, rng)] = 1
        follows[fake, rng.choice(honest.people, min(whom, honest.people), replace=False)] = 1
        others = rng.choice(many, min(OTHER_FAKES, many), replace=False)
        follows[fake, honest.people + others] = 1
    into = sp.csr_matrix(
        (np.ones(len(fooled)), (fooled, np.arange(len(fooled)) % many)), (honest.people, many)
    )
    upper = sp.hstack([honest.follows, into])
    return graph(
        sp.vstack([honest.acts, sp.csr_matrix(acts)]), sp.vstack([upper, sp.csr_matrix(follows)])
    )


def entered_by(honest: Graph, attack: Attack, seed: int) -> Ints:
    """The honest people who follow a fake."""
    drawn = np.random.default_rng([seed, 1]).permutation(honest.people)
    return np.sort(drawn[: attack.entered])


def _filler(honest: Graph, filler: Filler, size: int, rng: np.random.Generator) -> Ints:
    known = counts(honest.acts, 0)
    if filler == "random":
        return rng.choice(honest.products, size, replace=False)
    if filler == "average":
        return rng.choice(honest.products, size, replace=False, p=known / known.sum())
    best = np.argsort(-known, kind="stable")[:BEST_KNOWN]
    half = rng.choice(best, min(size - size // 2, len(best)), replace=False)
    return np.concatenate([half, rng.choice(honest.products, size // 2, replace=False)])
