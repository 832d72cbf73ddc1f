"""One at a time, across processes and machines."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def alone_at(name: str) -> Iterator[bool]:
    """Whether nobody else is at what has that name; held to the end of the block, over as many
    transactions as it takes. PostgreSQL frees it if the process dies.

    It belongs to the connection: through a pooler that hands connections out by transaction, such
    work needs a connection of its own.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [name])
        alone = bool(cursor.fetchone()[0])
    try:
        yield alone
    finally:
        if alone:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [name])
