"""The ranking again, plainly: loops over people and products, sets and dictionaries."""

from dataclasses import dataclass
from math import log, sqrt

import numpy as np

from comptoir.discovery.ranking.pairs import PairSettings
from comptoir.discovery.ranking.peers import PeerSettings
from comptoir.discovery.ranking.regression import RegressionSettings

# By product: what each person or product puts into its score. One whose cut is undecided is absent.
Parts = dict[int, dict[int, float]]


@dataclass(frozen=True, slots=True)
class Town:
    """``acts[p]``: the products that p acted on. ``follows[p]``: whom p follows, never p.
    ``trust[p]``: how much p counts for others."""

    products: int
    acts: tuple[frozenset[int], ...]
    follows: tuple[frozenset[int], ...]
    trust: tuple[float, ...]

    def actors(self, product: int) -> set[int]:
        return {p for p, acted in enumerate(self.acts) if product in acted}

    def heard(self, product: int) -> float:
        """Its actors, each as much as they are trusted; at least 1."""
        return max(sum(self.trust[p] for p in self.actors(product)), 1.0)

    @property
    def circles(self) -> tuple[frozenset[int], ...]:
        return tuple(followed | {me} for me, followed in enumerate(self.follows))

    def followers(self, person: int) -> float:
        """Those who have them in their circle, each as much as they are trusted; at least 1."""
        having = [p for p, circle in enumerate(self.circles) if person in circle]
        return max(sum(self.trust[p] for p in having), 1.0)


def near(vectors: list[dict[int, float]], one: int, other: int, shrink: float) -> float:
    """Dot product of two people's weighted sets, each divided by its length."""

    def length(of: int) -> float:
        return sqrt(sum(weight**2 for weight in vectors[of].values()) + shrink) or 1.0

    shared = vectors[one].keys() & vectors[other].keys()
    dot = sum(vectors[one][what] * vectors[other][what] for what in shared)
    return dot / length(one) / length(other)


def rare(town: Town, sets: tuple[frozenset[int], ...]) -> list[dict[int, float]]:
    """Each member of each set, weighing the logarithm of how few trusted sets have it."""
    everyone = max(sum(town.trust), 1.0)

    def having(what: int) -> float:
        return max(sum(town.trust[p] for p, each in enumerate(sets) if what in each), 1.0)

    return [{what: log(everyone / having(what)) for what in one} for one in sets]


def similarity(town: Town, settings: PeerSettings, one: int, other: int) -> float:
    """How near ``other`` is to ``one``, who hears them as far as they are trusted or followed."""
    taste = near(rare(town, town.acts), one, other, settings.shrink)
    circle = near(rare(town, town.circles), one, other, 0.0)
    voice = 1.0 if other in town.follows[one] else town.trust[other]
    return voice * (settings.taste * taste + settings.circle * circle)


def strongest(strengths: dict[int, float], keep: int) -> list[int] | None:
    """The ``keep`` strongest above 0; None if rounding alone decides who comes last."""
    order = sorted(
        (one for one in strengths if strengths[one] > 1e-12), key=lambda i: -strengths[i]
    )
    if len(order) > keep and strengths[order[keep - 1]] - strengths[order[keep]] < 1e-12:
        return None
    return order[:keep]


def peers_parts(town: Town, settings: PeerSettings, viewer: int) -> Parts:
    """For each product, what each peer puts into its score."""
    likes = {
        other: similarity(town, settings, viewer, other)
        for other in range(len(town.acts))
        if other != viewer
    }
    nearest = strongest(likes, settings.keep)
    if nearest is None:
        return {}
    parts: Parts = {product: {} for product in range(town.products)}
    for other in nearest:
        for product in town.acts[other]:
            discount = town.heard(product) ** settings.discount
            parts[product][other] = likes[other] ** settings.sharpness / discount
    return parts


def walk_parts(town: Town, viewer: int) -> Parts:
    """For each product, what each person on the way to it puts into its score."""
    met = dict.fromkeys(range(len(town.acts)), 0.0)
    for sets, having in ((town.acts, town.heard), (town.circles, town.followers)):
        for shared in sets[viewer]:
            for other in met:
                if shared in sets[other]:
                    met[other] += town.trust[other] / having(shared) / len(sets[viewer])
    return {
        product: {
            other: met[other] / len(town.acts[other])
            for other in town.actors(product)
            if met[other] and other != viewer
        }
        for product in range(town.products)
    }


def pair(town: Town, settings: PairSettings, liked: int, scored: int) -> float:
    """How strongly the product liked speaks for the one scored."""
    both = (town.actors(liked) & town.actors(scored)) if liked != scored else set()
    shared = sum(town.trust[p] * float(len(town.acts[p])) ** -settings.breadth for p in both)
    sizes = [town.heard(one) + settings.shrink for one in (liked, scored)]
    return float(shared / sizes[0] ** settings.balance / sizes[1] ** (1 - settings.balance))


def pairs_parts(town: Town, settings: PairSettings, viewer: int) -> Parts:
    """For each product, what each product of the viewer puts into its score."""
    parts: Parts = {}
    for scored in range(town.products):
        strengths = {liked: pair(town, settings, liked, scored) for liked in range(town.products)}
        heard = strongest(strengths, settings.keep)
        if heard is not None:
            mine = town.acts[viewer].intersection(heard)
            parts[scored] = {liked: strengths[liked] for liked in mine}
    return parts


# What a person acted on, or whom they have in their circle.
Regressor = tuple[str, int]


def regressors(town: Town, settings: RegressionSettings, person: int) -> dict[Regressor, float]:
    """What a person has, weighed."""
    acts, circle = town.acts[person], town.circles[person]
    found = {
        ("product", one): len(acts) ** -settings.breadth * town.heard(one) ** -settings.evenness
        for one in acts
    }
    for one in circle if settings.circle else ():
        weight = settings.circle * len(circle) ** -0.5 * town.followers(one) ** -0.25
        found["person", one] = weight
    return found


def regression_parts(
    town: Town, settings: RegressionSettings, viewer: int
) -> dict[int, dict[Regressor, float]]:
    """For each product, what each product of the viewer and each person followed puts into it."""
    rows = [regressors(town, settings, p) for p in range(len(town.acts))]
    all_of = sorted({what for row in rows for what in row})

    def product(one: Regressor, other: Regressor) -> float:
        return sum(
            t * r.get(one, 0) * r.get(other, 0) for t, r in zip(town.trust, rows, strict=True)
        )

    parts: dict[int, dict[Regressor, float]] = {}
    for scored in range(town.products):
        target = ("product", scored)
        strengths = {
            number: product(target, one) / sqrt(product(one, one) + settings.ridge)
            for number, one in enumerate(all_of)
            if one != target
        }
        near_ones = strongest(strengths, settings.keep)
        if near_ones is None:
            continue
        kept = [all_of[number] for number in near_ones]
        gram = np.array([[product(one, other) for other in kept] for one in kept])
        wanted = np.array([product(target, one) for one in kept])
        found = (
            np.linalg.solve(gram + settings.ridge * np.eye(len(kept)), wanted) if kept else wanted
        )
        scale = town.heard(scored) ** settings.evenness
        parts[scored] = {
            one: rows[viewer][one] * weight * scale
            for one, weight in zip(kept, found, strict=True)
            if one in rows[viewer] and one != ("person", viewer)
        }
    return parts
