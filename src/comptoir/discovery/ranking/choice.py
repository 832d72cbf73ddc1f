"""The one rule by which the method's few parameters are chosen, from acts set aside.

First the peers' own parameters, with the other voices silent; then those of the other voices and
how loud they are, in the blend. Each parameter in one fixed order is set to the value on its ladder
with the best NDCG@20, the one it has staying unless another is better. At most ``ASKED`` people are
asked, drawn with a fixed seed.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from comptoir.discovery.ranking.blend import VOICES, Settings, Weights, lengths, voice_of
from comptoir.discovery.ranking.graph import Graph, Ints, Sparse
from comptoir.discovery.ranking.measures import BATCH, gains, people_to_ask, top
from comptoir.discovery.ranking.peers import PeerSettings

ASKED = 1000
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
BLEND: Ladder = (
    ("weights", "pairs", (0.25, 0.5, 1.0, 2.0, 4.0)),
    ("weights", "factors", (0.25, 0.5, 1.0, 2.0)),
    ("pairs", "breadth", (0.0, 0.25, 0.5)),
    ("pairs", "shrink", (5.0, 20.0, 60.0)),
    ("pairs", "balance", (0.4, 0.5, 0.6, 0.7)),
    ("pairs", "keep", (20, 50, 100, 200)),
    ("factors", "evenness", (0.25, 0.4)),
    ("factors", "known", (0.0, 0.1, 0.25)),
    ("factors", "rank", (64, 128, 256)),
    ("weights", "pairs", (0.0, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 4.0)),
    ("weights", "factors", (0.0, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0)),
)
ALONE = Weights(pairs=0.0, factors=0.0)

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
            total = np.zeros((len(batch), self._graph.products))
            for name, weight in loud.items():
                total += weight * said[name][here]
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
    return blended(trial, alone(trial, tell=tell), tell)


def alone(trial: Trial, peers: PeerSettings | None = None, tell: Tell = in_silence) -> Settings:
    """Peers only, from the given start. A similarity of weight 0 there stays silent."""
    start = Settings(peers=peers or PeerSettings(), weights=ALONE)
    both = start.peers.taste and start.peers.circle
    ladder = tuple(step for step in PEERS if both or step[1] != "circle")
    return climb(trial, start, ladder, tell)


def blended(trial: Trial, peers: Settings, tell: Tell = in_silence) -> Settings:
    """The other voices joined to peers that were chosen alone."""
    return climb(trial, replace(peers, weights=Weights()), BLEND, tell)


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
