"""Third voice: the broad tastes of the place, as the leading singular vectors of its acts.

It reaches products that no peer and no pair reaches. It is linear in the viewer's acts, so that it
too is a sum over the products they acted on.
"""

from dataclasses import dataclass

import numpy as np

from comptoir.discovery.ranking.causes import Cause
from comptoir.discovery.ranking.graph import Floats, Graph, Ints, Sparse, counts
from comptoir.discovery.ranking.weights import scaled

# Extra directions and rounds: after these, another round moves no figure of the bench.
SPARE = 16
ROUNDS = 5
SEED = 20


@dataclass(frozen=True, slots=True)
class FactorSettings:
    """``rank``: how many tastes. Before they are sought, acts are divided by their person's acts
    to the power ``breadth`` and by their product's actors to the power ``evenness``; ``known``:
    scores are multiplied by the product's actors to this power.
    """

    rank: int = 128
    breadth: float = 0.25
    evenness: float = 0.25
    known: float = 0.0


def tastes(matrix: Sparse, rank: int) -> Floats:
    """Columns × min(rank, shape): leading right singular vectors, largest first, repeatable.

    Subspace iteration from a random start (Halko, Martinsson, Tropp 2011, algorithm 4.4).
    """
    width = min(rank + SPARE, *matrix.shape)
    start = np.random.default_rng(SEED).standard_normal((matrix.shape[1], width))
    basis = np.linalg.qr(start)[0]
    across = matrix.T.tocsr()
    for _ in range(ROUNDS):
        basis = np.linalg.qr(across @ np.linalg.qr(matrix @ basis)[0])[0]
    _, _, turned = np.linalg.svd(matrix @ basis, full_matrices=False)
    return np.asarray(basis @ turned.T[:, : min(rank, width)])


class Factors:
    """score(viewer, product) = Σ over the viewer's products: what the two share in these tastes."""

    def __init__(self, graph: Graph, settings: FactorSettings) -> None:
        self._acts = graph.acts
        even = np.maximum(counts(graph.acts, 1), 1) ** -settings.breadth
        actors = np.maximum(counts(graph.acts, 0), 1)
        found = tastes(scaled(graph.acts, even, actors**-settings.evenness), settings.rank)
        self._even = even
        self._told = found * (actors**-settings.evenness)[:, None]
        self._heard = found * (actors**settings.known)[:, None]

    def scores(self, viewers: Ints) -> Floats:
        """Viewers × products, dense."""
        liked = scaled(self._acts[viewers], rows=self._even[viewers]) @ self._told
        return np.asarray(liked @ self._heard.T)

    def causes(self, viewer: int, product: int) -> list[Cause]:
        """What each product the viewer acted on put into the score, for or against."""
        mine = self._acts[viewer].indices
        amounts = self._even[viewer] * (self._told[mine] @ self._heard[product])
        return [
            Cause("product", int(which), float(amount))
            for which, amount in zip(mine, amounts, strict=True)
            if amount
        ]
