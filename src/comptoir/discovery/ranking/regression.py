"""Voice of what goes with what: each product regressed on products acted on and people followed.

Two products that go together only because both go with a third are told apart, which counting pairs
cannot. As SLIM (Ning, Karypis 2011) and EASE (Steck 2019), each product by itself on the few that
are nearest to it, so that the work grows with the products and not with their square; the people
one follows are regressors beside the products one acted on.
"""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from comptoir.discovery.ranking.causes import Cause, linear_causes
from comptoir.discovery.ranking.graph import Floats, Graph, Ints, Sparse, counts
from comptoir.discovery.ranking.regressed import regressed
from comptoir.discovery.ranking.weights import circles, heard, scaled


@dataclass(frozen=True, slots=True)
class RegressionSettings:
    """``keep``: how many regressors each product has, the nearest. ``ridge``: what a weight costs.

    Acts are divided by their person's acts to the power ``breadth`` and by their product's actors
    to the power ``evenness``. ``circle``: what a follow weighs beside an act, 0 for nothing; it is
    divided by the root of its follower's follows and the fourth root of the followed's followers.
    """

    keep: int = 100
    ridge: float = 60.0
    breadth: float = 0.1
    evenness: float = 0.1
    circle: float = 1.0


class Regression:
    """score(viewer, product) = Σ over the viewer's products, and people followed: the weight of
    each for the product."""

    def __init__(self, graph: Graph, settings: RegressionSettings) -> None:
        self._acts, self._follows = graph.acts, graph.follows
        actors = heard(graph.acts, graph.trust)
        self._even = np.maximum(counts(graph.acts, 1), 1) ** -settings.breadth
        self._own = np.zeros(graph.people)
        columns = actors**-settings.evenness
        weighed = scaled(graph.acts, self._even, columns)
        if settings.circle:
            around = circles(graph.follows)
            self._own = settings.circle * counts(around, 1) ** -0.5
            through = heard(around, graph.trust) ** -0.25
            columns = np.concatenate([columns, through])
            weighed = sp.csr_matrix(sp.hstack([weighed, scaled(around, self._own, through)]))
        # The square of an error counts as much as the person is trusted.
        known = scaled(weighed, rows=np.sqrt(graph.trust))
        found = regressed(known, graph.products, settings.keep, settings.ridge)
        whole = scaled(found, columns, actors**settings.evenness)
        self._weights: Sparse = sp.csr_matrix(whole[: graph.products])
        self._circle: Sparse = sp.csr_matrix(whole[graph.products :])

    def scores(self, viewers: Ints) -> Floats:
        """Viewers × products, dense."""
        spoken = scaled(self._acts[viewers], rows=self._even[viewers]) @ self._weights
        if self._circle.nnz:
            followed = scaled(self._follows[viewers], rows=self._own[viewers])
            spoken = spoken + followed @ self._circle
        return np.asarray(spoken.toarray())

    def causes(self, viewer: int, product: int) -> list[Cause]:
        """What each product the viewer acted on, and each person they follow, put into the score,
        for or against."""
        mine, whom = self._acts[viewer].indices, self._follows[viewer].indices
        amounts = self._even[viewer] * self._weights[mine, product].toarray().ravel()
        if not self._circle.nnz:
            whom = whom[:0]
        by_people = self._own[viewer] * self._circle[whom, product].toarray().ravel()
        return linear_causes(self._acts, product, (mine, amounts), (whom, by_people))
