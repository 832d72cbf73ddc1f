"""A statement's cursor is kept: what it read before, a new connection and counters of statements
do not disturb it."""

import threading
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from comptoir.common import rows
from comptoir.common.rows import fetch_all, fetch_row, run, the_row

MANY = f"SELECT n FROM generate_series(1, {rows.MANY + 1}) AS n"
ONE = "SELECT %(n)s::int"


@pytest.mark.django_db
def test_each_time_it_answers_what_is_asked_then() -> None:
    assert [the_row(ONE, {"n": n}) for n in (1, 2)] == [(1,), (2,)]
    assert fetch_all(ONE, {"n": 3}) == [(3,)]
    assert fetch_row("SELECT 1 WHERE %(n)s::int IS NULL", {"n": 3}) is None
    with pytest.raises(LookupError):
        the_row("SELECT 1 WHERE %(n)s::int IS NULL", {"n": 3})
    assert run("UPDATE common_counter SET key = key WHERE key IN (%s, %s)", ["a", "b"]) == 0


@pytest.mark.django_db
def test_types_may_be_others_the_next_time() -> None:
    asked = (1, 70_000, 1 << 40, 2.5, True, None, 1)
    assert [the_row("SELECT %s", [each])[0] for each in asked] == list(asked)


@pytest.mark.django_db
def test_what_counts_statements_counts_it() -> None:
    the_row(ONE, {"n": 1})
    with CaptureQueriesContext(connection) as told:
        the_row(ONE, {"n": 1})
    assert len(told) == 1
    seen: list[str] = []

    def note(execute: Any, sql: str, *more: Any) -> Any:
        seen.append(sql)
        return execute(sql, *more)

    with connection.execute_wrapper(note):
        the_row(ONE, {"n": 1})
    assert seen == [ONE]


@pytest.mark.django_db(transaction=True)
def test_a_new_connection_has_cursors_of_its_own() -> None:
    assert the_row(ONE, {"n": 1}) == (1,)
    with pytest.raises(DatabaseError):
        the_row("SELECT 1 / %(n)s", {"n": 0})
    assert the_row(ONE, {"n": 2}) == (2,)
    connection.close()
    assert the_row(ONE, {"n": 3}) == (3,)
    connection.connection.close()  # as when the server has gone
    with pytest.raises(DatabaseError):
        the_row(ONE, {"n": 4})
    connection.close()
    assert the_row(ONE, {"n": 5}) == (5,)


@pytest.mark.django_db(transaction=True)
def test_each_thread_has_its_own() -> None:
    found: list[Any] = []

    def other() -> None:
        found.append((the_row("SELECT pg_backend_pid()", {}), rows._kept.of))
        connection.close()

    mine = the_row("SELECT pg_backend_pid()", {})
    thread = threading.Thread(target=other)
    thread.start()
    thread.join()
    ((theirs, cursors_of),) = found
    assert theirs != mine
    assert cursors_of is not rows._kept.of


@pytest.mark.django_db
def test_a_large_answer_is_not_kept() -> None:
    assert len(fetch_all(MANY, {})) == rows.MANY + 1
    assert MANY not in rows._kept.cursors
    fetch_all(ONE, {"n": 1})
    assert ONE in rows._kept.cursors


@pytest.mark.django_db
def test_no_more_than_so_many_are_kept() -> None:
    for number in range(rows.MOST_KEPT + 5):
        assert fetch_all(f"SELECT {number}", {}) == [(number,)]
    assert len(rows._kept.cursors) <= rows.MOST_KEPT
