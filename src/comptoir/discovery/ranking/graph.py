"""What ranking is computed from: acts and follows as sparse matrices of 0 and 1."""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

Sparse = sp.csr_matrix[np.float64]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Graph:
    """``acts``: people × products; ``follows``: people × people, follower by row, no diagonal.

    ``trust``: how much each person counts for others, 0 to 1 (see ``trust.py``).
    """

    acts: Sparse
    follows: Sparse
    trust: Floats

    @property
    def people(self) -> int:
        return int(self.acts.shape[0])

    @property
    def products(self) -> int:
        return int(self.acts.shape[1])


def graph(acts: Any, follows: Any, trust: Floats | None = None) -> Graph:
    """A graph of any two sparse matrices: every entry counts once, nobody follows themselves.

    Without ``trust`` everybody is trusted.

    Raises:
        ValueError: the follows are not people × people of the same people as the acts.
    """
    mine = _ones(acts)
    if follows.shape != (mine.shape[0], mine.shape[0]):
        raise ValueError(f"follows of shape {follows.shape} for {mine.shape[0]} people")
    edges = follows.tocoo()
    others = (edges.row != edges.col) & (edges.data != 0)
    kept = (edges.data[others], (edges.row[others], edges.col[others]))
    trusted = np.ones(mine.shape[0]) if trust is None else trust
    return Graph(mine, _ones(sp.csr_matrix(kept, shape=follows.shape)), trusted)


def counts(matrix: Sparse, axis: Literal[0, 1]) -> Floats:
    """Entries by column (``axis`` 0) or by row (1)."""
    return np.asarray(matrix.getnnz(axis=axis), dtype=np.float64)


def _ones(matrix: Any) -> Sparse:
    plain = sp.csr_matrix(matrix, dtype=np.float64)
    plain.sum_duplicates()
    plain.eliminate_zeros()
    plain.sort_indices()
    plain.data[:] = 1.0
    return plain
