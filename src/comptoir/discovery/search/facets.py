"""Facets: what results can be narrowed by, and what the searcher chose.

A facet's value stands in ``Listing.facets`` as "facet:value". Several values of one facet widen,
several facets narrow. Prices are bands in minor units of the euro; a product in another currency
is in none of them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

PRICE_BANDS = ((0, 1000), (1000, 2500), (2500, 5000), (5000, 10000), (10000, 20000), (20000, None))
FACETS = ("price", "category", "brand", "shop", "place", "stock")
MOST_VALUES = 8
LONGEST_VALUE = 300


@dataclass(frozen=True, slots=True)
class Choice:
    """Chosen values by facet; a facet with none is not there."""

    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.values)

    def keys(self, facet: str) -> list[str]:
        """As ``Listing.facets`` has them."""
        return [f"{facet}:{value}" for value in self.values.get(facet, ())]

    def has(self, facet: str, value: str) -> bool:
        return value in self.values.get(facet, ())

    def without(self, facet: str) -> "Choice":
        return Choice({name: values for name, values in self.values.items() if name != facet})


NOTHING_CHOSEN = Choice()


def chosen(values: Mapping[str, Iterable[str]]) -> Choice:
    """A choice from what an address says; unknown facets and values beyond measure fall away."""
    found = {}
    for facet in FACETS:
        asked = dict.fromkeys(v.replace("\0", "") for v in values.get(facet, ()))
        kept = tuple(v for v in asked if v and len(v) <= LONGEST_VALUE)[:MOST_VALUES]
        if kept:
            found[facet] = kept
    return Choice(found)


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a facet, and how many of the results have it. ``label`` is a shop's name."""

    value: str
    count: int
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """One facet with its commonest values, and those chosen."""

    name: str
    values: tuple[Value, ...]


def facet_of(name: str, counts: Sequence[Sequence[object]], choice: Choice) -> Facet:
    """From rows (key, count, label); chosen values that no result has are counted 0."""
    prefix = f"{name}:"
    found = {
        str(key).removeprefix(prefix): (int(str(count)), str(label or ""))
        for key, count, label in counts
        if str(key).startswith(prefix)
    }
    for value in choice.values.get(name, ()):
        found.setdefault(value, (0, ""))
    values = [Value(v, n, label or v, choice.has(name, v)) for v, (n, label) in found.items()]
    if name == "price":
        values.sort(key=lambda one: one.value)
    return Facet(name, tuple(values))
