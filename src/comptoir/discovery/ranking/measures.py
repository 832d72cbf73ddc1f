"""How good a ranking is: recall and NDCG over all products, those already had left out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from comptoir.discovery.ranking.graph import Floats, Ints, Sparse, counts

BATCH = 256


@dataclass(frozen=True, slots=True)
class Quality:
    """Means over the people who have something to be found."""

    recall: float
    ndcg: float


def people_to_ask(hidden: Sparse) -> Ints:
    """Those with at least one hidden act."""
    return np.flatnonzero(counts(hidden, 1))


def top(scores: NDArray[np.floating[Any]], had: Sparse, depth: int) -> Ints:
    """The ``depth`` best products of each row, best first, without those ``had``.

    ``scores`` is written to. Raises ValueError when there are no more products than ``depth``.
    """
    if scores.shape[1] <= depth:
        raise ValueError(f"{scores.shape[1]} products are too few for the best {depth}")
    rows = np.repeat(np.arange(len(scores)), np.diff(had.indptr))
    scores[rows, had.indices] = -np.inf
    some = np.argpartition(-scores, depth, axis=1)[:, :depth]
    order = np.argsort(-np.take_along_axis(scores, some, 1), axis=1, kind="stable")
    return np.asarray(np.take_along_axis(some, order, 1))


def gains(best: Ints, hidden: Sparse) -> tuple[Floats, Floats]:
    """Recall and NDCG of each row; every row of ``hidden`` must have an entry.

    Recall is found over all hidden, not over what fits; the ideal of NDCG fills what fits.
    """
    depth = best.shape[1]
    found = np.take_along_axis(hidden.toarray(), best, 1) > 0
    discount = 1 / np.log2(np.arange(2, depth + 2))
    size = counts(hidden, 1).astype(np.int64)
    ideal = np.cumsum(discount)[np.minimum(size, depth) - 1]
    return found.sum(axis=1) / size, (found * discount).sum(axis=1) / ideal


def quality(
    score: Callable[[Ints], Floats], had: Sparse, hidden: Sparse, people: Ints, depth: int = 20
) -> Quality:
    """Asks ``score`` for batches of ``people`` and means what they are answered."""
    recalls, ndcgs = [], []
    for start in range(0, len(people), BATCH):
        batch = people[start : start + BATCH]
        recall, ndcg = gains(top(score(batch), had[batch], depth), hidden[batch])
        recalls.append(recall)
        ndcgs.append(ndcg)
    return Quality(float(np.concatenate(recalls).mean()), float(np.concatenate(ndcgs).mean()))
