"""What sets a community apart, and the name that is made of it.

Log-odds ratio with an informative prior, divided by its deviation: Monroe, Colaresi and Quinn,
"Fightin' Words" (2008), equations 16 and 22 with two kinds of acts, those with a term and those
without. One person's acts count for twenty at most, and there is a floor on how many people they
are of, so that neither one who acts a thousand times nor two who agree name anything.
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
PRIOR = 10.0  # acts, like the place as a whole, that each side begins with
HEARD = 20  # acts of one person
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


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """Acts of people × things, weighed by ``heard``, and of all people together by thing; with how
    many acts there are in all, a thing in them or not."""

    rows: Sparse
    acts: float
    whole: Floats
    whole_acts: float


def heard(acts: Sparse) -> Sparse:
    """Acts by person, those of one who acts more than ``HEARD`` times shared out over as many."""
    return scaled(acts, rows=np.minimum(1.0, HEARD / np.maximum(counts(acts, 1), 1)))


def sums(matrix: Sparse) -> Floats:
    """By column."""
    return np.asarray(matrix.sum(axis=0), dtype=np.float64).ravel()


def strengths(inside: Floats, acts: float, whole: Floats, whole_acts: float) -> Floats:
    """How much more of ``acts`` have each thing than of the rest of ``whole_acts``, in standard
    deviations; below 0 for what fewer have. ``inside``, ``whole``: the acts with it."""
    expected = whole / max(whole_acts, 1.0)
    parts = (
        inside + PRIOR * expected,
        acts - inside + PRIOR * (1 - expected),
        whole - inside + PRIOR * expected,
        whole_acts - acts - (whole - inside) + PRIOR * (1 - expected),
    )
    mine, mine_not, rest, rest_not = (np.maximum(part, TINY) for part in parts)
    odds = np.log(mine / mine_not) - np.log(rest / rest_not)
    return np.asarray(odds / np.sqrt(1 / mine + 1 / mine_not + 1 / rest + 1 / rest_not))


def most_apart(
    counted: Counted, *, floor: int = FEWEST, clear: float = CLEAR
) -> list[tuple[int, int, float]]:
    """Things that at least ``floor`` people act on, more than the rest of the place does: each with
    how many they are and its strength (at least ``clear``), the strongest first."""
    people = counts(counted.rows, 0)
    found = strengths(sums(counted.rows), counted.acts, counted.whole, counted.whole_acts)
    kept = np.flatnonzero((people >= floor) & (found >= clear))
    kept = kept[np.lexsort((kept, -found[kept]))]
    return [(int(column), int(people[column]), float(found[column])) for column in kept]


def sets_apart(counted: Counted, said: Sparse, acted: Floats) -> list[tuple[int, int, float]]:
    """The terms that set people apart, as ``most_apart`` gives them; at most eight, and none that
    mostly says of the same acts what a stronger one says.

    ``counted``: by term; ``said``: products × terms; ``acted``: those people by product.
    """
    floor = max(FEWEST, int(np.ceil(SHARE * counted.rows.shape[0])))
    found = most_apart(counted, floor=floor)[:LOOKED_AT]
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
