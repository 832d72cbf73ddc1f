"""What one's circle says of products, and which it says most of.

Rows are the engine's; one ranking a search answers both questions.
"""

from collections.abc import Sequence

import numpy as np

from comptoir.discovery.asking import Asking
from comptoir.discovery.live.edges import I32
from comptoir.discovery.live.place import Ids
from comptoir.discovery.live.world import F64

# So many products of which the circle says most keep their weight; so many of them are looked at
# whatever the words.
WEIGHED = 5000
NEAREST = 500


class Circle:
    """``rows`` of ``products``, each with a score above 0."""

    def __init__(self, products: Ids, rows: I32, scores: F64) -> None:
        self._products, self._rows, self._scores = products, rows, scores
        self._loudest = float(scores.max(initial=0.0))

    def __bool__(self) -> bool:
        return len(self._rows) > 0

    def weights(self, product_ids: Sequence[int]) -> dict[int, float]:
        """Of those products that the circle speaks for, at most 1: what it says loudest of."""
        rows = self._products.rows(product_ids)
        asked = np.isin(self._rows, rows)
        ids = self._products.ids(self._rows[asked])
        return dict(zip(ids, (self._scores[asked] / self._loudest).tolist(), strict=True))

    def nearest(self, most: int = NEAREST) -> list[int]:
        """The products that it says most of, the heaviest first."""
        rows, scores = _heaviest(self._rows, self._scores, most)
        return self._products.ids(rows[np.argsort(-scores, kind="stable")])


NOBODY = Circle(Ids(np.empty(0, np.int64)), np.empty(0, np.int32), np.empty(0))


def circle_of(asking: Asking) -> Circle:
    """The circle of someone who wants a personal order; ``NOBODY`` for all others."""
    if not asking.personal:
        return NOBODY
    rows, scores = asking.ranked.rows, asking.ranked.scores
    spoken = scores > 0
    return Circle(asking.place.products, *_heaviest(rows[spoken], scores[spoken], WEIGHED))


def _heaviest(rows: I32, scores: F64, most: int) -> tuple[I32, F64]:
    if len(rows) <= most:
        return rows, scores
    kept = np.argpartition(scores, -most)[-most:]
    return rows[kept], scores[kept]
