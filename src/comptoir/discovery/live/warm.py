"""Compiles the kernels before anybody asks: once, since what was compiled is kept on disk."""

import numpy as np

from comptoir.discovery.live.assemble import Acts, Follows, assemble
from comptoir.discovery.live.flags import BOUGHT, FOLLOWERS_BITS, OWN_BITS, PUBLIC_PURCHASE
from comptoir.discovery.live.place import Place
from comptoir.discovery.live.rank import Ranker

FLAG = BOUGHT | BOUGHT << FOLLOWERS_BITS | BOUGHT << OWN_BITS | PUBLIC_PURCHASE


def warm() -> None:
    """Asks every kernel once, about a town of three."""
    people = np.array([1, 2, 3])
    acts = Acts(
        np.array([1, 2, 2, 3]), np.array([1, 1, 2, 2]), np.full(4, FLAG, np.uint8), np.arange(4)
    )
    follows = Follows(np.array([1, 2]), np.array([2, 1]), np.arange(2))
    place = Place(assemble(acts, follows, people, np.empty(0, np.int64), position=0))
    ranker = Ranker(place)
    viewer = place.viewer(1, [])
    ranked = ranker.rank(viewer)
    ranker.causes(ranked, ranked.rows)
    ranker.acted_also(viewer, 0, purchases=True)
    ranker.friends_who_acted(viewer, ranked.rows)
    place.known_actors(0)
