"""How far fake people move honest people's rankings, beside UserKNN and iALS on the same data.

A product that few act on is pushed by fakes of three kinds, who follow honest people and one
another. Counted are the honest people who get it among their best 20 and did not before. Nobody
honest follows a fake, but in the rows "entered", where a few do: there those who follow a fake are
counted apart from those who follow none, and the place knows a tenth of its people of itself, drawn
beforehand, from whom trust starts. Settings are the defaults of the ranking.
``make bench-shilling DATA=FOLDER``.
"""

import argparse
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from implicit.als import AlternatingLeastSquares  # type: ignore[import-untyped]
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from bench.fake_people import FILLERS, Attack, attacked, entered_by
from bench.social_data import load
from comptoir.discovery.ranking.blend import Ranking, Settings
from comptoir.discovery.ranking.graph import Floats, Graph, Ints, counts, graph
from comptoir.discovery.ranking.measures import BATCH, top
from comptoir.discovery.ranking.trust import insiders, trusting
from comptoir.discovery.ranking.weights import shrunk_rows, strongest

DEPTH, ASKED, ENTERED, KNOWN, SEED, RARE = 20, 1000, 10, 0.1, 23, 5
SHARES = (0.01, 0.05)
METHODS = ("UserKNN", "iALS", "ours without trust", "ours")
NEIGHBOURS = 200
Bools = NDArray[np.bool_]
Rates = dict[str, dict[str, float]]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--data", type=Path, required=True, help="folder of the .npz files")
    arguments.add_argument("--sets", nargs="+", default=["ciao", "yelp"], help="which of them")
    arguments.add_argument("--targets", type=int, default=3, help="products pushed, one at a time")
    given = arguments.parse_args()
    console, found = Console(stderr=True, width=110), {}
    for name in given.sets:
        found[name] = measure(load(given.data, name).known, given.targets)
        table = Table(name, *METHODS, title="Honest people newly shown the product, %")
        for attack, row in found[name].items():
            table.add_row(attack, *(f"{100 * row[method]:.2f}" for method in METHODS))
        console.print(table)
    print(json.dumps({"rates": found, "worst_share": worst_share(found)}))


def worst_share(found: dict[str, Rates]) -> float:
    """Ours over the better of the two, the largest of the attacks that entered no circle and moved
    somebody under both."""
    shares = [
        row["ours"] / min(row["UserKNN"], row["iALS"])
        for rates in found.values()
        for attack, row in rates.items()
        if "entered" not in attack and min(row["UserKNN"], row["iALS"]) > 0
    ]
    return round(max(shares), 4)


def measure(known: Graph, targets: int) -> Rates:
    """By attack and method: the share of honest people newly shown the product."""
    trial = Trial(graph(known.acts, known.follows), targets)
    found: Rates = {}
    for share in SHARES:
        for filler in FILLERS:
            told = [trial.moved(Attack(filler, share), method)[1] for method in METHODS]
            found[f"{share:.0%} {filler}"] = dict(zip(METHODS, told, strict=True))
    entering = Attack("bandwagon", SHARES[-1], ENTERED)
    both = [trial.moved(entering, method) for method in METHODS]
    for place, who in enumerate(("follow a fake", "follow none")):
        row = [one[place] for one in both]
        found[f"entered: who {who}"] = dict(zip(METHODS, row, strict=True))
    return found


@dataclass(slots=True)
class Trial:
    """Fits methods to the honest graph and to attacked ones, and compares what people are shown."""

    honest: Graph
    targets: int
    _pushed: Ints = field(init=False)
    _people: Ints = field(init=False)
    _seeds: Ints = field(init=False)
    _before: dict[tuple[str, bool], Bools] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        rng = np.random.default_rng(SEED)
        known = counts(self.honest.acts, 0)
        rare = np.flatnonzero((known >= 1) & (known <= RARE))
        self._pushed = rng.choice(rare, self.targets, replace=False)
        everyone = self.honest.people
        self._people = np.sort(rng.choice(everyone, min(ASKED, everyone), replace=False))
        inside = insiders(self.honest.follows)
        self._seeds = np.sort(rng.choice(inside, max(round(KNOWN * len(inside)), 1), replace=False))

    def moved(self, attack: Attack, method: str) -> tuple[float, float]:
        """Of those who follow a fake, and of those who follow none, the share newly shown the
        product, among people who do not have it. Means over the products pushed."""
        seeds = self._seeds if attack.entered else None
        kind = (method, seeds is None)
        if kind not in self._before:
            self._before[kind] = self._shown(self.honest, method, seeds, self._people)
        rates = []
        for place, target in enumerate(self._pushed):
            fooled = entered_by(self.honest, attack, seed=place)
            people = np.union1d(self._people, fooled)
            before = self._before[kind]
            if len(people) > len(self._people):
                before = self._shown(self.honest, method, seeds, people)
            with_fakes = attacked(self.honest, int(target), attack, place)
            after = self._shown(with_fakes, method, seeds, people)
            newly = after[:, place] & ~before[:, place]
            without = self.honest.acts[people, int(target)].toarray().ravel() == 0
            follows = np.isin(people, fooled)
            rates.append([_share(newly, without & follows), _share(newly, without & ~follows)])
        first, second = np.mean(rates, axis=0)
        return float(first), float(second)

    def _shown(self, given: Graph, method: str, seeds: Ints | None, people: Ints) -> Bools:
        """People × products pushed: whether it is among their best."""
        rows = []
        score = fitted(given, method, seeds)
        for start in range(0, len(people), BATCH):
            batch = people[start : start + BATCH]
            best = top(score(batch), given.acts[batch], DEPTH)
            rows.append((best[:, :, None] == self._pushed).any(axis=1))
        return np.concatenate(rows)


def _share(newly: Bools, among: Bools) -> float:
    return float(newly[among].mean()) if among.any() else 0.0


Score = Callable[[Ints], Floats]


def fitted(given: Graph, method: str, seeds: Ints | None) -> Score:
    """The scores of a method fitted to the graph."""
    if method == "UserKNN":
        return neighbours(given)
    if method == "iALS":
        return factors(given)
    trusted = trusting(given, seeds) if method == "ours" else given
    return Ranking(trusted, Settings()).scores


def neighbours(given: Graph) -> Score:
    """Acts of the people of nearest acts, by the cosine."""
    taste = shrunk_rows(given.acts)

    def scores(people: Ints) -> Floats:
        near = sp.csr_matrix(taste[people] @ taste.T)
        rows = np.repeat(np.arange(len(people)), np.diff(near.indptr))
        near.data[near.indices == people[rows]] = 0.0
        return np.asarray((strongest(near, NEIGHBOURS) @ given.acts).toarray())

    return scores


def factors(given: Graph) -> Score:
    """iALS of ``implicit``, with parameters of a quality near its best on both sets."""
    model = AlternatingLeastSquares(
        factors=64, regularization=5.0, alpha=5.0, iterations=15, random_state=1, num_threads=1
    )
    with threadpool_limits(1, "blas"):
        model.fit(given.acts.astype(np.float32), show_progress=False)
    return lambda people: np.asarray(
        model.user_factors[people] @ model.item_factors.T, dtype=np.float64
    )


if __name__ == "__main__":
    main()
