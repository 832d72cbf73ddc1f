"""Two real connections at once: each block of work in a thread with its own."""

import threading
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection

WAITING = """
SELECT w.pid FROM pg_locks w JOIN pg_locks h ON h.pid = w.pid AND h.granted
JOIN pg_database d ON d.oid = h.database
WHERE NOT w.granted AND d.datname = current_database()
"""


def at_once(works: Sequence[Callable[[], Any]]) -> list[Any]:
    """Runs each in its own thread and connection, started together; returns what they returned.

    An exception is returned in place of the result.
    """
    results: list[Any] = [None] * len(works)
    gate = threading.Barrier(len(works))

    def run(index: int) -> None:
        try:
            gate.wait()
            results[index] = works[index]()
        except Exception as error:  # noqa: BLE001 (the test looks at it)
            results[index] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(index,)) for index in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def who_wait() -> set[int]:
    """Backends of this database, and of no other test's, that wait for a lock."""
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        return {pid for (pid,) in cursor.fetchall()}


def behind(work: Callable[[], Any]) -> Callable[[], Any]:
    """Starts ``work`` on a connection of its own and comes back once it waits for a lock, which the
    caller's open transaction holds. What is returned waits for its end and gives its result."""
    results: list[Any] = []
    thread = threading.Thread(target=lambda: results.extend(at_once([work])))
    before = who_wait()
    thread.start()
    waits = False
    while thread.is_alive() and not waits:
        thread.join(0.01)
        waits = bool(who_wait() - before)

    def ended() -> Any:
        thread.join()
        return results[0]

    assert waits, f"it waits for nothing: {ended()}"
    return ended
