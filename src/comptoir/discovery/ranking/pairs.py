"""Voice of pairs: products that the same people act on."""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from comptoir.discovery.ranking.causes import Cause
from comptoir.discovery.ranking.graph import Floats, Graph, Ints, Sparse, counts
from comptoir.discovery.ranking.weights import heard, scaled, strongest


@dataclass(frozen=True, slots=True)
class PairSettings:
    """``keep``: how many products each product listens to.

    ``breadth``: a person's word on a pair is divided by the number of their acts to this power.
    ``shrink`` is added to a product's actors before they divide, so that two products of one shared
    actor are no pair yet. ``balance`` shares the division between the product acted on (this power)
    and the one that is scored (1 less this power): the more of it, the better known the answer.
    """

    keep: int = 50
    breadth: float = 0.5
    shrink: float = 20.0
    balance: float = 0.5


class Pairs:
    """score(viewer, product) = Σ over the viewer's products: how strongly the two are a pair."""

    def __init__(self, graph: Graph, settings: PairSettings) -> None:
        self._acts = graph.acts
        per_person = graph.trust * np.maximum(counts(graph.acts, 1), 1) ** -settings.breadth
        shared = sp.csr_matrix(graph.acts.T.tocsr() @ scaled(graph.acts, rows=per_person))
        rows = np.repeat(np.arange(graph.products), np.diff(shared.indptr))
        shared.data[shared.indices == rows] = 0.0
        size = heard(graph.acts, graph.trust) + settings.shrink
        answered = scaled(shared, size ** (settings.balance - 1), size**-settings.balance)
        # Scored product by row, so that each keeps the products it listens to.
        self._listens: Sparse = strongest(answered, settings.keep)
        self._speaks: Sparse = self._listens.T.tocsr()

    def scores(self, viewers: Ints) -> Floats:
        """Viewers × products, dense."""
        return np.asarray((self._acts[viewers] @ self._speaks).toarray())

    def causes(self, viewer: int, product: int) -> list[Cause]:
        """What each product the viewer acted on put into the score."""
        mine = self._acts[viewer].indices
        heard = self._listens[product].toarray().ravel()[mine]
        return [
            Cause("product", int(which), float(amount))
            for which, amount in zip(mine, heard, strict=True)
            if amount
        ]
