"""A form that is sent twice, by two quick presses or over a bad line, makes one thing."""

from collections.abc import Callable
from uuid import UUID

from django.db import connection, transaction

REMEMBERED = 120  # seconds: who sends the same form again later means it

# What is remembered is a counter that expires. A second form at the same moment waits here until
# the first is over; where that one was refused, it takes its place.
CLAIM = """
INSERT INTO common_counter AS c (key, value, expires_at)
VALUES (%(key)s, ''::bytea, now() + %(seconds)s * interval '1 second')
ON CONFLICT (key) DO UPDATE SET value = excluded.value, expires_at = excluded.expires_at
  WHERE c.expires_at <= now()
"""
MADE = "UPDATE common_counter SET value = %(made)s::text::bytea WHERE key = %(key)s"
FIRST = "SELECT convert_from(value, 'UTF8')::bigint FROM common_counter WHERE key = %(key)s"


@transaction.atomic
def once(key: UUID, make: Callable[[], int]) -> int:
    """What ``make`` made, by its key in the database; for a ``key`` that came a moment
    ago, what it made then.

    Both are written in one transaction: what ``make`` raises is raised, and nothing is remembered.
    """
    about: dict[str, str | int] = {"key": f"once:{key}", "seconds": REMEMBERED}
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, about)
        if not cursor.rowcount:
            cursor.execute(FIRST, about)
            return int(cursor.fetchone()[0])
        made = make()
        cursor.execute(MADE, {**about, "made": made})
    return made
