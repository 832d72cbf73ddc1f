"""How good the ranking is that answers live, beside the whole method: on validation, not the test.

``python -m bench.live_quality --data FOLDER [--sets ciao …]``. The live ranking is asked as pages
ask it, person by person, from a snapshot of the training acts; the method of ``discovery.ranking``
with the same parameters, those that nobody chose for the set, and other voices. At most ``ASKED``
people are asked, the same ones of each.
"""

import argparse
import json
from dataclasses import replace
from pathlib import Path

import numpy as np

import bench.ready  # noqa: F401 (it sets Django up)
from bench.social_data import SETS, Split, load
from comptoir.discovery.live.assemble import Acts, Follows, assemble
from comptoir.discovery.live.flags import BOUGHT, FOLLOWERS_BITS, OWN_BITS
from comptoir.discovery.live.place import Place
from comptoir.discovery.live.rank import Ranker
from comptoir.discovery.ranking.blend import Ranking, Settings
from comptoir.discovery.ranking.graph import Floats, Graph, Ints
from comptoir.discovery.ranking.measures import people_to_ask, quality
from comptoir.discovery.ranking.trust import insiders

ASKED, SEED = 2_000, 11
FLAG = BOUGHT | BOUGHT << FOLLOWERS_BITS | BOUGHT << OWN_BITS
VOICES = ("peers", "pairs", "regression", "factors", "leanings")
BESIDE = (
    ("peers",),
    ("peers", "pairs"),
    ("peers", "regression"),
    ("peers", "regression", "factors"),
    ("peers", "regression", "factors", "leanings"),
)


class Live:
    """The live ranking of a graph; rows of people and products are the graph's."""

    def __init__(self, graph: Graph) -> None:
        acts, follows = graph.acts.tocoo(), graph.follows.tocoo()
        snapshot = assemble(
            Acts(
                acts.row.astype(np.int64), acts.col.astype(np.int64),
                np.full(acts.nnz, FLAG, np.uint8), np.arange(acts.nnz),
            ),
            Follows(
                follows.row.astype(np.int64), follows.col.astype(np.int64), np.arange(follows.nnz)
            ),
            np.arange(graph.people), np.empty(0, np.int64), position=0,
            known=insiders(graph.follows),  # as the method beside it is trusted
        )  # fmt: skip
        self._place, self._products = Place(snapshot), graph.products
        self._ranker = Ranker(self._place)

    def scores(self, viewers: Ints) -> Floats:
        """Viewers × products, dense."""
        found = np.zeros((len(viewers), self._products))
        for at, viewer in enumerate(viewers.tolist()):
            ranked = self._ranker.rank(self._place.viewer(viewer, []))
            found[at, self._place.products.ids(ranked.rows)] = ranked.scores
        return found


def measured(split: Split) -> dict[str, dict[str, float]]:
    """Recall@20 and NDCG@20 on the acts set aside first from the training data."""
    train, hidden = split.cuts[0]
    people = people_to_ask(hidden)
    if len(people) > ASKED:
        people = np.sort(np.random.default_rng(SEED).choice(people, ASKED, replace=False))
    found = {"live": quality(Live(train).scores, train.acts, hidden, people)}
    for voices in BESIDE:
        silent = dict.fromkeys(set(VOICES) - set(voices), 0.0)
        settings = replace(Settings(), weights=replace(Settings().weights, **silent))
        ranking = Ranking(train, settings)
        found[", ".join(voices)] = quality(ranking.scores, train.acts, hidden, people)
    return {
        name: {"recall20": round(one.recall, 4), "ndcg20": round(one.ndcg, 4)}
        for name, one in found.items()
    }


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--data", type=Path, required=True, help="folder of the .npz files")
    arguments.add_argument("--sets", nargs="+", default=list(SETS), help="which of them")
    given = arguments.parse_args()
    found = {}
    for name in given.sets:
        found[name] = measured(load(given.data, name))
        print(name, json.dumps(found[name]), flush=True)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
