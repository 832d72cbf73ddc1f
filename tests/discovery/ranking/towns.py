"""Small random towns."""

import numpy as np
import scipy.sparse as sp
from hypothesis import strategies as st

from comptoir.discovery.ranking.graph import Graph, graph
from tests.discovery.ranking.slowly import Town


@st.composite
def towns(draw: st.DrawFn) -> Town:
    """Up to eight people and ten products; people of no act or trust and products of nobody too."""
    people, products = draw(st.integers(2, 8)), draw(st.integers(2, 10))
    acts = st.frozensets(st.integers(0, products - 1))
    whom = st.frozensets(st.integers(0, people - 1))
    return Town(
        products,
        tuple(draw(acts) for _ in range(people)),
        tuple(draw(whom) - {me} for me in range(people)),
        tuple(draw(st.sampled_from([1.0, 1.0, 0.5, 0.0])) for _ in range(people)),
    )


def graph_of(town: Town) -> Graph:
    follows = _matrix(town.follows, len(town.acts))
    return graph(_matrix(town.acts, town.products), follows, np.array(town.trust))


def _matrix(sets: tuple[frozenset[int], ...], columns: int) -> sp.csr_matrix:
    dense = np.zeros((len(sets), columns))
    for row, one in enumerate(sets):
        dense[row, list(one)] = 1
    return sp.csr_matrix(dense)
