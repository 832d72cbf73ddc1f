"""What every test stands on; the database is found or started by ``tests.settings``."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.db.backends.base.creation import BaseDatabaseCreation
from django.test import TransactionTestCase
from django.test.testcases import LiveServerThread
from hypothesis import settings

from comptoir.config.interpreter import settle
from comptoir.discovery.live.engine import ENGINE
from tests.emptying import empty_after
from tests.live import StayingServer, drop

# A machine that is busy with something else is no fault of what is tested.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

# The longest, by what they take: begun last, one of them would keep a single process busy.
BEGUN_FIRST = (
    "survival/test_killed_server.py",
    "sales/machine/test_counter.py",
    "bench/test_social.py",
    "bench/test_seed.py",
    "config/test_supervisor.py",
    "sales/at_stripe/test_crash_at_stripe.py",
    "sales/test_crash.py",
)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Chance orders the tests, pytest-django by their use of the database, and then length."""
    tests = Path(__file__).parent
    rank = {tests / name: place - len(BEGUN_FIRST) for place, name in enumerate(BEGUN_FIRST)}
    assert all(path.exists() for path in rank), BEGUN_FIRST
    items.sort(key=lambda item: rank.get(item.path, 0))


def pytest_collection_finish() -> None:
    """Thousands of tests that stay: none is searched for garbage again."""
    settle()


@pytest.fixture(autouse=True, scope="session")
def _quickly() -> Iterator[None]:
    """Emptied after each test that commits: of its rows only, and what ``migrate`` made stays. And
    browsers are answered by threads that stay, until their database is dropped."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty_after)
        patch.setattr(LiveServerThread, "server_class", StayingServer)
        patch.setattr(BaseDatabaseCreation, "_destroy_test_db", drop)
        yield


@pytest.fixture(autouse=True)
def _another_place() -> None:
    """Each test has a database of its own making: the ranking reads it anew."""
    ENGINE.forget()


@pytest.fixture(autouse=True)
def _no_job_left_behind(request: pytest.FixtureRequest) -> Iterator[None]:
    """Tests that commit leave no job: Django empties its own tables only."""
    marker = request.node.get_closest_marker("django_db")
    commits = {"transactional_db", "live_server"} & set(request.fixturenames)
    if not commits and not (marker is not None and marker.kwargs.get("transaction")):
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
