"""How good the ranking is: Recall@20 and NDCG@20 on public data, beside what was published.

All products are ranked, those already had left out. Parameters are chosen by one rule on the
cuts of the training data (``comptoir.discovery.ranking.choice``); the test is asked once
for each row of the table: ``make bench-discovery-quality DATA=FOLDER``.
"""

import argparse
import json
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.social_data import SETS, Split, load
from comptoir.discovery.ranking.blend import Ranking, Settings
from comptoir.discovery.ranking.choice import SILENCE, choose
from comptoir.discovery.ranking.measures import people_to_ask, quality

# Recall@20 and NDCG@20 as published on these very splits. GBSR's repository chose on its test, and
# RecDiff stopped on it, which favours them.
PUBLISHED = {
    "ciao": {
        "SAMN": (0.0604, 0.0384), "DSL": (0.0606, 0.0389), "MHCN": (0.0621, 0.0378),
        "RecDiff": (0.0712, 0.0419),
    },
    "yelp": {"SEPT": (0.1176, 0.0682), "GBSR": (0.1243, 0.0724)},
    "epinions": {"SEPT": (0.0724, 0.0416), "GBSR": (0.0793, 0.0464)},
    "douban_book": {
        "LightGCN": (0.1501, 0.1282), "SEPT": (0.1592, 0.1382), "GBSR": (0.1694, 0.1523),
        "SGL": (0.1730, 0.1546), "SimGCL": (0.1772, 0.1583),
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Measured:
    """On the test; ``fit_s``: seconds to fit with the parameters chosen, ``choice_s`` to choose."""

    recall20: float
    ndcg20: float
    fit_s: float
    choice_s: float


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--data", type=Path, required=True, help="folder of the .npz files")
    arguments.add_argument("--sets", nargs="+", default=list(SETS), help="which of them")
    arguments.add_argument("--blend-only", action="store_true", help="without the ablation")
    given = arguments.parse_args()
    table = Table("data", "method", "Recall@20", "NDCG@20", "fit s", "choice s")
    console, found = Console(stderr=True), {}
    for name in given.sets:
        for method, (recall, ndcg) in PUBLISHED.get(name, {}).items():
            table.add_row(name, f"{method}, published", f"{recall:.4f}", f"{ndcg:.4f}", "", "")
        measured = measure(load(given.data, name), not given.blend_only, console, name)
        for method, one in measured.items():
            figures = f"{one.recall20:.4f}", f"{one.ndcg20:.4f}"
            table.add_row(name, method, *figures, f"{one.fit_s:.1f}", f"{one.choice_s:.0f}")
        blend = asdict(measured["blend"])
        found[name] = {key: round(blend[key], 5) for key in ("recall20", "ndcg20", "fit_s")}
        table.add_section()
    Console(width=100).print(table)
    print(json.dumps(found))


def measure(split: Split, ablation: bool, console: Console, name: str) -> dict[str, Measured]:
    """The blend, last, after the parts it is made of."""
    begun = time.perf_counter()
    chosen = choose(split.cuts, tell=console.print)
    choice_s = time.perf_counter() - begun
    console.print(name, chosen)
    parts = _parts(chosen) if ablation else {}
    found = {}
    for method, settings in {**parts, "blend": chosen}.items():
        found[method] = _on_test(split, settings, choice_s)
        console.print(name, method, asdict(found[method]))
    return found


def _parts(chosen: Settings) -> dict[str, Settings]:
    """What the blend is made of: with its parameters, but what is taken away."""
    peers = replace(chosen, weights=replace(SILENCE, peers=1.0))
    friends = replace(peers.peers, taste=0.0, circle=peers.peers.circle or 1.0)
    return {
        "friends only": replace(peers, peers=friends),
        "taste only": replace(peers, peers=replace(peers.peers, circle=0.0)),
        "both: peers": peers,
        "both: regression": replace(chosen, weights=replace(SILENCE, regression=1.0)),
        "both: factors": replace(chosen, weights=replace(SILENCE, factors=1.0)),
        "both: leanings": replace(chosen, weights=replace(SILENCE, leanings=1.0)),
    }


def _on_test(split: Split, settings: Settings, choice_s: float) -> Measured:
    begun = time.perf_counter()
    ranking = Ranking(split.known, settings)
    fit_s = time.perf_counter() - begun
    people = people_to_ask(split.test)
    reached = quality(ranking.scores, split.known.acts, split.test, people)
    return Measured(reached.recall, reached.ndcg, fit_s, choice_s)


if __name__ == "__main__":
    main()
