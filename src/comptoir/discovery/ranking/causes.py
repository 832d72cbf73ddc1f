"""What a score is made of."""

from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from comptoir.discovery.ranking.graph import Floats, Sparse

Kind = Literal["person", "product"]


class Cause(NamedTuple):
    """One person, or one product the viewer acted on, and the part of the score that is theirs.

    A person acted on the product, unless not ``acted``: then the viewer follows them, and those
    around them lean to it or away from it.

    ``id`` is a row or a column of the graph. ``amount`` is in units of the score; it may be
    negative, of a product or of someone the viewer follows: it speaks against.
    """

    kind: Kind
    id: int
    amount: float
    acted: bool = True


Parts = tuple[NDArray[np.integer[Any]], Floats]


def linear_causes(acts: Sparse, product: int, products: Parts, people: Parts) -> list[Cause]:
    """Causes of a voice linear in the viewer's acts and circle: products and their amounts, people
    followed and theirs. Those of nothing are left out."""
    acted = acts[people[0], product].toarray().ravel()
    found = [
        Cause("product", int(which), float(amount))
        for which, amount in zip(*products, strict=True)
        if amount
    ]
    for who, amount, did in zip(*people, acted, strict=True):
        if amount:
            found.append(Cause("person", int(who), float(amount), acted=bool(did)))
    return found
