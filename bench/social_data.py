"""Public sets of acts with a social graph, on the splits that were published with them.

The project ships none of them. ``ciao`` is split as with RecDiff (github.com/HKUDS/RecDiff),
``yelp``, ``epinions`` and ``douban_book`` as with GBSR (github.com/yimutianyang/KDD24-GBSR). Each
is NAME_train, NAME_test, NAME_social and for some NAME_val ``.npz``: scipy's sparse matrices of 0
and 1, people × products, and people × people for who follows whom.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import scipy.sparse as sp

from comptoir.discovery.ranking.graph import Graph, Sparse, graph
from comptoir.discovery.ranking.trust import trusting

SETS = ("ciao", "yelp", "epinions", "douban_book")
ASIDE, SEED, FEWEST = 0.1, 7, 3


@dataclass(frozen=True, slots=True)
class Split:
    """``train`` and ``validation`` choose the parameters; then ``known`` is fitted and ``test``
    asked, once."""

    train: Graph
    validation: Sparse
    known: Graph
    test: Sparse


def load(folder: Path, name: str) -> Split:
    """One set. Where no validation comes with it, a tenth of the acts of people with at least
    three is set aside, and given back for the test; where one comes, it is never given back.

    Raises:
        FileNotFoundError: the set is not in the folder.
    """
    known = trusting(graph(_part(folder, name, "train"), follows := _part(folder, name, "social")))
    test = graph(_part(folder, name, "test"), follows).acts
    if (folder / f"{name}_val.npz").exists():
        return Split(known, graph(_part(folder, name, "val"), follows).acts, known, test)
    # The draw is over the acts in the order of the published file, which is the protocol's.
    acts = _part(folder, name, "train").tocoo()
    per_person = np.bincount(acts.row, minlength=acts.shape[0])
    aside = np.random.default_rng(SEED).random(acts.nnz) < ASIDE
    aside &= per_person[acts.row] >= FEWEST

    def those(chosen: np.ndarray) -> sp.csr_matrix:
        ones = np.ones(int(chosen.sum()))
        return sp.csr_matrix((ones, (acts.row[chosen], acts.col[chosen])), shape=acts.shape)

    train = trusting(graph(those(~aside), follows))
    return Split(train, graph(those(aside), follows).acts, known, test)


def _part(folder: Path, name: str, part: str) -> sp.csr_matrix:
    return sp.csr_matrix(sp.load_npz(folder / f"{name}_{part}.npz"))
