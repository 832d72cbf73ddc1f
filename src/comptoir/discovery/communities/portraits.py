"""Today's groups with what is told of them: what sets them apart, and the products they love."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import numpy as np

from comptoir.discovery.communities.finding import SMALLEST, Group
from comptoir.discovery.communities.gathering import Town
from comptoir.discovery.communities.naming import (
    Apart,
    Counted,
    heard,
    most_apart,
    sets_apart,
    sums,
)
from comptoir.discovery.communities.terms import Term, terms_of
from comptoir.discovery.ranking.graph import Floats, Ints, Sparse, counts

LOVED = 48
FEWEST_SHOPS = 2  # behind what a community loves: what rests on one is that shop's advertisement


@dataclass(frozen=True, slots=True, eq=False)
class Portrait:
    """``closeness`` by profile key; ``loved``: keys of products, the most its own first."""

    closeness: dict[int, float]
    apart: tuple[Apart, ...]
    loved: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """A town and what its products are told by: ``said`` products × terms. ``acts`` people ×
    products and ``has`` people × terms are ``heard``; with their sums."""

    town: Town
    terms: list[Term]
    said: Sparse
    acts: Sparse
    has: Sparse
    by_product: Floats
    by_term: Floats

    def counted(self, people: Ints) -> tuple[Counted, Counted]:
        """What those rows act on: products, then terms."""
        products, terms = self.acts[people], self.has[people]
        mine, whole = float(products.sum()), float(self.by_product.sum())
        return (
            Counted(products, mine, self.by_product, whole),
            Counted(terms, mine, self.by_term, whole),
        )


def place_of(town: Town) -> Place:
    said, terms = terms_of(town.products)
    acts = heard(town.graph.acts)
    has = (acts @ said).tocsr()
    return Place(town, terms, said, acts, has, sums(acts), sums(has))


def portrait_of(place: Place, group: Group, without: AbstractSet[int]) -> Portrait | None:
    """The group less the profiles ``without``, who left its community; ``None`` for one that is
    then too small, that nothing sets apart, or that loves the products of one shop alone."""
    keys = place.town.profiles[group.people]
    stays = ~np.isin(keys, np.array(sorted(without), dtype=np.int64))
    rows: Ints = group.people[stays]
    if len(rows) < SMALLEST:
        return None
    products, terms = place.counted(rows)
    apart = sets_apart(terms, place.said, counts(products.rows, 0))
    if not apart:
        return None
    loved = most_apart(products, clear=0.0)[:LOVED]
    if len({int(place.town.shops[column]) for column, _n, _strong in loved}) < FEWEST_SHOPS:
        return None
    closeness = zip(keys[stays].tolist(), group.closeness[stays].tolist(), strict=True)
    return Portrait(
        closeness={profile: min(1.0, near) for profile, near in closeness},
        apart=tuple(Apart(place.terms[term], n, strong) for term, n, strong in apart),
        loved=tuple(int(place.town.products[column]) for column, _n, _strong in loved),
    )
