"""Communities that were planted are found; what is too small, too thin or too common is not."""

import numpy as np
import pytest
import scipy.sparse as sp

from comptoir.discovery.communities import finding
from comptoir.discovery.communities.finding import groups_of
from comptoir.discovery.ranking.graph import Graph, Ints, graph
from tests.discovery.communities.planted import Planted, adjusted_rand, planted


def labels(whole: Graph) -> Ints:
    """The group of each person, -1 for none."""
    found = np.full(whole.people, -1)
    for number, group in enumerate(groups_of(whole)):
        found[group.people] = number
    return found


def agreement(town: Planted) -> float:
    found = labels(town.graph)
    assert np.mean(found >= 0) > 0.9
    return adjusted_rand(found, town.plant)


def test_the_index_is_one_for_the_same_cut_and_about_nought_for_chance() -> None:
    chance = np.random.default_rng(4)
    one = chance.integers(0, 5, 2000)
    assert adjusted_rand(one, (one + 2) % 5) == 1.0
    assert abs(adjusted_rand(one, chance.integers(0, 5, 2000))) < 0.01
    # By hand: 2 pairs together in both, of 6 and of 3, among 15.
    halves, thirds = np.array([0, 0, 0, 1, 1, 1]), np.array([0, 0, 1, 1, 2, 2])
    assert adjusted_rand(halves, thirds) == pytest.approx((2 - 6 * 3 / 15) / (4.5 - 6 * 3 / 15))


@pytest.mark.parametrize("seed", range(5))
def test_planted_communities_are_found(seed: int) -> None:
    assert agreement(planted(seed=seed)) > 0.85


@pytest.mark.parametrize("seed", range(3))
def test_they_are_found_among_strays_as_many_as_own_acts_with_the_help_of_the_circle(
    seed: int,
) -> None:
    hard = planted(seed=seed, stray=0.5)
    alone = graph(hard.graph.acts, sp.csr_matrix(hard.graph.follows.shape))
    assert agreement(hard) > max(0.4, adjusted_rand(labels(alone), hard.plant))


def test_the_same_graph_gives_the_same_groups() -> None:
    town = planted(seed=11).graph
    assert np.array_equal(labels(town), labels(town))


def test_closeness_is_of_all_that_is_near() -> None:
    groups = groups_of(planted(seed=2).graph)
    everyone = np.concatenate([group.closeness for group in groups])
    assert everyone.min() > 0
    assert everyone.max() <= 1 + 1e-9
    assert [len(one.people) for one in groups] == sorted(
        (len(one.people) for one in groups), reverse=True
    )


def town_of(*groups: tuple[int, tuple[int, ...]]) -> Graph:
    """(people, their products), …: whoever is in a group acts on the same things."""
    rows = [products for people, products in groups for _ in range(people)]
    acts = sp.lil_matrix((len(rows), 40))
    for row, products in enumerate(rows):
        acts[row, list(products)] = 1
    return graph(acts, sp.csr_matrix((len(rows), len(rows))))


def test_four_people_are_no_community_and_five_are() -> None:
    found = labels(town_of((4, (0, 1, 2)), (5, (3, 4, 5)), (9, (6, 7, 8))))
    assert set(found[:4]) == {-1}
    assert len(set(found[4:9])) == 1
    assert found[4] not in {-1, found[9]}


def test_one_act_places_where_it_is_clear_and_nowhere_where_it_is_not() -> None:
    # Product 9 is of both; one with it alone is as near to one community as to the other.
    found = labels(town_of((6, (0, 1, 2, 9)), (6, (3, 4, 5, 9)), (1, (0,)), (1, (9,))))
    assert found[12] == found[0] >= 0
    assert found[13] == -1


def test_nobody_or_nothing_gives_nothing() -> None:
    assert groups_of(town_of()) == []
    assert groups_of(town_of((20, ()))) == []
    # Each alone with their own three things: no two are near.
    lonely = sp.kron(sp.identity(12), np.ones((1, 3)))
    assert groups_of(graph(lonely, sp.csr_matrix((12, 12)))) == []


def test_what_everybody_acts_on_places_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "TOO_COMMON", 11)
    found = labels(town_of((6, (0, 1, 2, 9)), (6, (3, 4, 5, 9)), (6, (9, 10, 11))))
    assert found[0] != found[6]
    assert len(set(found)) == 3
