"""Weighting, scaling and cutting rows of sparse matrices."""

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from comptoir.discovery.ranking.graph import Floats, Sparse


def heard(matrix: Sparse, trust: Floats) -> Floats:
    """Entries of each column, each counting as much as its row is trusted; at least 1."""
    return np.maximum(np.asarray(matrix.T @ trust, dtype=np.float64), 1.0)


def rarity(matrix: Sparse, trust: Floats) -> Floats:
    """``ln(rows / entries)`` of each column, both counted by trust; 0 for one that all have."""
    return np.asarray(np.log(max(float(trust.sum()), 1.0) / heard(matrix, trust)))


def circles(follows: Sparse) -> Sparse:
    """Each person's circle: those they follow, and themselves."""
    return sp.csr_matrix(follows + sp.identity(follows.shape[0], format="csr"))


def scaled(matrix: Sparse, rows: Floats | None = None, columns: Floats | None = None) -> Sparse:
    """A copy with each row and each column multiplied by its factor."""
    copy = matrix.copy()
    if rows is not None:
        copy.data *= np.repeat(rows, np.diff(copy.indptr))
    if columns is not None:
        copy.data *= columns[copy.indices]
    return copy


def shrunk_rows(matrix: Sparse, shrink: float = 0.0) -> Sparse:
    """Rows divided by ``sqrt(|row|² + shrink)``: of length 1 without shrink, shorter with it.

    The shrink is in units of squared rarity. A row with little in it stays short, so that two
    people of one shared product each are not held for the same person. Empty rows stay empty.
    """
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel() + shrink)
    return scaled(matrix, rows=1 / np.where(lengths > 0, lengths, 1))


def strongest(matrix: Sparse, keep: int) -> Sparse:
    """The ``keep`` largest positive entries of each row; of equal ones, the lower columns."""
    ordered = matrix.sorted_indices()
    taken = ordered.data > 0
    # A pass per row that is too long, never per entry.
    for row in np.flatnonzero(np.diff(ordered.indptr) > keep):
        here = slice(ordered.indptr[row], ordered.indptr[row + 1])
        taken[here] &= _largest(ordered.data[here], keep)
    ends = np.concatenate([[0], np.cumsum(taken)])[ordered.indptr]
    cut = (ordered.data[taken], ordered.indices[taken], ends)
    return sp.csr_matrix(cut, shape=matrix.shape)


def _largest(values: Floats, keep: int) -> NDArray[np.bool_]:
    last = np.partition(values, -keep)[-keep]
    taken = np.asarray(values > last)
    taken[np.flatnonzero(values == last)[: keep - int(taken.sum())]] = True
    return taken
