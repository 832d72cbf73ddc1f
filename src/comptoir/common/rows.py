"""Hot reads: SQL statements into slotted dataclasses, no model instances."""

from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import connection
from psycopg.types.numeric import Int8

Row = TypeVar("Row")
Rows = list[tuple[Any, ...]]


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


def fetch_rows(kind: type[Row], sql: str, params: Mapping[str, Any]) -> list[Row]:
    """Runs ``sql`` and builds ``kind(*columns)`` for each row, columns in field order."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [kind(*row) for row in cursor.fetchall()]


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
