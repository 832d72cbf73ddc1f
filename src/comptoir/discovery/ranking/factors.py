"""Voice of the broad tastes of the place: the leading singular vectors of its acts and follows.

It reaches products that no peer and no pair reaches. It is linear in the viewer's acts and circle,
so that it too is a sum over the products they acted on and the people they follow.
"""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from comptoir.discovery.ranking.causes import Cause, linear_causes
from comptoir.discovery.ranking.graph import Floats, Graph, Ints, Sparse, counts
from comptoir.discovery.ranking.weights import circles, heard, scaled

# Extra directions and rounds: after these, another round moves no figure of the bench.
SPARE = 16
ROUNDS = 5
EMPTY = 1e-9
SEED = 20
# Powers of a person's follows and followers that divide a follow, as ``breadth`` and ``evenness``.
FOLLOWS = 0.25


@dataclass(frozen=True, slots=True)
class FactorSettings:
    """``rank``: how many tastes. Before they are sought, acts are divided by their person's acts
    to the power ``breadth`` and by their product's actors to the power ``evenness``; ``known``:
    scores are multiplied by the product's actors to this power. ``circle``: what a follow weighs
    beside an act, 0 for nothing.
    """

    rank: int = 128
    breadth: float = 0.25
    evenness: float = 0.25
    known: float = 0.1
    circle: float = 0.3


def tastes(matrix: Sparse, rank: int) -> Floats:
    """Columns × min(rank, shape): leading right singular vectors, largest first, repeatable.

    Subspace iteration from a random start (Halko, Martinsson, Tropp 2011, algorithm 4.4). Rows
    and columns of zeros alone have no part in it, so that what is not counted moves nothing.
    """
    sizes = abs(matrix)
    rows = np.flatnonzero(np.asarray(sizes.sum(axis=1)).ravel())
    used = np.flatnonzero(np.asarray(sizes.sum(axis=0)).ravel())
    found = np.zeros((matrix.shape[1], min(rank, *matrix.shape)))
    if len(used):
        leading = _leading(sp.csr_matrix(matrix[rows][:, used]), rank)
        found[used, : leading.shape[1]] = leading
    return found


def _leading(matrix: Sparse, rank: int) -> Floats:
    width = min(rank + SPARE, *matrix.shape)
    start = np.random.default_rng(SEED).standard_normal((matrix.shape[1], width))
    basis = np.linalg.qr(start)[0]
    across = matrix.T.tocsr()
    for _ in range(ROUNDS):
        basis = np.linalg.qr(across @ np.linalg.qr(matrix @ basis)[0])[0]
    _, sizes, turned = np.linalg.svd(matrix @ basis, full_matrices=False)
    # A direction that nobody known takes says nothing, and rounding alone would choose it.
    some = int(np.count_nonzero(sizes[:rank] > EMPTY * sizes[0]))
    return np.asarray(basis @ turned.T[:, :some])


class Factors:
    """score(viewer, product) = Σ over the viewer's products, and people followed: what the two
    share in these tastes."""

    def __init__(self, graph: Graph, settings: FactorSettings) -> None:
        self._acts, self._follows = graph.acts, graph.follows
        actors = heard(graph.acts, graph.trust)
        even = np.maximum(counts(graph.acts, 1), 1) ** -settings.breadth
        columns = actors**-settings.evenness
        weighed = scaled(graph.acts, even, columns)
        own = np.zeros(graph.people)
        if settings.circle:
            around = circles(graph.follows)
            own = settings.circle * counts(around, 1) ** -FOLLOWS
            through = heard(around, graph.trust) ** -FOLLOWS
            weighed = sp.csr_matrix(sp.hstack([weighed, scaled(around, own, through)]))
        found = tastes(scaled(weighed, rows=graph.trust), settings.rank)
        products = found[: graph.products]
        if settings.circle:
            followed = found[graph.products :] * through[:, None]
        else:
            followed = np.zeros((graph.people, products.shape[1]))
        self._even, self._own = even, own
        self._told = products * columns[:, None]
        self._followed = followed
        self._heard = products * (actors**settings.known)[:, None]

    def scores(self, viewers: Ints) -> Floats:
        """Viewers × products, dense."""
        liked = scaled(self._acts[viewers], rows=self._even[viewers]) @ self._told
        liked = liked + scaled(self._follows[viewers], rows=self._own[viewers]) @ self._followed
        return np.asarray(liked @ self._heard.T)

    def causes(self, viewer: int, product: int) -> list[Cause]:
        """What each product the viewer acted on, and each person they follow, put into the score,
        for or against."""
        mine = self._acts[viewer].indices
        amounts = self._even[viewer] * (self._told[mine] @ self._heard[product])
        whom = self._follows[viewer].indices
        by_people = self._own[viewer] * (self._followed[whom] @ self._heard[product])
        return linear_causes(self._acts, product, (mine, amounts), (whom, by_people))
