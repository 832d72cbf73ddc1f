"""Ridge regression of each column of a sparse matrix on the columns nearest to it."""

from typing import Any

import numpy as np
import scipy.sparse as sp

from comptoir.discovery.ranking.compiled import compiled
from comptoir.discovery.ranking.graph import Floats, Ints, Sparse


def regressed(matrix: Sparse, targets: int, keep: int, ridge: float) -> Sparse:
    """Columns × targets: weights w of least ``|column - Σ w × others|² + ridge × |w|²``.

    The others of a target are the ``keep`` columns with the largest positive product with it, each
    divided by ``sqrt(its square + ridge)``; never itself. The first columns are the targets.
    """
    across = sp.csc_matrix(matrix)
    squares = np.asarray(matrix.multiply(matrix).sum(axis=0)).ravel()
    room = (targets, min(keep, matrix.shape[1]))
    which, worth = np.zeros(room, np.int64), np.zeros(room)
    sizes = np.zeros(targets, np.int64)
    _regress(
        (across.indptr.astype(np.int64), across.indices.astype(np.int64), across.data),
        (matrix.indptr.astype(np.int64), matrix.indices.astype(np.int64), matrix.data),
        squares, ridge, which, worth, sizes,
    )  # fmt: skip
    used = np.arange(room[1])[None] < sizes[:, None]
    cells = (worth[used], (which[used], np.repeat(np.arange(targets), sizes)))
    return sp.csr_matrix(cells, shape=(matrix.shape[1], targets))


@compiled
def _regress(
    columns: tuple[Ints, Ints, Floats], rows: tuple[Ints, Ints, Floats], squares: Floats,
    ridge: float, which: Ints, worth: Floats, sizes: Ints,
) -> None:  # fmt: skip
    products = np.zeros(len(squares))
    seen = np.zeros(len(squares), np.bool_)
    place = np.full(len(rows[0]) - 1, -1, np.int64)
    for target in range(len(sizes)):
        near = _nearest(target, columns, rows, squares, ridge, which.shape[1], products, seen)
        if not len(near):
            continue
        gram = _gram(near, columns, place)
        wanted = np.empty(len(near))
        for one in range(len(near)):
            gram[one, one] += ridge
            wanted[one] = products[near[one]]
        sizes[target] = len(near)
        which[target, : len(near)] = near
        worth[target, : len(near)] = np.linalg.solve(gram, wanted)


@compiled
def _nearest(
    target: int, columns: tuple[Ints, Ints, Floats], rows: tuple[Ints, Ints, Floats],
    squares: Floats, ridge: float, keep: int, products: Floats, seen: Any,
) -> Ints:  # fmt: skip
    """The columns kept for a target; ``products`` is left with theirs. ``seen`` is left False."""
    touched = np.empty(len(squares), np.int64)
    many = 0
    for at in range(columns[0][target], columns[0][target + 1]):
        row = columns[1][at]
        for other in range(rows[0][row], rows[0][row + 1]):
            which = rows[1][other]
            if not seen[which]:
                seen[which] = True
                products[which] = 0.0
                touched[many] = which
                many += 1
            products[which] += columns[2][at] * rows[2][other]
    touched = np.sort(touched[:many])
    near = np.empty(many)
    for place in range(many):
        which = touched[place]
        seen[which] = False
        near[place] = -1.0
        if which != target and products[which] > 0:
            near[place] = products[which] / np.sqrt(squares[which] + ridge)
    if many <= keep:
        return touched[near > 0]
    cut = np.partition(near, many - keep)[many - keep]
    if cut <= 0:
        return touched[near > 0]
    left = keep - np.sum(near > cut)
    taken = np.empty(keep, np.int64)
    size = 0
    for place in range(many):
        if near[place] > cut or (near[place] == cut and left > 0):
            left -= near[place] == cut
            taken[size] = touched[place]
            size += 1
    return taken[:size]


@compiled
def _gram(near: Ints, columns: tuple[Ints, Ints, Floats], last: Ints) -> Floats:
    """Products of the columns kept with one another. ``last`` is left at -1.

    Entries of one row are chained, so that each row adds the products of its own pairs alone.
    """
    room = 0
    for which in near:
        room += columns[0][which + 1] - columns[0][which]
    before, of, value = np.empty(room, np.int64), np.empty(room, np.int64), np.empty(room)
    found = np.zeros((len(near), len(near)))
    entry = 0
    for one in range(len(near)):
        for at in range(columns[0][near[one]], columns[0][near[one] + 1]):
            row = columns[1][at]
            before[entry], of[entry], value[entry] = last[row], one, columns[2][at]
            last[row] = entry
            other = entry
            while other >= 0:
                amount = value[entry] * value[other]
                found[one, of[other]] += amount
                if other != entry:
                    found[of[other], one] += amount
                other = before[other]
            entry += 1
    for which in near:
        for at in range(columns[0][which], columns[0][which + 1]):
            last[columns[1][at]] = -1
    return found
