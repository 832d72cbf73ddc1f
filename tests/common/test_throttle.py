"""Counters in PostgreSQL behind Django's cache interface: what rate limits stand on."""

import pytest
from django.core.cache import cache
from django.db import connection

from comptoir.common import throttle
from comptoir.common.models import Counter
from tests.common.two_connections import at_once

pytestmark = pytest.mark.django_db


def age(seconds: int) -> None:
    """Moves every entry's end into the past by that much."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE common_counter SET expires_at = expires_at - %s * interval '1 second'",
            [seconds],
        )


def test_a_value_is_kept_until_it_expires() -> None:
    cache.set("tries", [1, 2], timeout=60)
    assert cache.get("tries") == [1, 2]
    age(61)
    assert cache.get("tries", "none") == "none"


def test_a_later_value_replaces_the_first() -> None:
    cache.set("tries", 1)
    cache.set("tries", 2)
    assert cache.get("tries") == 2


def test_a_value_without_end_is_kept() -> None:
    cache.set("for-ever", "yes", timeout=None)
    assert cache.get("for-ever") == "yes"


def test_add_writes_only_where_nothing_lives() -> None:
    assert cache.add("lock", "mine", timeout=60) is True
    assert cache.add("lock", "yours", timeout=60) is False
    assert cache.get("lock") == "mine"
    age(61)
    assert cache.add("lock", "yours", timeout=60) is True
    assert cache.get("lock") == "yours"


def test_touch_prolongs_what_lives() -> None:
    cache.set("visit", 1, timeout=10)
    assert cache.touch("visit", timeout=100) is True
    age(50)
    assert cache.get("visit") == 1
    age(51)
    assert cache.touch("visit", timeout=100) is False


def test_delete_and_clear() -> None:
    cache.set("a", 1)
    cache.set("b", 2)
    assert cache.delete("a") is True
    assert cache.delete("a") is False
    cache.clear()
    assert cache.get("b") is None


def test_expired_entries_are_swept_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttle, "SWEEP_EVERY", 1)
    cache.set("old", 1, timeout=5)
    age(10)
    cache.set("new", 1, timeout=5)
    assert Counter.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_many_adds_at_once_one_wins() -> None:
    results = at_once([lambda: cache.add("lock", 1, timeout=60)] * 8)
    assert sorted(results) == [False] * 7 + [True]
