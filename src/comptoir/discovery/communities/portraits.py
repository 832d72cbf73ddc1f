"""Today's groups with what is told of them: what sets them apart, and the products they love."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import numpy as np

from comptoir.discovery.communities.finding import SMALLEST, Group
from comptoir.discovery.communities.gathering import Town
from comptoir.discovery.communities.naming import Apart, most_apart, sets_apart
from comptoir.discovery.communities.terms import Term, terms_of
from comptoir.discovery.ranking.graph import Floats, Ints, Sparse, counts

LOVED = 48


@dataclass(frozen=True, slots=True, eq=False)
class Portrait:
    """``closeness`` by profile key; ``loved``: keys of products, the most its own first."""

    closeness: dict[int, float]
    apart: tuple[Apart, ...]
    loved: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """A town and what its products are told by: ``said`` products × terms, ``has`` people × terms,
    and how many people have each term and each product."""

    town: Town
    terms: list[Term]
    said: Sparse
    has: Sparse
    by_term: Floats
    by_product: Floats
    people: int


def place_of(town: Town) -> Place:
    said, terms = terms_of(town.products)
    has = (town.graph.acts @ said).tocsr()
    has.data[:] = 1.0
    acts = town.graph.acts
    people = int(np.count_nonzero(counts(acts, 1)))
    return Place(town, terms, said, has, counts(has, 0), counts(acts, 0), people)


def portrait_of(place: Place, group: Group, without: AbstractSet[int]) -> Portrait | None:
    """The group less the profiles ``without``, who left its community; ``None`` for one that is
    then too small, or that nothing sets apart."""
    keys = place.town.profiles[group.people]
    stays = ~np.isin(keys, np.array(sorted(without), dtype=np.int64))
    rows: Ints = group.people[stays]
    if len(rows) < SMALLEST:
        return None
    acts = place.town.graph.acts[rows]
    apart = sets_apart(place.has[rows], place.by_term, place.people, place.said, counts(acts, 0))
    if not apart:
        return None
    loved = most_apart(acts, place.by_product, place.people, clear=0.0)[:LOVED]
    closeness = zip(keys[stays].tolist(), group.closeness[stays].tolist(), strict=True)
    return Portrait(
        closeness={profile: min(1.0, near) for profile, near in closeness},
        apart=tuple(Apart(place.terms[term], n, strong) for term, n, strong in apart),
        loved=tuple(int(place.town.products[column]) for column, _n, _strong in loved),
    )
