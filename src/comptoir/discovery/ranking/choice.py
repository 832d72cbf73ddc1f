"""The one rule by which the method's few parameters are chosen, from acts set aside.

First those of each voice, the others silent; then how loud each is beside the peers, again until
none moves, ``PASSES`` times at most. Each parameter in one fixed order is set to the value on its
ladder with the best NDCG@20, the one it has staying unless another is better. Acts may be set aside
in more than one way: the mean is over the people of all. At most ``ASKED`` are asked in each, drawn
with a fixed seed.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from comptoir.discovery.ranking.blend import VOICES, Settings, Weights, lengths, voice_of
from comptoir.discovery.ranking.graph import Floats, Graph, Ints, Sparse
from comptoir.discovery.ranking.measures import BATCH, gains, people_to_ask, top

ASKED = 3000
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
PAIRS: Ladder = (
    ("pairs", "keep", (50, 200)),
    ("pairs", "breadth", (0.25, 0.5)),
    ("pairs", "balance", (0.5, 0.7)),
)
REGRESSION: Ladder = (
    ("regression", "circle", (0.0, 1.0, 3.0)),
    ("regression", "ridge", (20.0, 60.0)),
    ("regression", "evenness", (0.0, 0.1, 0.25)),
)
FACTORS: Ladder = (
    ("factors", "evenness", (0.25, 0.4)),
    ("factors", "rank", (64, 128, 256)),
    ("factors", "circle", (0.0, 0.3, 0.6)),
    ("factors", "known", (0.0, 0.1)),
)
LEANINGS: Ladder = (
    ("leanings", "ridge", (20.0, 40.0, 80.0, 160.0)),
    ("leanings", "sure", (10.0, 20.0)),
    ("leanings", "rank", (32, 64, 128)),
    ("leanings", "circle", (0.1, 0.2, 0.5)),
)
ALONE = {
    "peers": PEERS, "pairs": PAIRS, "regression": REGRESSION, "factors": FACTORS,
    "leanings": LEANINGS,
}  # fmt: skip
LOUDER = (0.0, 0.1, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0)
BLEND: Ladder = tuple(
    ("weights", name, LOUDER) for name in ("leanings", "regression", "factors", "pairs", "walk")
)
SILENCE = Weights(peers=0.0, pairs=0.0, regression=0.0, factors=0.0, leanings=0.0, walk=0.0)
PASSES = 3

Tell = Callable[[str], None]
Said = NDArray[np.float32]


def in_silence(_step: str) -> None:
    pass


Cut = tuple[Graph, Sparse]


class Trial:
    """Measures settings on acts ``hidden`` from a graph; a voice is heard again only when its own
    parameters changed."""

    def __init__(self, graph: Graph, hidden: Sparse) -> None:
        self._graph, self._hidden = graph, hidden
        people = people_to_ask(hidden)
        if len(people) > ASKED:
            people = np.sort(np.random.default_rng(SEED).choice(people, ASKED, replace=False))
        self._people: Ints = people
        self._heard: dict[str, tuple[object, Said]] = {}

    def ndcgs(self, settings: Settings) -> Floats:
        """NDCG@20 of the blend, of each person asked."""
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
        return np.concatenate(found)

    def _said(self, name: str, settings: Settings) -> Said:
        """The voice's scores at length 1, of the settings last asked for."""
        of_voice = getattr(settings, name, None)
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


class Trials:
    """Measures settings on all cuts together."""

    def __init__(self, cuts: Sequence[Cut]) -> None:
        self._trials = [Trial(graph, hidden) for graph, hidden in cuts]

    def ndcg(self, settings: Settings) -> float:
        """NDCG@20 of the blend, the mean over everyone asked in any cut."""
        return float(np.concatenate([trial.ndcgs(settings) for trial in self._trials]).mean())


def choose(cuts: Sequence[Cut], tell: Tell = in_silence) -> Settings:
    """The settings for acts like these, chosen on the acts hidden in the cuts. Repeatable."""
    trials = Trials(cuts)
    chosen = Settings()
    for name, ladder in ALONE.items():
        alone = replace(chosen, weights=replace(SILENCE, **{name: 1.0}))
        chosen = climb(trials, alone, ladder, tell)
    chosen = replace(chosen, weights=Weights())
    for _ in range(PASSES):
        before, chosen = chosen, climb(trials, chosen, BLEND, tell)
        if chosen == before:
            break
    return chosen


def climb(trials: Trials, settings: Settings, ladder: Ladder, tell: Tell = in_silence) -> Settings:
    """The best settings found by going up the ``ladder`` once."""
    reached = trials.ndcg(settings)
    for part, name, values in ladder:
        if part != "weights" and not getattr(settings.weights, part):
            continue
        for tried in _others(settings, part, name, values):
            ndcg = trials.ndcg(tried)
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
