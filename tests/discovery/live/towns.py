"""Small random towns for the live engine, where people keep some acts to themselves."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st

from comptoir.discovery.live.assemble import Acts, Follows, assemble
from comptoir.discovery.live.changes import flag_of
from comptoir.discovery.live.settings import LIVE, LiveSettings
from comptoir.discovery.live.snapshot import Snapshot

AUDIENCES = ("everyone", "followers", "me")
Pair = tuple[int, int]


@dataclass(frozen=True)
class Town:
    """Ids of people are 10, 11 …, of products 100, 101 …; ``acts``: audience by pair."""

    people: int
    products: int
    acts: dict[Pair, str]
    follows: frozenset[Pair]

    def flags(self) -> dict[Pair, int]:
        return {pair: flag_of("bought", told, told) for pair, told in self.acts.items()}


@st.composite
def towns(draw: st.DrawFn, audiences: tuple[str, ...] = AUDIENCES) -> Town:
    people, products = draw(st.integers(2, 7)), draw(st.integers(2, 8))
    who, what = st.integers(10, 9 + people), st.integers(100, 99 + products)
    acts = draw(st.dictionaries(st.tuples(who, what), st.sampled_from(audiences), max_size=30))
    pairs = draw(st.frozensets(st.tuples(who, who), max_size=24))
    return Town(people, products, acts, frozenset((a, b) for a, b in pairs if a != b))


def snapshot_of(
    town: Town,
    settings: LiveSettings = LIVE,
    *,
    position: int = 0,
    suspended: Sequence[int] = (),
    known: Sequence[int] = (),
) -> Snapshot:
    """Acts are as old as their place in the town."""
    flags = town.flags()
    pairs, edges = list(flags), sorted(town.follows)
    return assemble(
        Acts(
            np.array([a for a, _ in pairs], np.int64),
            np.array([b for _, b in pairs], np.int64),
            np.array(list(flags.values()), np.uint8),
            np.arange(len(pairs)),
        ),
        Follows(
            np.array([a for a, _ in edges], np.int64),
            np.array([b for _, b in edges], np.int64),
            np.arange(len(edges)),
        ),
        np.arange(10, 10 + town.people),
        np.array(suspended, np.int64),
        position,
        settings,
        np.array(known, np.int64),
    )
