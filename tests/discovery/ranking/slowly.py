"""The ranking again, plainly: loops over people and products, sets and dictionaries."""

from dataclasses import dataclass
from math import log, sqrt

from comptoir.discovery.ranking.pairs import PairSettings
from comptoir.discovery.ranking.peers import PeerSettings

# By product: what each person or product puts into its score. One whose cut is undecided is absent.
Parts = dict[int, dict[int, float]]


@dataclass(frozen=True, slots=True)
class Town:
    """``acts[p]``: the products that p acted on. ``follows[p]``: whom p follows, never p."""

    products: int
    acts: tuple[frozenset[int], ...]
    follows: tuple[frozenset[int], ...]

    def actors(self, product: int) -> set[int]:
        return {p for p, acted in enumerate(self.acts) if product in acted}


def near(vectors: list[dict[int, float]], one: int, other: int, shrink: float) -> float:
    """Dot product of two people's weighted sets, each divided by its length."""

    def length(of: int) -> float:
        return sqrt(sum(weight**2 for weight in vectors[of].values()) + shrink) or 1.0

    shared = vectors[one].keys() & vectors[other].keys()
    dot = sum(vectors[one][what] * vectors[other][what] for what in shared)
    return dot / length(one) / length(other)


def rare(sets: tuple[frozenset[int], ...]) -> list[dict[int, float]]:
    """Each member of each set, weighing the logarithm of how few sets have it."""
    return [
        {what: log(len(sets) / sum(what in each for each in sets)) for what in one} for one in sets
    ]


def similarity(town: Town, settings: PeerSettings, one: int, other: int) -> float:
    circles = tuple(followed | {me} for me, followed in enumerate(town.follows))
    taste = near(rare(town.acts), one, other, settings.shrink)
    return settings.taste * taste + settings.circle * near(rare(circles), one, other, 0.0)


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
            actors = len(town.actors(product))
            parts[product][other] = likes[other] ** settings.sharpness / actors**settings.discount
    return parts


def pair(town: Town, settings: PairSettings, liked: int, scored: int) -> float:
    """How strongly the product liked speaks for the one scored."""
    both = (town.actors(liked) & town.actors(scored)) if liked != scored else set()
    shared = sum(float(len(town.acts[person])) ** -settings.breadth for person in both)
    sizes = [max(len(town.actors(one)), 1) + settings.shrink for one in (liked, scored)]
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
