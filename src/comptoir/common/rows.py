"""Hot reads: SQL statements into slotted dataclasses, no model instances."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from threading import local
from typing import Any, TypeVar

from django.db import connection
from django.db.backends.utils import CursorWrapper
from psycopg.types.numeric import Int8

Row = TypeVar("Row")
Rows = list[tuple[Any, ...]]
Params = Mapping[str, Any] | Sequence[Any]
MOST_KEPT = 200  # cursors: some statements are written out for what they ask
MANY = 1_000  # rows that no cursor keeps


@dataclass(frozen=True, slots=True)
class Statement:
    """A SELECT with what it asks for."""

    sql: str
    params: Mapping[str, Any]


def array(keys: Iterable[int]) -> str:
    """Keys as PostgreSQL writes an array, for ``%(keys)s::bigint[]``.

    A text is handed over in no time; and however large the keys are, the statement is the same one,
    planned once (psycopg gives small integers a type of their own).
    """
    return "{" + ",".join(map(str, keys)) + "}"


def bigint(number: int | None) -> Int8 | None:
    """A number as a parameter whose type is its own, however large it is: a statement of several
    would otherwise be another one, with a plan of its own, for each mixture of sizes."""
    return None if number is None else Int8(number)


class _Kept(local):
    """A thread's cursors on its connection, ``of``, by what they ask."""

    def __init__(self) -> None:
        self.of: Any = None
        self.cursors: dict[str, CursorWrapper] = {}


_kept = _Kept()


def _cursor(sql: str) -> CursorWrapper:
    """The cursor that this thread keeps for the statement: one that is new learns anew how each
    type of it is written and read, which takes longer than many a statement."""
    connection.ensure_connection()
    if connection.queries_logged:
        return connection.cursor()
    if _kept.of is not connection.connection or len(_kept.cursors) >= MOST_KEPT:
        _kept.of, _kept.cursors = connection.connection, {}
    found = _kept.cursors.get(sql)
    if found is None:
        found = _kept.cursors[sql] = connection.cursor()
    return found


def run(sql: str, params: Params) -> int:
    """Runs a statement that answers nothing; returns how many rows it changed."""
    cursor = _cursor(sql)
    cursor.execute(sql, params)
    return int(cursor.rowcount)


def fetch_row(sql: str, params: Params) -> tuple[Any, ...] | None:
    """The first row that the statement answers, if any."""
    cursor = _cursor(sql)
    cursor.execute(sql, params)
    row: tuple[Any, ...] | None = cursor.fetchone()
    return row


def the_row(sql: str, params: Params) -> tuple[Any, ...]:
    """The row of a statement that always answers one.

    Raises:
        LookupError: it answered none.
    """
    row = fetch_row(sql, params)
    if row is None:
        raise LookupError(f"no row: {sql}")
    return row


def fetch_all(sql: str, params: Params) -> Rows:
    """All rows that the statement answers."""
    cursor = _cursor(sql)
    cursor.execute(sql, params)
    rows: Rows = cursor.fetchall()
    if len(rows) > MANY:
        _kept.cursors.pop(sql, None)
    return rows


def fetch_rows(kind: type[Row], sql: str, params: Params) -> list[Row]:
    """Runs ``sql`` and builds ``kind(*columns)`` for each row, columns in field order."""
    return [kind(*row) for row in fetch_all(sql, params)]


def fetch_together(*asked: Statement) -> list[Rows]:
    """The rows of each statement; all are sent at once and answered in one round trip."""
    if not asked:
        return []
    with ExitStack() as opened:
        cursors = [opened.enter_context(connection.cursor()) for _ in asked]
        with connection.wrap_database_errors, connection.connection.pipeline():
            for cursor, one in zip(cursors, asked, strict=True):
                cursor.execute(one.sql, one.params)
        return [cursor.fetchall() for cursor in cursors]
