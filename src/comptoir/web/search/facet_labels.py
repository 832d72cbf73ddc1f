"""Facets as a page shows them: their titles, their values in words, and what is chosen."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from comptoir.discovery.search import Facet
from comptoir.discovery.search.facets import PRICE_BANDS
from comptoir.discovery.search.words import typed
from comptoir.web.formats import money
from comptoir.web.search.addresses import SearchAddress

CURRENCY = "EUR"
# Letters of a word that tells something of a place: not "rue", "les" or "des".
TELLING = 4


@dataclass(frozen=True, slots=True)
class ShownValue:
    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class ShownFacet:
    """A group of boxes to tick."""

    name: str
    title: str
    values: Sequence[ShownValue]


@dataclass(frozen=True, slots=True)
class Chosen:
    """A chosen value and the address without it."""

    label: str
    href: str


def _title(name: str) -> str:
    return {
        "price": _("Price"),
        "category": _("Category"),
        "brand": _("Brand"),
        "shop": _("Shop"),
        "place": _("Place"),
        "stock": _("Availability"),
    }[name]


def _label(name: str, value: str, label: str) -> str:
    if name == "stock":
        return _("In stock")
    if name == "price" and value.isascii() and value.isdigit() and int(value) < len(PRICE_BANDS):
        low, high = PRICE_BANDS[int(value)]
        if high is None:
            return _("%(low)s and more") % {"low": money(low, CURRENCY)}
        if low == 0:
            return _("Under %(high)s") % {"high": money(high, CURRENCY)}
        bounds = {"low": money(low, CURRENCY), "high": money(high, CURRENCY)}
        return _("%(low)s to %(high)s") % bounds
    return label


def shown(facets: Sequence[Facet], place: str) -> list[ShownFacet]:
    """Groups in order; ``place`` is the searcher's own, named as near, and first."""
    groups = []
    for facet in facets:
        values = [
            ShownValue(v.value, _label(facet.name, v.value, v.label), v.count, v.chosen)
            for v in facet.values
        ]
        if facet.name == "place" and place:
            values = _nearby(values, place)
        groups.append(ShownFacet(facet.name, _title(facet.name), values))
    return groups


def _nearby(values: Sequence[ShownValue], place: str) -> list[ShownValue]:
    near = [v for v in values if is_near(v.value, place)]
    named = [replace(v, label=_("Near you: %(place)s") % {"place": v.value}) for v in near]
    return [*named, *(v for v in values if v not in near)]


def is_near(one: str, other: str) -> bool:
    """Whether two places are one as people write them: "les Cordiers" and "Rue des Cordiers",
    "Nantes" and "Nantes, île Feydeau". Places have no coordinates here: all the words that tell
    something of one are in the other."""
    words, others = _telling(one), _telling(other)
    return bool(words and others) and (words <= others or others <= words)


def _telling(place: str) -> frozenset[str]:
    words = frozenset(typed(place))
    return frozenset(word for word in words if len(word) >= TELLING) or words


def chosen_of(groups: Sequence[ShownFacet], address: SearchAddress) -> list[Chosen]:
    """What is chosen, in the order of the groups."""
    return [
        Chosen(value.label, address.without(group.name, value.value))
        for group in groups
        for value in group.values
        if value.chosen
    ]
