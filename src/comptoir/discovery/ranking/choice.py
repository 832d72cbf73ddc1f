"""The one rule by which the method's few parameters are chosen, from acts set aside.

First those of each voice, the others silent; then how loud each is beside the peers, twice over.
Each parameter in one fixed order is set to the value on its ladder with the best NDCG@20, the one
it has staying unless another is better. At most ``ASKED`` people are asked, drawn with a fixed
seed. The pairs are not in it: the regression says what they say, better.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from comptoir.discovery.ranking.blend import VOICES, Settings, Weights, lengths, voice_of
from comptoir.discovery.ranking.graph import Graph, Ints, Sparse
from comptoir.discovery.ranking.measures import BATCH, gains, people_to_ask, top

ASKED = 2000
SEED = 11
DEPTH = 20
# Voice or "weights", parameter, values tried.
Ladder = tuple[tuple[str, str, tuple[float, ...]], ...]
PEERS: Ladder = (
    ("peers", "circle", (0.1, 0.2, 0.4, 0.8)),
    ("peers", "shrink", (0.0, 20.0, 100.0)),
    ("peers", "discount", (0.0, 0.1, 0.2, 0.3)),
    ("peers", "sharpness", (1.0, 1.5)),
    ("peers", "keep", (200, 500, 1000)),
)
REGRESSION: Ladder = (
    ("regression", "circle", (0.0, 1.0, 3.0)),
    ("regression", "ridge", (20.0, 60.0)),
    ("regression", "evenness", (0.0, 0.1, 0.25)),
    ("regression", "breadth", (0.1, 0.25)),
)
FACTORS: Ladder = (
    ("factors", "rank", (64, 128, 256)),
    ("factors", "evenness", (0.25, 0.4)),
    ("factors", "circle", (0.0, 0.3, 0.6)),
    ("factors", "known", (0.0, 0.1)),
)
LOUDER = (0.0, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0)
BLEND: Ladder = (("weights", "regression", LOUDER), ("weights", "factors", LOUDER))
SILENCE = Weights(peers=0.0, pairs=0.0, regression=0.0, factors=0.0)
PASSES = 2

Tell = Callable[[str], None]
Said = NDArray[np.float32]


def in_silence(_step: str) -> None:
    pass


class Trial:
    """Measures settings; a voice is heard again only when its own parameters changed."""

    def __init__(self, graph: Graph, hidden: Sparse) -> None:
        self._graph, self._hidden = graph, hidden
        people = people_to_ask(hidden)
        if len(people) > ASKED:
            people = np.sort(np.random.default_rng(SEED).choice(people, ASKED, replace=False))
        self._people: Ints = people
        self._heard: dict[str, tuple[object, Said]] = {}

    def ndcg(self, settings: Settings) -> float:
        """NDCG@20 of the blend."""
        loud = {
            name: float(weight) for name in VOICES if (weight := getattr(settings.weights, name))
        }
        said = {name: self._said(name, settings) for name in loud}
        found = []
        for start in range(0, len(self._people), BATCH):
            here = slice(start, start + BATCH)
            batch = self._people[here]
            total = np.zeros((len(batch), self._graph.products), dtype=np.float32)
            for name, weight in loud.items():
                total += np.float32(weight) * said[name][here]
            best = top(total, self._graph.acts[batch], DEPTH)
            found.append(gains(best, self._hidden[batch])[1])
        return float(np.concatenate(found).mean())

    def _said(self, name: str, settings: Settings) -> Said:
        """The voice's scores at length 1, of the settings last asked for."""
        of_voice = getattr(settings, name)
        kept = self._heard.get(name)
        if kept is not None and kept[0] == of_voice:
            return kept[1]
        voice = voice_of(name, self._graph, settings)
        said = np.empty((len(self._people), self._graph.products), dtype=np.float32)
        for start in range(0, len(self._people), BATCH):
            scores = voice.scores(self._people[start : start + BATCH])
            said[start : start + BATCH] = scores / lengths(scores)[:, None]
        self._heard[name] = (of_voice, said)
        return said


def choose(graph: Graph, hidden: Sparse, tell: Tell = in_silence) -> Settings:
    """The settings for acts like these, chosen on the ``hidden`` ones. Repeatable."""
    trial = Trial(graph, hidden)
    chosen = Settings()
    for name, ladder in (("peers", PEERS), ("regression", REGRESSION), ("factors", FACTORS)):
        alone = replace(chosen, weights=replace(SILENCE, **{name: 1.0}))
        chosen = climb(trial, alone, ladder, tell)
    return climb(trial, replace(chosen, weights=Weights(pairs=0.0)), BLEND * PASSES, tell)


def climb(trial: Trial, settings: Settings, ladder: Ladder, tell: Tell = in_silence) -> Settings:
    """The best settings found by going up the ``ladder`` once."""
    reached = trial.ndcg(settings)
    for part, name, values in ladder:
        if part != "weights" and not getattr(settings.weights, part):
            continue
        for tried in _others(settings, part, name, values):
            ndcg = trial.ndcg(tried)
            if ndcg > reached:
                settings, reached = tried, ndcg
        tell(f"{part}.{name} = {getattr(getattr(settings, part), name)}: {reached:.4f}")
    return settings


def _others(
    settings: Settings, part: str, name: str, values: tuple[float, ...]
) -> Iterator[Settings]:
    """``settings`` with each other value of one parameter."""
    old = getattr(settings, part)
    for value in values:
        if value != getattr(old, name):
            yield replace(settings, **{part: replace(old, **{name: value})})
