"""The voices in one score, and the score taken apart again."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Literal, Protocol

import numpy as np

from comptoir.discovery.ranking.causes import Cause, Kind
from comptoir.discovery.ranking.factors import Factors, FactorSettings
from comptoir.discovery.ranking.graph import Floats, Graph, Ints
from comptoir.discovery.ranking.leanings import Leanings, LeaningSettings
from comptoir.discovery.ranking.pairs import Pairs, PairSettings
from comptoir.discovery.ranking.peers import Peers, PeerSettings
from comptoir.discovery.ranking.regression import Regression, RegressionSettings
from comptoir.discovery.ranking.walk import Walk

# A voice shorter than this has said nothing; what it has is rounding.
SILENT = 1e-10


class Voice(Protocol):
    """Scores products for viewers, and says what caused each score."""

    def scores(self, viewers: Ints) -> Floats: ...

    def causes(self, viewer: int, product: int) -> list[Cause]: ...


@dataclass(frozen=True, slots=True)
class Weights:
    """How loud each voice is; one of weight 0 is not computed."""

    peers: float = 1.0
    pairs: float = 0.5
    regression: float = 0.5
    factors: float = 0.5
    leanings: float = 0.5
    walk: float = 0.25


@dataclass(frozen=True, slots=True)
class Settings:
    """All parameters of the method."""

    peers: PeerSettings = field(default_factory=PeerSettings)
    pairs: PairSettings = field(default_factory=PairSettings)
    regression: RegressionSettings = field(default_factory=RegressionSettings)
    factors: FactorSettings = field(default_factory=FactorSettings)
    leanings: LeaningSettings = field(default_factory=LeaningSettings)
    weights: Weights = field(default_factory=Weights)


def lengths(scores: Floats) -> Floats:
    """Length of each row; 1 for a row of nothing but rounding.

    Voices are in different units. Divided by its length for this viewer, each is worth its weight
    to everybody, and the score stays a plain sum.
    """
    found = np.linalg.norm(scores, axis=1)
    return np.where(found > SILENT, found, 1.0)


def voice_of(name: str, graph: Graph, settings: Settings) -> Voice:
    """The voice of that name, fitted."""
    if name == "peers":
        return Peers(graph, settings.peers)
    if name == "pairs":
        return Pairs(graph, settings.pairs)
    if name == "regression":
        return Regression(graph, settings.regression)
    if name == "factors":
        return Factors(graph, settings.factors)
    if name == "leanings":
        return Leanings(graph, settings.leanings)
    return Walk(graph)


VoiceName = Literal["peers", "pairs", "regression", "factors", "leanings", "walk"]
VOICES: tuple[VoiceName, ...] = ("peers", "pairs", "regression", "factors", "leanings", "walk")


class Ranking:
    """score(viewer, product) = Σ over voices: weight × the voice's score / its length."""

    def __init__(self, graph: Graph, settings: Settings) -> None:
        self._products = graph.products
        weights = settings.weights
        loud = {name: float(getattr(weights, name)) for name in VOICES}
        self._voices = [
            (weight, voice_of(name, graph, settings)) for name, weight in loud.items() if weight
        ]

    def scores(self, viewers: Ints) -> Floats:
        """Viewers × products, dense; what a viewer already has is scored too."""
        total = np.zeros((len(viewers), self._products))
        for weight, voice in self._voices:
            said = voice.scores(viewers)
            total += said * (weight / lengths(said))[:, None]
        return total

    def because(self, viewer: int, product: int) -> list[Cause]:
        """Everyone and everything that caused the score, the strongest first; sums to the score.

        A product that more than one voice names is one cause.
        """
        amounts: dict[tuple[Kind, int, bool], float] = defaultdict(float)
        for weight, voice in self._voices:
            loud = weight / float(lengths(voice.scores(np.array([viewer])))[0])
            for cause in voice.causes(viewer, product):
                amounts[cause.kind, cause.id, cause.acted] += loud * cause.amount
        found = [
            Cause(kind, which, amount, acted) for (kind, which, acted), amount in amounts.items()
        ]
        return sorted(found, key=lambda cause: (-cause.amount, cause.kind, cause.id))
