"""Voice of a short walk: from me to a product or a person, to who shares it, to what is theirs.

Each step goes anywhere it can alike (P3: Cooper, Lee, Radzik, Siantos 2014), so that what few share
leads further than what many share, and who did little says it louder. It has no parameters.
"""

import numpy as np
import scipy.sparse as sp

from comptoir.discovery.ranking.causes import Cause
from comptoir.discovery.ranking.graph import Floats, Graph, Ints, Sparse, counts
from comptoir.discovery.ranking.weights import circles, heard, scaled


class Walk:
    """score(viewer, product) = Σ over people who acted: how likely the walk passes them / their
    acts. One step in two goes by acts, the other by circles; people are met as they are trusted."""

    def __init__(self, graph: Graph) -> None:
        self._acts = graph.acts
        around = circles(graph.follows)
        self._leave = sp.csr_matrix(sp.hstack([_alike(graph.acts), _alike(around)]))
        arrive = [
            scaled(part, rows=graph.trust, columns=1 / heard(part, graph.trust))
            for part in (graph.acts, around)
        ]
        self._arrive: Sparse = sp.csr_matrix(sp.hstack(arrive).T)
        self._theirs = _alike(graph.acts)

    def met(self, viewers: Ints) -> Sparse:
        """Viewers × people: how likely the walk passes each, nobody themselves."""
        found = sp.csr_matrix(self._leave[viewers] @ self._arrive)
        rows = np.repeat(np.arange(len(viewers)), np.diff(found.indptr))
        found.data[found.indices == viewers[rows]] = 0.0
        return found

    def scores(self, viewers: Ints) -> Floats:
        """Viewers × products, dense."""
        return np.asarray((self.met(viewers) @ self._theirs).toarray())

    def causes(self, viewer: int, product: int) -> list[Cause]:
        """What each person who acted on the product put into its score."""
        met = self.met(np.array([viewer]))
        amounts = met.data * self._theirs[met.indices, product].toarray().ravel()
        return [
            Cause("person", int(who), float(amount))
            for who, amount in zip(met.indices, amounts, strict=True)
            if amount
        ]


def _alike(matrix: Sparse) -> Sparse:
    """Each row's entries sharing 1."""
    return scaled(matrix, rows=1 / np.maximum(counts(matrix, 1), 1))
