"""Accounts that follow one another all around, and what they get of a young place."""

from itertools import pairwise

import pytest

from comptoir.discovery.live.changes import Standing
from comptoir.discovery.live.place import Place
from tests.discovery.live.towns import Town, snapshot_of


def ring(honest: int, fakes: int, *, entered: bool = False) -> Town:
    """Honest people, in a chain of friends, who act on product 100; then accounts that follow one
    another all around, and everybody else, and act on 101. ``entered``: the last of the honest
    follows one of them."""
    first, last = list(range(10, 10 + honest)), list(range(10 + honest, 10 + honest + fakes))
    follows = set(pairwise(first))
    follows |= {(b, a) for a, b in follows}
    follows |= {(a, b) for a in last for b in (*first, *last) if a != b}
    follows |= {(first[-1], last[0])} if entered else set()
    acts = {(who, 100): "everyone" for who in first} | {(who, 101): "everyone" for who in last}
    return Town(honest + fakes, 2, acts, frozenset(follows))


def loved(place: Place) -> tuple[float, float]:
    """By how many, as far as the place knows them: what the honest act on, and the others."""
    one, other = place.counts[[place.products.row(100), place.products.row(101)]]
    return float(one), float(other)


@pytest.mark.parametrize("bought", [0, 9, 10])
def test_a_ring_of_accounts_takes_no_young_place_over(bought: int) -> None:
    """More than twice as many as the people who came before them: nobody knows of them, but of
    those among them who bought something, and of these only once there are ten."""
    town = ring(12, 30)
    place = Place(snapshot_of(town, known=list(range(22, 22 + bought))))
    honest, pushed = loved(place)
    assert honest > 5
    assert (pushed > 0) == (bought == 10)


def test_a_ring_takes_no_place_over_whose_people_paid() -> None:
    honest, pushed = loved(Place(snapshot_of(ring(40, 41), known=list(range(10, 20)))))
    assert honest > 10
    assert pushed == 0


def test_what_one_follow_lets_into_a_young_place_is_bounded() -> None:
    honest, pushed = loved(Place(snapshot_of(ring(12, 60, entered=True))))
    assert 0 < pushed < honest / 2


def test_who_came_first_is_told_by_ids_in_whatever_order_they_are_heard_of() -> None:
    town = ring(4, 12)
    empty = Town(0, 1, {}, frozenset())
    place = Place(snapshot_of(empty))
    follows = dict.fromkeys(sorted(town.follows, reverse=True), True)
    place.lay_over(Standing({}, follows, {}))
    trusted = place.world.trust[place.people.rows(list(range(10, 26)))]
    assert (trusted[:4] > 0).all()
    assert not trusted[4:].any()
