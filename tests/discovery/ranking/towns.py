"""Small random towns."""

import numpy as np
import scipy.sparse as sp
from hypothesis import strategies as st

from comptoir.discovery.ranking.graph import Graph, graph
from tests.discovery.ranking.slowly import Town


@st.composite
def towns(draw: st.DrawFn) -> Town:
    """Up to eight people and ten products; people of no act and products of nobody included."""
    people, products = draw(st.integers(2, 8)), draw(st.integers(2, 10))
    acts = st.frozensets(st.integers(0, products - 1))
    whom = st.frozensets(st.integers(0, people - 1))
    return Town(
        products,
        tuple(draw(acts) for _ in range(people)),
        tuple(draw(whom) - {me} for me in range(people)),
    )


def graph_of(town: Town) -> Graph:
    return graph(_matrix(town.acts, town.products), _matrix(town.follows, len(town.acts)))


def _matrix(sets: tuple[frozenset[int], ...], columns: int) -> sp.csr_matrix:
    dense = np.zeros((len(sets), columns))
    for row, one in enumerate(sets):
        dense[row, list(one)] = 1
    return sp.csr_matrix(dense)
