"""Limits: counted at once by all processes, over at the end of their window."""

from typing import Any

import pytest

from comptoir.common.errors import TooOften
from comptoir.common.limits import allow, forget_expired
from comptoir.common.models import Counter
from tests.common.test_throttle import age
from tests.common.two_connections import at_once


@pytest.fixture(autouse=True)
def limited(db: None, settings: Any) -> None:
    settings.RATE_LIMITS = {"knock": (3, 60)}


def knocks(count: int, who: str = "malo") -> None:
    for _ in range(count):
        allow("knock", who)


def test_so_many_times_and_no_more_until_the_window_ends() -> None:
    knocks(3)
    with pytest.raises(TooOften) as refusal:
        knocks(1)
    assert refusal.value.code == "too_often"
    age(61)
    knocks(3)
    with pytest.raises(TooOften):
        knocks(1)


def test_each_is_counted_alone_and_what_has_no_limit_not_at_all() -> None:
    knocks(3)
    knocks(3, "ines")
    for _ in range(10):
        allow("sing", "malo")
    assert Counter.objects.count() == 2


def test_knocking_on_does_not_prolong_the_wait() -> None:
    knocks(3)
    age(40)
    with pytest.raises(TooOften):
        knocks(1)
    age(21)
    knocks(1)


def test_what_expired_is_forgotten() -> None:
    knocks(1)
    assert forget_expired() == 0
    age(61)
    assert forget_expired() == 1
    assert not Counter.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_at_the_same_moment_all_are_counted() -> None:
    knocks(1)

    def tried() -> bool:
        try:
            allow("knock", "malo")
        except TooOften:
            return False
        return True

    assert sorted(at_once([tried, tried])) == [True, True]
    with pytest.raises(TooOften):
        knocks(1)
