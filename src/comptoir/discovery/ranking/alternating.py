"""Alternating least squares of a sparse matrix, rows counted by trust."""

import numpy as np
import scipy.sparse as sp

from comptoir.discovery.ranking.compiled import compiled
from comptoir.discovery.ranking.graph import Floats, Ints, Sparse

SEED, SMALL, STEPS, DONE = 21, 0.1, 3, 1e-20


def alternated(matrix: Sparse, trust: Floats, rank: int, ridge: float, rounds: int) -> Floats:
    """Columns × rank: the column vectors y that, with row vectors x, bring down

        Σ trust × (1 + entry) × (wanted - x·y)² + ridge × (Σ |x|² + Σ |y|²),

    wanted being 1 at entries, which are positive, and 0 where there are none; a row itself is
    solved as if fully trusted. Repeatable. Columns of rows without trust are 0, and neither they
    nor those rows move any other.
    """
    across = sp.csr_matrix(matrix.T)
    used = np.asarray(across @ trust).ravel() > 0
    rng = np.random.default_rng(SEED)
    columns = rng.standard_normal((matrix.shape[1], rank)) * (SMALL * used[:, None])
    rows = np.zeros((matrix.shape[0], rank))
    each = np.ones(matrix.shape[1])
    penalty = ridge * np.eye(rank)
    for _ in range(rounds):
        _solve(_told(matrix), each, columns, columns.T @ columns + penalty, rows)
        gram = (rows.T * trust) @ rows + penalty
        _solve(_told(across), trust, rows, gram, columns)
    return columns


def _told(matrix: Sparse) -> tuple[Ints, Ints, Floats]:
    return matrix.indptr.astype(np.int64), matrix.indices.astype(np.int64), matrix.data


@compiled
def _solve(
    told: tuple[Ints, Ints, Floats], counted: Floats, others: Floats, gram: Floats, found: Floats
) -> None:
    """Brings each row of ``found`` nearer to its least squares on ``others``, by ``STEPS`` of
    conjugate gradients (Takács, Pilászy, Tikk 2011)."""
    for row in range(len(found)):
        x, here = found[row], (told[0][row], told[0][row + 1])
        left = _moved(here, told, counted, others, gram, x)
        for at in range(here[0], here[1]):
            which = told[1][at]
            wanted = counted[which] * (1 + told[2][at])
            for k in range(len(x)):
                left[k] -= wanted * others[which, k]
        left = -left
        going = left.copy()
        size = np.dot(left, left)
        for _ in range(STEPS):
            if size < DONE:
                break
            moved = _moved(here, told, counted, others, gram, going)
            step = size / np.dot(going, moved)
            x += step * going
            left -= step * moved
            before, size = size, np.dot(left, left)
            going = left + size / before * going


@compiled
def _moved(
    here: tuple[int, int], told: tuple[Ints, Ints, Floats], counted: Floats, others: Floats,
    gram: Floats, vector: Floats,
) -> Floats:  # fmt: skip
    """``(gram + Σ counted × entry × other otherᵀ) vector``, over the entries of one row."""
    found: Floats = np.dot(gram, vector)
    for at in range(here[0], here[1]):
        which, along = told[1][at], 0.0
        for k in range(len(vector)):
            along += others[which, k] * vector[k]
        along *= counted[which] * told[2][at]
        for k in range(len(vector)):
            found[k] += along * others[which, k]
    return found
