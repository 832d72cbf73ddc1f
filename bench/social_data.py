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
from numpy.typing import NDArray

from comptoir.discovery.ranking.graph import Graph, Sparse, graph
from comptoir.discovery.ranking.trust import trusting

Bools = NDArray[np.bool_]
SETS = ("ciao", "yelp", "epinions", "douban_book")
ASIDE, SEED, FEWEST, FOLDS = 0.1, 7, 3, 5


@dataclass(frozen=True, slots=True)
class Split:
    """``cuts`` choose the parameters: what is known there, and what is hidden from it. Then
    ``known`` is fitted and ``test`` asked, once."""

    cuts: tuple[tuple[Graph, Sparse], ...]
    known: Graph
    test: Sparse

    @property
    def train(self) -> Graph:
        """What is known in the first cut."""
        return self.cuts[0][0]

    @property
    def validation(self) -> Sparse:
        """What is hidden in the first cut."""
        return self.cuts[0][1]


def load(folder: Path, name: str) -> Split:
    """One set. Where no validation comes with it, a tenth of the acts of people with at least
    three is set aside once. Where one comes (on ciao, of 1,186 people: too few), it and the
    training part together are dealt into five, and each fifth is set aside in turn; the test is
    answered without it, as published.

    Raises:
        FileNotFoundError: the set is not in the folder.
    """
    train, follows = _part(folder, name, "train"), _part(folder, name, "social")
    test = graph(_part(folder, name, "test"), follows).acts
    # The draws are over the acts in the order of the published files, which is the protocol's.
    acts = train.tocoo()
    if (folder / f"{name}_val.npz").exists():
        acts = sp.csr_matrix(train + _part(folder, name, "val")).tocoo()
        drawn = _fifths(acts)
    else:
        drawn = [_tenth(acts)]

    def those(chosen: Bools) -> sp.csr_matrix:
        ones = np.ones(int(chosen.sum()))
        return sp.csr_matrix((ones, (acts.row[chosen], acts.col[chosen])), shape=acts.shape)

    cuts = tuple(
        (trusting(graph(those(~aside), follows)), graph(those(aside), follows).acts)
        for aside in drawn
    )
    return Split(cuts, trusting(graph(train, follows)), test)


def _tenth(acts: sp.coo_matrix) -> Bools:
    per_person = np.bincount(acts.row, minlength=acts.shape[0])
    aside = np.random.default_rng(SEED).random(acts.nnz) < ASIDE
    return np.asarray(aside & (per_person[acts.row] >= FEWEST))


def _fifths(acts: sp.coo_matrix) -> list[Bools]:
    """Each act in one of five, but one of each person, which stays."""
    rng = np.random.default_rng(SEED)
    fold = rng.permutation(acts.nnz) % FOLDS
    shuffled = rng.permutation(acts.nnz)
    fold[shuffled[np.unique(acts.row[shuffled], return_index=True)[1]]] = FOLDS
    return [fold == which for which in range(FOLDS)]


def _part(folder: Path, name: str, part: str) -> sp.csr_matrix:
    return sp.csr_matrix(sp.load_npz(folder / f"{name}_{part}.npz"))
