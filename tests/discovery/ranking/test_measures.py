"""Weights, measures and the choice of parameters."""

from dataclasses import replace
from math import log2

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from comptoir.discovery.ranking.blend import Settings, Weights
from comptoir.discovery.ranking.choice import PEERS, SILENCE, Trials, choose, climb
from comptoir.discovery.ranking.graph import Graph, Sparse, graph
from comptoir.discovery.ranking.measures import gains, people_to_ask, quality, top
from comptoir.discovery.ranking.peers import PeerSettings
from comptoir.discovery.ranking.weights import strongest

SOME = settings(deadline=None, max_examples=40)
ROWS = st.lists(st.lists(st.integers(-2, 4), min_size=6, max_size=6), min_size=1, max_size=4)


@SOME
@given(ROWS, st.integers(1, 7))
def test_the_strongest_of_equals_are_the_first(rows: list[list[int]], keep: int) -> None:
    found = strongest(sp.csr_matrix(np.array(rows, dtype=float)), keep).toarray()
    for row, kept in zip(rows, found, strict=True):
        order = sorted((i for i in range(6) if row[i] > 0), key=lambda i: (-row[i], i))[:keep]
        assert kept.tolist() == [row[i] if i in order else 0 for i in range(6)]


@SOME
@given(st.randoms(use_true_random=False), st.integers(1, 8))
def test_recall_and_ndcg_are_what_they_are_by_hand(random: object, depth: int) -> None:
    rng = np.random.default_rng(random.randrange(10**6))  # type: ignore[attr-defined]
    scores = rng.permutation(4 * 9).reshape(4, 9).astype(float)
    had = sp.csr_matrix((rng.random((4, 9)) < 0.2).astype(float))
    hidden = sp.csr_matrix(np.where(had.toarray() > 0, 0.0, rng.random((4, 9)) < 0.4))
    people = people_to_ask(hidden)
    if not len(people):
        return
    recalls, ndcgs = [], []
    for who in people:
        open_to = [i for i in range(9) if not had[who, i]]
        best = sorted(open_to, key=lambda i: -scores[who, i])[:depth]
        truth = set(hidden[who].indices)
        recalls.append(len(truth.intersection(best)) / len(truth))
        gain = sum(1 / log2(place + 2) for place, i in enumerate(best) if i in truth)
        ndcgs.append(gain / sum(1 / log2(place + 2) for place in range(min(len(truth), depth))))
    found = quality(lambda batch: scores[batch].copy(), had, hidden, people, depth)
    assert (found.recall, found.ndcg) == pytest.approx((np.mean(recalls), np.mean(ndcgs)))


def test_what_one_has_is_never_an_answer() -> None:
    scores = np.array([[9.0, 8.0, 7.0, 1.0]])
    best = top(scores, sp.csr_matrix(np.array([[1.0, 0, 0, 0]])), 2)
    assert best.tolist() == [[1, 2]]
    recall, ndcg = gains(best, sp.csr_matrix(np.array([[0, 1.0, 0, 1.0]])))
    assert recall.tolist() == [0.5]
    assert ndcg[0] == pytest.approx(1 / (1 + 1 / log2(3)))


def test_more_answers_than_products_are_refused() -> None:
    with pytest.raises(ValueError, match="too few"):
        top(np.zeros((1, 3)), sp.csr_matrix((1, 3)), 3)


def test_follows_must_be_of_the_same_people() -> None:
    with pytest.raises(ValueError, match="follows of shape"):
        graph(sp.csr_matrix((3, 5)), sp.csr_matrix((4, 4)))


def test_a_graph_counts_each_act_once_and_nobody_follows_themselves() -> None:
    acts = sp.csr_matrix(([1.0, 3.0, 0.0], ([0, 0, 1], [1, 1, 0])), shape=(2, 2))
    found = graph(acts, sp.csr_matrix(np.array([[1.0, 2.0], [0.0, 1.0]])))
    assert found.acts.toarray().tolist() == [[0, 1], [0, 0]]
    assert found.follows.toarray().tolist() == [[0, 1], [0, 0]]


def two_tastes() -> tuple[Graph, Sparse]:
    """Forty people of two tastes over sixty products; friends are drawn without regard to taste."""
    rng = np.random.default_rng(1)
    odd = np.arange(40)[:, None] % 2 == np.arange(60)[None, :] % 2
    acts = (rng.random((40, 60)) < 0.3) & odd
    hidden = acts & (rng.random((40, 60)) < 0.2)
    follows = (rng.random((40, 40)) < 0.2).astype(float)
    return graph(sp.csr_matrix(acts & ~hidden, dtype=float), sp.csr_matrix(follows)), sp.csr_matrix(
        hidden, dtype=float
    )


def test_the_choice_is_repeatable_and_no_worse_than_where_it_begins() -> None:
    town, hidden = two_tastes()
    chosen = choose([(town, hidden)])
    assert choose([(town, hidden)]) == chosen
    trials = Trials([(town, hidden)])
    peers_alone = replace(chosen, weights=replace(SILENCE, peers=1.0))
    untold = replace(peers_alone, peers=PeerSettings())
    assert trials.ndcg(peers_alone) >= trials.ndcg(untold)
    assert trials.ndcg(chosen) >= trials.ndcg(replace(chosen, weights=Weights()))


def test_friends_of_no_taste_are_given_the_least_weight_there_is() -> None:
    town, hidden = two_tastes()
    trials = Trials([(town, hidden)])
    chosen = climb(trials, Settings(weights=replace(SILENCE, peers=1.0)), PEERS)
    assert chosen.peers.circle == 0.1
    friends = replace(chosen, peers=PeerSettings(taste=0.0, circle=1.0))
    assert trials.ndcg(friends) < trials.ndcg(chosen)


def test_people_of_all_cuts_count_alike() -> None:
    town, hidden = two_tastes()
    few = sp.csr_matrix(sp.vstack([hidden[:7], 0 * hidden[7:]]))
    few.eliminate_zeros()
    settings = Settings(weights=replace(SILENCE, peers=1.0))
    each = [Trials([(town, part)]).ndcg(settings) for part in (hidden, few)]
    sizes = [len(people_to_ask(part)) for part in (hidden, few)]
    assert sizes[0] > sizes[1]
    both = Trials([(town, hidden), (town, few)]).ndcg(settings)
    assert both == pytest.approx(np.average(each, weights=sizes))
