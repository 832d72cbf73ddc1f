"""Voice of one's peers, by what they share and by their circles, and what they did.

A person is a vector in two parts: their acts, each weighing the product's rarity, and their
circle (those they follow, and themselves), each weighing that person's rarity as someone followed.
Two people of one circle are thus near, friends of friends too, and the friend of everyone counts
little.
"""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from comptoir.discovery.ranking.causes import Cause
from comptoir.discovery.ranking.graph import Floats, Graph, Ints, Sparse
from comptoir.discovery.ranking.weights import (
    circles,
    heard,
    rarity,
    scaled,
    shrunk_rows,
    strongest,
)


@dataclass(frozen=True, slots=True)
class PeerSettings:
    """``taste``, ``circle``: weights of the two similarities. ``keep``: how many peers speak.

    ``sharpness``: the power their similarity is raised to. ``discount``: a product's score is
    divided by its actors to this power. ``shrink``: see ``shrunk_rows``, of the taste part.
    """

    taste: float = 1.0
    circle: float = 0.4
    keep: int = 500
    sharpness: float = 1.0
    discount: float = 0.1
    shrink: float = 20.0


class Peers:
    """score(viewer, product) = Σ over peers who acted: similarity^sharpness / actors^discount."""

    def __init__(self, graph: Graph, settings: PeerSettings) -> None:
        self._acts, self._settings = graph.acts, settings
        self._follows, self._trust = graph.follows, graph.trust
        weighed = scaled(graph.acts, columns=rarity(graph.acts, graph.trust))
        self._taste = shrunk_rows(weighed, settings.shrink)
        around = circles(graph.follows)
        self._circle = shrunk_rows(scaled(around, columns=rarity(around, graph.trust)))
        self._discount = heard(graph.acts, graph.trust) ** -settings.discount

    def similarity(self, viewers: Ints) -> Sparse:
        """Viewers × people, nobody beside themselves."""
        parts = sp.csr_matrix((len(viewers), self._acts.shape[0]))
        if self._settings.taste:
            parts = parts + self._settings.taste * (self._taste[viewers] @ self._taste.T)
        if self._settings.circle:
            parts = parts + self._settings.circle * (self._circle[viewers] @ self._circle.T)
        near = sp.csr_matrix(parts)
        rows = np.repeat(np.arange(len(viewers)), np.diff(near.indptr))
        near.data[near.indices == viewers[rows]] = 0.0
        return near

    def peers(self, viewers: Ints) -> Sparse:
        """Viewers × people: the voice of each of the viewer's peers.

        A similarity counts as far as the person is trusted, in full if the viewer follows them.
        """
        alike = self.similarity(viewers)
        followed = alike.multiply(self._follows[viewers]).tocsr()
        spoken = scaled(alike, columns=self._trust) + scaled(followed, columns=1 - self._trust)
        near = strongest(sp.csr_matrix(spoken), self._settings.keep)
        near.data **= self._settings.sharpness
        return near

    def scores(self, viewers: Ints) -> Floats:
        """Viewers × products, dense."""
        spoken = scaled(sp.csr_matrix(self.peers(viewers) @ self._acts), columns=self._discount)
        return np.asarray(spoken.toarray())

    def causes(self, viewer: int, product: int) -> list[Cause]:
        """What each peer who acted on the product put into its score."""
        near = self.peers(np.array([viewer]))
        acted = self._acts[near.indices, product].toarray().ravel()
        amounts = near.data * acted * self._discount[product]
        return [
            Cause("person", int(who), float(amount))
            for who, amount in zip(near.indices, amounts, strict=True)
            if amount
        ]
