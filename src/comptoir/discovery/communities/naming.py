"""What sets a community apart, and the name that is made of it.

Log-odds ratio with an informative prior, divided by its deviation: Monroe, Colaresi and Quinn,
"Fightin' Words" (2008), with people who act and people who do not as the two kinds that are
counted. One who acts a thousand times thus weighs as one; and there is a floor on how many they
are, so that nothing is told of one or two.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import combinations, count

import numpy as np
import scipy.sparse as sp

from comptoir.discovery.communities.terms import Term
from comptoir.discovery.ranking.graph import Floats, Sparse, counts
from comptoir.discovery.ranking.weights import scaled

FEWEST = 3  # people: what fewer of a community act on is neither told nor counted
SHARE = 0.2  # of a community's people, for what names it
CLEAR = 1.64  # standard deviations: what chance alone gives once in twenty
PRIOR = 2.0  # people, like the place as a whole, whom each side begins with
TINY = 1e-9
SAID_TWICE = 0.5  # of one term's acts are the other's too: together they would say one thing
LOOKED_AT = 60
TOLD = 8
TRIED = 6  # the strongest terms, whose pairs a name is chosen among
AFTER = {"word": 1, "shop": 2}  # than categories and brands, in a name
PROPER = frozenset(["brand", "shop"])  # their capitals are their own


@dataclass(frozen=True, slots=True)
class Apart:
    """A term that sets a community apart: how many of its people, and by how much (deviations)."""

    term: Term
    people: int
    strength: float


def strengths(inside: Floats, people: int, whole: Floats, everyone: int) -> Floats:
    """How much more each thing is had by ``people`` than by the rest of ``everyone``, in standard
    deviations; below 0 for what they have less. ``inside``, ``whole``: how many have it."""
    expected = whole / everyone
    parts = (
        inside + PRIOR * expected,
        people - inside + PRIOR * (1 - expected),
        whole - inside + PRIOR * expected,
        everyone - people - (whole - inside) + PRIOR * (1 - expected),
    )
    mine, mine_not, rest, rest_not = (np.maximum(part, TINY) for part in parts)
    odds = np.log(mine / mine_not) - np.log(rest / rest_not)
    return np.asarray(odds / np.sqrt(1 / mine + 1 / mine_not + 1 / rest + 1 / rest_not))


def most_apart(
    rows: Sparse, whole: Floats, everyone: int, *, floor: int = FEWEST, clear: float = CLEAR
) -> list[tuple[int, int, float]]:
    """Columns that at least ``floor`` of the rows have, more than ``everyone`` else of the place:
    each with how many have it and its strength (at least ``clear``), the strongest first."""
    inside = counts(rows, 0)
    found = strengths(inside, rows.shape[0], whole, everyone)
    kept = np.flatnonzero((inside >= floor) & (found >= clear))
    kept = kept[np.lexsort((kept, -found[kept]))]
    return [(int(column), int(inside[column]), float(found[column])) for column in kept]


def sets_apart(
    rows: Sparse, whole: Floats, everyone: int, said: Sparse, acted: Floats
) -> list[tuple[int, int, float]]:
    """The terms that set people apart, as ``most_apart`` gives them; at most eight, and none that
    mostly says of the same acts what a stronger one says.

    ``rows``: those people × terms; ``whole``: people of the place by term; ``said``: products ×
    terms; ``acted``: those people by product.
    """
    floor = max(FEWEST, int(np.ceil(SHARE * rows.shape[0])))
    found = most_apart(rows, whole, everyone, floor=floor)[:LOOKED_AT]
    told = sp.csr_matrix(said[:, [column for column, _people, _strength in found]])
    both = (told.T @ scaled(told, rows=acted)).toarray()
    alone = np.diag(both)
    chosen: list[int] = []
    for place in range(len(found)):
        less = np.minimum(alone[place], alone[chosen])
        if len(chosen) < TOLD and not np.any(both[place, chosen] > SAID_TWICE * less):
            chosen.append(place)
    return [found[place] for place in chosen]


def name_of(apart: Sequence[Apart], taken: Collection[str]) -> tuple[str, tuple[str, ...]]:
    """A name that is not in ``taken`` (which is in lower case), and the keys of its terms.

    Two terms, the strongest pair first; words of titles after categories and brands, and a shop's
    name only where nothing else is told. When all are taken, the first one numbered.

    Raises:
        ValueError: nothing sets the community apart.
    """
    named = sorted((one.term for one in apart), key=lambda term: AFTER.get(term.kind, 0))
    named = [term for term in named if term.kind != "shop"][:TRIED] or named[:TRIED]
    if not named:
        raise ValueError("nothing to name it by")
    choices = [*combinations(named, 2), *((term,) for term in named)]
    for choice in choices:
        if _joined(choice).casefold() not in taken:
            return _joined(choice), tuple(term.key for term in choice)
    plain = _joined(choices[0])
    numbered = (f"{plain} {number}" for number in count(2))
    free = next(name for name in numbered if name.casefold() not in taken)
    return free, tuple(term.key for term in choices[0])


def _joined(terms: Sequence[Term]) -> str:
    first, *others = terms
    told = [first.text[:1].upper() + first.text[1:]]
    told += [term.text if term.kind in PROPER else term.text.lower() for term in others]
    return " & ".join(told)
