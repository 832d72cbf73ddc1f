"""Voice of leanings: what one's acts and circle say, weighed against all one did not choose.

Implicit alternating least squares (Hu, Koren, Volinsky 2008): people and products are short vectors
whose product is near 1 where somebody acted, and near 0, less surely, everywhere else. The people
one follows are told beside the products one acted on. A viewer's own vector is solved for when they
ask, which makes every score a sum over their products and people (section 5 there), and lets a new
act count without a rebuild.
"""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from comptoir.discovery.ranking.alternating import alternated
from comptoir.discovery.ranking.causes import Cause, linear_causes
from comptoir.discovery.ranking.graph import Floats, Graph, Ints
from comptoir.discovery.ranking.weights import circles

ROUNDS = 15


@dataclass(frozen=True, slots=True)
class LeaningSettings:
    """``rank``: length of the vectors. ``ridge``: what their squares cost.

    ``sure``: how much surer an act is than no act, 0 for no more; ``circle``: how sure a follow is
    beside an act, 0 for follows untold.
    """

    rank: int = 64
    ridge: float = 40.0
    sure: float = 10.0
    circle: float = 0.2


class Leanings:
    """score(viewer, product) = Σ over the viewer's products, and people followed: the weight of
    each for the product, to this viewer."""

    def __init__(self, graph: Graph, settings: LeaningSettings) -> None:
        self._acts, self._products = graph.acts, graph.products
        told, asked = graph.acts, graph.acts
        if settings.circle:
            told = sp.csr_matrix(sp.hstack([told, settings.circle * circles(graph.follows)]))
            asked = sp.csr_matrix(sp.hstack([asked, settings.circle * graph.follows]))
        self._asked, self._settings = settings.sure * asked, settings
        self._columns = alternated(
            settings.sure * told, graph.trust, settings.rank, settings.ridge, ROUNDS
        )
        self._gram = self._columns.T @ self._columns + settings.ridge * np.eye(settings.rank)

    def scores(self, viewers: Ints) -> Floats:
        """Viewers × products, dense."""
        found = np.zeros((len(viewers), self._settings.rank))
        for row, viewer in enumerate(viewers):
            mine, weights = self._told(int(viewer))
            found[row] = self._solved(mine, weights, (1 + weights) @ self._columns[mine])
        return np.asarray(found @ self._columns[: self._products].T)

    def causes(self, viewer: int, product: int) -> list[Cause]:
        """What each product the viewer acted on, and each person they follow, put into the score,
        for or against."""
        mine, weights = self._told(viewer)
        leaning = self._solved(mine, weights, self._columns[product])
        amounts = (1 + weights) * (self._columns[mine] @ leaning)
        which = mine < self._products
        by_people = (mine[~which] - self._products, amounts[~which])
        return linear_causes(self._acts, product, (mine[which], amounts[which]), by_people)

    def _told(self, viewer: int) -> tuple[Ints, Floats]:
        here = slice(self._asked.indptr[viewer], self._asked.indptr[viewer + 1])
        return self._asked.indices[here].astype(np.int64), self._asked.data[here]

    def _solved(self, mine: Ints, weights: Floats, wanted: Floats) -> Floats:
        near = self._columns[mine]
        return np.asarray(np.linalg.solve(self._gram + (near.T * weights) @ near, wanted))
