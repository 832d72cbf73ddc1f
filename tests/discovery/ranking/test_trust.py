"""Trust against the same flow done slowly, and what fake accounts can get of it."""

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given
from hypothesis import strategies as st

from comptoir.discovery.ranking.trust import PASSED, STEPS, insiders, trust
from tests.discovery.ranking.slowly import Town
from tests.discovery.ranking.towns import graph_of, towns


def slow_trust(follows: tuple[frozenset[int], ...], seeds: set[int]) -> list[float]:
    people = range(len(follows))
    start = [(1 - PASSED) / len(seeds) if one in seeds else 0.0 for one in people]
    flow = start
    for _ in range(STEPS):
        flow = [
            start[one]
            + sum(PASSED * flow[by] / len(follows[by]) for by in people if one in follows[by])
            for one in people
        ]
    reached = sum(one > 0 for one in flow)
    return [min(1.0, one * reached / (1 - PASSED)) for one in flow]


def reach(follows: tuple[frozenset[int], ...], start: int) -> set[int]:
    found, edge = {start}, {start}
    while edge:
        edge = {whom for one in edge for whom in follows[one]} - found
        found |= edge
    return found


@given(towns(), st.frozensets(st.integers(0, 7), min_size=1))
def test_trust_flows_from_seeds_along_follows(town: Town, drawn: frozenset[int]) -> None:
    seeds = {one % len(town.follows) for one in drawn}
    found = trust(graph_of(town).follows, np.array(sorted(seeds)))
    assert list(found) == pytest.approx(slow_trust(town.follows, seeds), abs=1e-9)


@given(towns())
def test_insiders_are_the_largest_set_who_reach_one_another(town: Town) -> None:
    people = range(len(town.follows))
    circles = [
        {other for other in reach(town.follows, one) if one in reach(town.follows, other)}
        for one in people
    ]
    best = max(circles, key=len)
    expected = sorted(best) if len(best) > 1 else []
    follows = graph_of(town).follows
    assert list(insiders(follows)) == expected
    assert list(trust(follows)) == pytest.approx(
        slow_trust(town.follows, best) if len(best) > 1 else [0.0] * len(people), abs=1e-9
    )


@given(towns(), st.integers(1, 7), st.data())
def test_whom_nobody_known_follows_has_no_trust_and_takes_none(
    town: Town, many: int, data: st.DataObject
) -> None:
    before = trust(graph_of(town).follows, np.array([0]))
    honest, everyone = len(town.follows), len(town.follows) + many
    whom = st.frozensets(st.integers(0, everyone - 1))
    fakes = [data.draw(whom) - {one} for one in range(honest, everyone)]
    nothing: tuple[frozenset[int], ...] = (frozenset(),) * many
    follows = graph_of(
        Town(town.products, town.acts + nothing, town.follows + tuple(fakes), (1.0,) * everyone)
    ).follows
    after = trust(follows, np.array([0]))
    assert list(after[:honest]) == pytest.approx(list(before), abs=1e-12)
    assert not after[honest:].any()


def test_one_follow_lets_in_less_than_seven_voices_however_many_stand_behind_it() -> None:
    honest, fakes = 200, 400
    rng = np.random.default_rng(5)
    among = sp.lil_matrix((honest + fakes, honest + fakes))
    for one in range(honest):
        among[one, rng.choice(honest, 10)] = 1
    among[honest:, :] = 1
    among.setdiag(0)
    among[0, honest] = 1
    seeds = rng.choice(honest, honest // 4, replace=False)
    found = trust(sp.csr_matrix(among), seeds)
    assert found[honest] > 0.1
    assert found[honest + 1 :].max() < 0.02
    assert found[honest:].sum() < PASSED / (1 - PASSED) + 1
