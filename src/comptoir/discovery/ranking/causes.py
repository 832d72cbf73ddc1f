"""What a score is made of."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Cause:
    """One person, or one product the viewer acted on, and the part of the score that is theirs.

    ``id`` is a row or a column of the graph. ``amount`` is in units of the score; a product's may
    be negative: it speaks against.
    """

    kind: Literal["person", "product"]
    id: int
    amount: float
