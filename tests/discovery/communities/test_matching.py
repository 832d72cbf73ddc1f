"""Today's groups go on yesterday's communities by the people they share."""

import numpy as np

from comptoir.discovery.communities.matching import matched


def test_the_same_people_are_the_same_community_in_whatever_order() -> None:
    before = {7: frozenset(range(10)), 8: frozenset(range(10, 20))}
    assert matched(before, [frozenset(range(10, 20)), frozenset(range(10))]) == {0: 8, 1: 7}


def test_the_larger_half_of_a_split_goes_on_and_the_other_is_new() -> None:
    before = {7: frozenset(range(20))}
    assert matched(before, [frozenset(range(8)), frozenset(range(8, 20))]) == {1: 7}


def test_too_little_in_common_is_nothing_in_common() -> None:
    before = {7: frozenset(range(10))}
    assert matched(before, [frozenset([*range(2), *range(50, 58)])]) == {}


def test_what_adds_up_to_the_most_is_taken_and_not_the_best_pair_first() -> None:
    # Greedily 7 would take the second group (.5), and leave 8 with nothing.
    before = {7: frozenset(range(8)), 8: frozenset(range(8, 12))}
    now = [frozenset(range(4)), frozenset([4, 5, 6, 7, *range(8, 12)])]
    assert matched(before, now) == {0: 7, 1: 8}


def test_nothing_before_or_nothing_now() -> None:
    assert matched({}, [frozenset([1])]) == {}
    assert matched({7: frozenset([1])}, []) == {}
    assert matched({7: frozenset()}, [frozenset()]) == {}


def test_a_few_that_move_each_day_never_make_another_community() -> None:
    chance = np.random.default_rng(5)
    place = chance.integers(0, 6, 300)
    keys = {number: number for number in range(6)}
    for _day in range(30):
        before = {keys[n]: frozenset(np.flatnonzero(place == n).tolist()) for n in range(6)}
        moved = chance.random(300) < 0.05
        place = np.where(moved, chance.integers(0, 6, 300), place)
        today = [frozenset(np.flatnonzero(place == n).tolist()) for n in range(6)]
        assert matched(before, today) == keys
