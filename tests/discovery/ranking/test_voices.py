"""Each voice against the same arithmetic done slowly, on random small towns."""

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from comptoir.discovery.ranking.alternating import alternated
from comptoir.discovery.ranking.blend import (
    VOICES,
    Ranking,
    Settings,
    Voice,
    Weights,
    lengths,
    voice_of,
)
from comptoir.discovery.ranking.factors import FOLLOWS, Factors, FactorSettings, tastes
from comptoir.discovery.ranking.graph import Floats
from comptoir.discovery.ranking.leanings import ROUNDS, Leanings, LeaningSettings
from comptoir.discovery.ranking.pairs import Pairs, PairSettings
from comptoir.discovery.ranking.peers import Peers, PeerSettings
from comptoir.discovery.ranking.regression import Regression, RegressionSettings
from comptoir.discovery.ranking.walk import Walk
from tests.discovery.ranking import slowly
from tests.discovery.ranking.slowly import Town
from tests.discovery.ranking.towns import graph_of, towns

SOME = settings(deadline=None, max_examples=40)
PEERS = st.builds(
    PeerSettings,
    taste=st.sampled_from([0.0, 1.0]),
    circle=st.sampled_from([0.0, 0.4, 1.0]),
    keep=st.integers(1, 8),
    sharpness=st.sampled_from([1.0, 1.5]),
    discount=st.sampled_from([0.0, 0.3]),
    shrink=st.sampled_from([0.0, 20.0]),
)
PAIRS = st.builds(
    PairSettings,
    keep=st.integers(1, 10),
    breadth=st.sampled_from([0.0, 0.5]),
    shrink=st.sampled_from([0.0, 20.0]),
    balance=st.sampled_from([0.3, 0.5]),
)
FACTORS = st.builds(
    FactorSettings,
    rank=st.integers(1, 6),
    evenness=st.sampled_from([0.0, 0.4]),
    known=st.sampled_from([0.0, 0.25]),
    circle=st.sampled_from([0.0, 0.6]),
)
REGRESSION = st.builds(
    RegressionSettings,
    keep=st.integers(1, 8),
    ridge=st.sampled_from([0.5, 20.0]),
    breadth=st.sampled_from([0.0, 0.5]),
    evenness=st.sampled_from([0.0, 0.3]),
    circle=st.sampled_from([0.0, 1.0]),
)
LEANINGS = st.builds(
    LeaningSettings,
    rank=st.integers(1, 4),
    ridge=st.sampled_from([0.5, 5.0]),
    sure=st.sampled_from([0.0, 10.0]),
    circle=st.sampled_from([0.0, 0.5]),
)
LOUD = st.sampled_from([0.0, 0.5, 1.0])
WEIGHTS = st.builds(Weights, LOUD, LOUD, LOUD, LOUD, LOUD, LOUD)
SETTINGS = st.builds(Settings, PEERS, PAIRS, REGRESSION, FACTORS, LEANINGS, WEIGHTS)


def says(voice: Voice, town: Town, expected: list[slowly.Parts]) -> None:
    """The voice scores, and names its causes, as expected for each viewer and product."""
    everyone = np.arange(len(town.acts))
    scores = voice.scores(everyone)
    for viewer, parts in enumerate(expected):
        for product, causes in parts.items():
            assert scores[viewer, product] == pytest.approx(sum(causes.values()), abs=1e-12)
            found = {cause.id: cause.amount for cause in voice.causes(viewer, product)}
            assert found == pytest.approx(causes, abs=1e-12)


@SOME
@given(towns(), PEERS)
def test_peers_are_the_sum_of_what_people_near_me_did(town: Town, given: PeerSettings) -> None:
    expected = [slowly.peers_parts(town, given, viewer) for viewer in range(len(town.acts))]
    says(Peers(graph_of(town), given), town, expected)


@SOME
@given(towns(), PAIRS)
def test_pairs_are_the_sum_of_what_my_products_say(town: Town, given: PairSettings) -> None:
    expected = [slowly.pairs_parts(town, given, viewer) for viewer in range(len(town.acts))]
    says(Pairs(graph_of(town), given), town, expected)


@SOME
@given(towns(), REGRESSION)
def test_products_are_regressed_on_their_nearest(town: Town, given: RegressionSettings) -> None:
    voice = Regression(graph_of(town), given)
    scores = voice.scores(np.arange(len(town.acts)))
    for viewer in range(len(town.acts)):
        for product, parts in slowly.regression_parts(town, given, viewer).items():
            assert scores[viewer, product] == pytest.approx(sum(parts.values()), abs=1e-9)
            found = {
                (cause.kind, cause.id): cause.amount for cause in voice.causes(viewer, product)
            }
            assert found == pytest.approx(
                {one: part for one, part in parts.items() if part}, abs=1e-9
            )


@SOME
@given(towns(), FACTORS)
def test_factors_project_acts_and_circle_on_the_leading_tastes(
    town: Town, given: FactorSettings
) -> None:
    graph, trust = graph_of(town), np.array(town.trust)
    acts = graph.acts.toarray()
    follows, own = graph.follows.toarray(), np.eye(graph.people)
    actors = np.maximum(trust @ acts, 1)
    weighed = acts / np.maximum(acts.sum(1), 1)[:, None] ** given.breadth / actors**given.evenness
    size = (follows + own).sum(1)[:, None] ** -FOLLOWS
    through = given.circle * size * np.maximum(trust @ (follows + own), 1) ** -FOLLOWS
    whole = np.hstack([weighed, (follows + own) * through])
    _, sizes, right = np.linalg.svd(trust[:, None] * whole, full_matrices=True)
    sizes = np.append(sizes, np.zeros(whole.shape[1] - len(sizes)))
    rank = min(given.rank, *whole.shape)
    if rank < whole.shape[1] and sizes[rank - 1] > 1e-9 and sizes[rank - 1] - sizes[rank] < 1e-6:
        return  # the leading tastes are not any one set of directions
    leading = right[:rank][sizes[:rank] > 1e-9]
    # Oneself is in one's circle where tastes are sought, not where one is answered.
    asked = np.hstack([weighed, follows * through])
    expected = (asked @ leading.T @ leading)[:, : graph.products] * actors**given.known
    found = Factors(graph, given).scores(np.arange(graph.people))
    assert found == pytest.approx(expected, abs=1e-7)


def test_tastes_of_a_large_town_are_those_of_the_whole_decomposition() -> None:
    rng = np.random.default_rng(3)
    shape = rng.random((300, 6)) @ rng.random((6, 400)) + 0.01 * rng.random((300, 400))
    right = np.linalg.svd(shape, full_matrices=False)[2][:6]
    found = tastes(sp.csr_matrix(shape), 6)
    assert found @ found.T == pytest.approx(right.T @ right, abs=1e-6)


@SOME
@given(towns())
def test_the_walk_meets_whoever_shares_a_product_or_a_person_with_me(town: Town) -> None:
    expected = [slowly.walk_parts(town, viewer) for viewer in range(len(town.acts))]
    says(Walk(graph_of(town)), town, expected)


@SOME
@given(towns(), LEANINGS)
def test_leanings_are_the_least_squares_of_what_a_viewer_told(
    town: Town, given: LeaningSettings
) -> None:
    graph = graph_of(town)
    told = given.sure * np.hstack(
        [graph.acts.toarray(), given.circle * (graph.follows.toarray() + np.eye(graph.people))]
    )
    columns = alternated(sp.csr_matrix(told), graph.trust, given.rank, given.ridge, ROUNDS)
    had = np.hstack([graph.acts.toarray(), (given.circle > 0) * graph.follows.toarray()])
    voice = Leanings(graph, given)
    for viewer in range(graph.people):
        sure = 1 + given.sure * had[viewer] * np.where(
            np.arange(had.shape[1]) < graph.products, 1, given.circle
        )
        root = np.sqrt(np.append(sure, np.full(given.rank, given.ridge)))
        rows = np.vstack([columns, np.eye(given.rank)]) * root[:, None]
        wanted = np.append(had[viewer], np.zeros(given.rank)) * root
        mine = np.linalg.lstsq(rows, wanted)[0]
        found = voice.scores(np.array([viewer]))[0]
        assert found == pytest.approx(columns[: graph.products] @ mine, abs=1e-9)


def test_alternated_columns_are_least_squares_of_the_rows_they_leave() -> None:
    """A round more changes nothing once done, and both sides solve their own normal equations."""
    rng = np.random.default_rng(5)
    dense: Floats = np.where(rng.random((30, 20)) < 0.3, 4.0, 0.0)
    trust = rng.random(30)
    columns = alternated(sp.csr_matrix(dense), trust, 3, 2.0, 300)

    def solved(entries: Floats, others: Floats, counted: Floats) -> Floats:
        return np.array(
            [
                np.linalg.solve(
                    (others.T * (counted * (1 + row))) @ others + 2 * np.eye(3),
                    others.T @ (counted * (1 + row) * (row > 0)),
                )
                for row in entries
            ]
        )

    rows = solved(dense, columns, np.ones(20))
    assert solved(dense.T, rows, trust) == pytest.approx(columns, abs=1e-6)


@SOME
@given(towns(), SETTINGS)
def test_a_score_is_the_sum_of_its_causes(town: Town, given: Settings) -> None:
    ranking = Ranking(graph_of(town), given)
    scores = ranking.scores(np.arange(len(town.acts)))
    for (viewer, product), score in np.ndenumerate(scores):
        causes = ranking.because(viewer, product)
        assert sum(cause.amount for cause in causes) == pytest.approx(score, abs=1e-12)
        assert len({(cause.kind, cause.id) for cause in causes}) == len(causes)
        for cause in causes:
            if cause.kind == "person":
                assert cause.id != viewer
                assert cause.acted == (product in town.acts[cause.id])
                assert cause.acted or cause.id in town.follows[viewer]
            else:
                assert cause.id in town.acts[viewer]


@SOME
@given(towns(), SETTINGS)
def test_each_voice_is_worth_its_weight(town: Town, given: Settings) -> None:
    graph = graph_of(town)
    everyone = np.arange(graph.people)
    expected = np.zeros((graph.people, graph.products))
    for name in VOICES:
        said = voice_of(name, graph, given).scores(everyone)
        expected += getattr(given.weights, name) * said / lengths(said)[:, None]
    assert Ranking(graph, given).scores(everyone) == pytest.approx(expected, abs=1e-12)


@SOME
@given(towns(), SETTINGS)
def test_a_viewer_is_answered_the_same_alone_and_among_others(town: Town, given: Settings) -> None:
    ranking = Ranking(graph_of(town), given)
    together = ranking.scores(np.arange(len(town.acts)))
    for viewer in range(len(town.acts)):
        assert ranking.scores(np.array([viewer]))[0] == pytest.approx(together[viewer], abs=1e-12)


@SOME
@given(towns(), SETTINGS, st.integers(1, 4), st.data())
def test_whom_nobody_trusts_moves_only_who_follows_them(
    town: Town, given: Settings, many: int, data: st.DataObject
) -> None:
    honest, everyone = len(town.acts), len(town.acts) + many
    acts = st.frozensets(st.integers(0, town.products - 1), min_size=1)
    whom = st.frozensets(st.integers(0, everyone - 1))
    entered = data.draw(st.integers(0, honest - 1))
    attacked = Town(
        town.products,
        town.acts + tuple(data.draw(acts) for _ in range(many)),
        tuple(f | {honest} if p == entered else f for p, f in enumerate(town.follows))
        + tuple(data.draw(whom) - {fake} for fake in range(honest, everyone)),
        (*town.trust[:entered], 0.0, *town.trust[entered + 1 :], *[0.0] * many),
    )
    before = Town(town.products, town.acts, town.follows, attacked.trust[:honest])
    # Whoever follows the one who was entered hears that one, who changed.
    others = np.array(
        [p for p in range(honest) if p != entered and entered not in town.follows[p]], dtype=int
    )
    expected = Ranking(graph_of(before), given).scores(others)
    assert Ranking(graph_of(attacked), given).scores(others) == pytest.approx(expected, abs=1e-9)


def test_rounding_is_no_voice() -> None:
    """Whoever follows only people of no acts has nothing to go by: rounding is not blown up."""
    acts = [
        frozenset[int](),
        frozenset[int](),
        frozenset({0, 1}),
        frozenset({1, 2, 3}),
        frozenset({0, 3}),
    ]
    follows = [frozenset({1}), frozenset({0}), frozenset({3}), frozenset({2, 4}), frozenset({2})]
    town = Town(4, tuple(acts), tuple(follows), (1.0,) * 5)
    scores = Ranking(graph_of(town), Settings()).scores(np.array([0]))
    assert np.abs(scores).max() < 1e-9
