"""Each voice against the same arithmetic done slowly, on random small towns."""

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from comptoir.discovery.ranking.blend import Ranking, Settings, Voice, Weights, lengths, voice_of
from comptoir.discovery.ranking.factors import Factors, FactorSettings, tastes
from comptoir.discovery.ranking.graph import counts
from comptoir.discovery.ranking.pairs import Pairs, PairSettings
from comptoir.discovery.ranking.peers import Peers, PeerSettings
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
)
LOUD = st.sampled_from([0.0, 0.5, 1.0])
SETTINGS = st.builds(Settings, PEERS, PAIRS, FACTORS, st.builds(Weights, LOUD, LOUD, LOUD))


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
@given(towns(), FACTORS)
def test_factors_project_my_acts_on_the_leading_tastes(town: Town, given: FactorSettings) -> None:
    graph = graph_of(town)
    acts, actors = graph.acts.toarray(), np.maximum(counts(graph.acts, 0), 1)
    weighed = acts / np.maximum(counts(graph.acts, 1), 1)[:, None] ** given.breadth
    weighed = weighed / actors**given.evenness
    _, sizes, right = np.linalg.svd(weighed, full_matrices=True)
    sizes = np.append(sizes, np.zeros(graph.products - len(sizes)))
    rank = min(given.rank, *acts.shape)
    if rank < graph.products and sizes[rank - 1] - sizes[rank] < 1e-6:
        return  # the leading tastes are not any one set of directions
    expected = weighed @ right[:rank].T @ right[:rank] * actors**given.known
    found = Factors(graph, given).scores(np.arange(graph.people))
    assert found == pytest.approx(expected, abs=1e-7)


def test_tastes_of_a_large_town_are_those_of_the_whole_decomposition() -> None:
    rng = np.random.default_rng(3)
    shape = rng.random((300, 6)) @ rng.random((6, 400)) + 0.01 * rng.random((300, 400))
    right = np.linalg.svd(shape, full_matrices=False)[2][:6]
    found = tastes(sp.csr_matrix(shape), 6)
    assert found @ found.T == pytest.approx(right.T @ right, abs=1e-6)


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
                assert product in town.acts[cause.id]
            else:
                assert cause.id in town.acts[viewer]


@SOME
@given(towns(), SETTINGS)
def test_each_voice_is_worth_its_weight(town: Town, given: Settings) -> None:
    graph = graph_of(town)
    everyone = np.arange(graph.people)
    expected = np.zeros((graph.people, graph.products))
    for name in ("peers", "pairs", "factors"):
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
