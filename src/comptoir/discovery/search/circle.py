"""What one's circle says of products, and which it says most of.

Rows are the engine's; one ranking a search answers both questions.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from comptoir.discovery.live.asker import asker_of
from comptoir.discovery.live.engine import ENGINE
from comptoir.people.actor import Actor

# So many products of which the circle says most keep their weight; so many of them are looked at
# whatever the words.
WEIGHED = 5000
NEAREST = 500


@dataclass(frozen=True, slots=True)
class Circle:
    """``weights`` by product, above 0 and at most 1; ``nearest``: the heaviest, heaviest first."""

    weights: Mapping[int, float] = field(default_factory=dict)
    nearest: tuple[int, ...] = ()


NOBODY = Circle()


def circle_of(actor: Actor) -> Circle:
    """The circle of someone who wants a personal order; ``NOBODY`` for all others."""
    asker = asker_of(actor)
    if asker.profile_id is None:
        return NOBODY
    ranker = ENGINE.ranker()
    place = ranker.place
    ranked = ranker.rank(place.viewer(asker.profile_id, list(asker.excluded)))
    rows, scores = ranked.rows, ranked.scores
    top = float(scores.max(initial=0.0))
    if top <= 0:
        return NOBODY
    if len(rows) > WEIGHED:
        kept = np.argpartition(scores, -WEIGHED)[-WEIGHED:]
        rows, scores = rows[kept], scores[kept]
    heaviest = np.argsort(-scores, kind="stable")
    rows, scores = rows[heaviest], scores[heaviest] / top
    ids = place.products.ids(rows[scores > 0])
    weights = dict(zip(ids, scores.tolist(), strict=False))
    return Circle(weights, tuple(ids[:NEAREST]))
