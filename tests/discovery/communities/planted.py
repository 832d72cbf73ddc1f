"""Towns whose communities are known: each person acts mostly on what their own community loves."""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from comptoir.discovery.ranking.graph import Graph, Ints, graph


@dataclass(frozen=True, slots=True, eq=False)
class Planted:
    """``plant``: the community of each person."""

    graph: Graph
    plant: Ints


def planted(
    *, seed: int, people: int = 120, kinds: int = 4, products: int = 200, stray: float = 0.3
) -> Planted:
    """4 to 12 acts each, ``stray`` of them on anything; six follows each, half within one's own."""
    chance = np.random.default_rng(seed)
    plant = chance.integers(0, kinds, people)
    loves = chance.integers(0, kinds, products)
    acts, follows = sp.lil_matrix((people, products)), sp.lil_matrix((people, people))
    for person in range(people):
        for _ in range(int(chance.integers(4, 13))):
            own = np.flatnonzero(loves == plant[person])
            strays = chance.random() < stray
            acts[person, chance.integers(products) if strays else chance.choice(own)] = 1
        for step in range(6):
            near = np.flatnonzero(plant == plant[person])
            follows[person, chance.choice(near) if step % 2 else chance.integers(people)] = 1
    return Planted(graph(acts, follows), plant)


def adjusted_rand(one: Ints, other: Ints) -> float:
    """Hubert and Arabie (1985): 1 for the same cut, 0 for what chance would give."""
    table = sp.coo_matrix((np.ones(len(one)), (one, other))).toarray()
    both, rows, columns = (
        _pairs(cells) for cells in (table.ravel(), table.sum(axis=1), table.sum(axis=0))
    )
    by_chance = rows * columns / _pairs(np.array([len(one)]))
    most = (rows + columns) / 2
    return 1.0 if most == by_chance else float((both - by_chance) / (most - by_chance))


def _pairs(cells: np.ndarray) -> float:
    return float((cells * (cells - 1) / 2).sum())
