"""Whom the place knows: how much the word of each person counts for those who do not follow them.

Anybody can open a hundred accounts which act alike and follow everyone. What they cannot do is be
followed. Trust starts with seeds, people the place knows of itself, and goes along follows, as a
page is ranked by the pages that link to it: each person hands on ``PASSED`` of what they have, in
equal parts, to those they follow (TrustRank: Gyöngyi, Garcia-Molina, Pedersen 2004). Accounts that
nobody known follows have none, whatever they do among themselves; and what one follow lets in is
bounded by what the follower had to hand on, however many accounts stand behind it.

Where trust enters the ranking:

* A peer's similarity is multiplied by their trust before the strongest are kept, by 1 if the viewer
  follows them.
* Everything computed from the acts and follows of all (rarity, how many acted, pairs, factors)
  counts each person as much as they are trusted.
* What viewers did and whom they follow counts in full for themselves.
"""

from dataclasses import replace

import numpy as np
from scipy.sparse.csgraph import connected_components

from comptoir.discovery.ranking.graph import Floats, Graph, Ints, Sparse, counts
from comptoir.discovery.ranking.weights import scaled

PASSED = 0.85
STEPS = 30


def trust(follows: Sparse, seeds: Ints | None = None) -> Floats:
    """How far each person is trusted, 0 to 1.

    A person has 1 who gets at least what each would get of a trust shared out equally among all
    those it reaches; who gets less has less. Nobody is reached over more than ``STEPS`` follows.

    Args:
        follows: people × people of 0 and 1, follower by row, no diagonal.
        seeds: rows of the people the place knows of itself; without them, ``insiders``, who hold
            only as long as nobody of them follows a fake: name some where you can.
    """
    people = follows.shape[0]
    start = np.zeros(people)
    named = insiders(follows) if seeds is None else seeds
    if not len(named):
        return start
    start[named] = (1 - PASSED) / len(named)
    handed = scaled(follows, rows=PASSED / np.maximum(counts(follows, 1), 1)).T.tocsr()
    flow = start
    for _ in range(STEPS):
        flow = start + handed @ flow
    equal = (1 - PASSED) / np.count_nonzero(flow)
    return np.asarray(np.minimum(flow / equal, 1.0))


def insiders(follows: Sparse) -> Ints:
    """The largest set of people who reach one another along follows; of equal ones, that of the
    first person. Empty if nobody is followed by anyone they reach."""
    found, of = connected_components(follows, directed=True, connection="strong")
    sizes = np.bincount(of, minlength=found)
    if not len(sizes) or sizes.max() < 2:
        return np.zeros(0, dtype=np.int64)
    first = np.flatnonzero(sizes[of] == sizes.max())[0]
    return np.flatnonzero(of == of[first])


def trusting(given: Graph, seeds: Ints | None = None) -> Graph:
    """The same graph, its people trusted as far as their follows say."""
    return replace(given, trust=trust(given.follows, seeds))
