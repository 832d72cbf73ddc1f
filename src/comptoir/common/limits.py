"""How often one may do a thing: counters in PostgreSQL, shared by all processes."""

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from comptoir.common.errors import TooOften
from comptoir.common.rows import the_row

# One statement, so that requests at the same moment are all counted. The window begins with the
# first and ends ``seconds`` later, whatever comes meanwhile.
COUNT_SQL = """
INSERT INTO common_counter AS c (key, value, expires_at)
VALUES (%(key)s, '1'::bytea, now() + %(seconds)s * interval '1 second')
ON CONFLICT (key) DO UPDATE SET
  value = CASE WHEN c.expires_at <= now() THEN excluded.value
    ELSE (convert_from(c.value, 'UTF8')::int + 1)::text::bytea END,
  expires_at = CASE WHEN c.expires_at <= now() THEN excluded.expires_at ELSE c.expires_at END
RETURNING convert_from(value, 'UTF8')::int
"""


def allow(action: str, who: str) -> None:
    """Counts one ``action`` of ``who``, by ``settings.RATE_LIMITS[action]``: (times, seconds).

    One statement; none for an action that has no limit there.

    Raises:
        TooOften: more than so many times within so many seconds.
    """
    if action not in settings.RATE_LIMITS:
        return
    limit, seconds = settings.RATE_LIMITS[action]
    (count,) = the_row(COUNT_SQL, {"key": f"limit:{action}:{who}", "seconds": seconds})
    if count > limit:
        raise TooOften(
            "too_often", _("That is a lot in a short time. Please wait a while, then try again.")
        )


def forget_expired() -> int:
    """Deletes counters whose time is over; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM common_counter WHERE expires_at <= now()")
        return int(cursor.rowcount)
