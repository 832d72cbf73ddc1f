"""Which of today's groups is which of yesterday's communities."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

import numpy as np
from scipy.optimize import linear_sum_assignment

# Greene, Doyle and Cunningham (2010), "Tracking the evolution of communities in dynamic social
# networks", follow communities at this overlap.
SAME = 0.3


def matched(
    before: Mapping[int, AbstractSet[int]], now: Sequence[AbstractSet[int]]
) -> dict[int, int]:
    """The community that each of today's groups goes on, by the group's place in ``now``.

    The pairs whose overlaps (people of both, of the people of either) add up to the most; none of
    less than ``SAME``. A group that goes on no community is absent, and is new. Nobody may be in
    two sets of one side.
    """
    keys = list(before)
    row_of = {person: row for row, key in enumerate(keys) for person in before[key]}
    shared = np.zeros((len(keys), len(now)))
    for column, group in enumerate(now):
        known = [row_of[person] for person in group if person in row_of]
        shared[:, column] = np.bincount(np.array(known, dtype=np.int64), minlength=len(keys))
    old = np.array([len(before[key]) for key in keys])
    new = np.array([len(group) for group in now])
    overlap = shared / np.maximum(old[:, None] + new[None, :] - shared, 1)
    overlap[overlap < SAME] = 0.0
    rows, columns = linear_sum_assignment(overlap, maximize=True)
    pairs = zip(rows.tolist(), columns.tolist(), strict=True)
    return {column: keys[row] for row, column in pairs if overlap[row, column]}
