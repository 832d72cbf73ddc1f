"""Transactions whose commit does not wait for the disk.

A power cut may take back what such a transaction wrote within the last second: wholly, and with all
that was written after it, since one log holds both. A later commit that waits keeps it too. So it
is for what was promised to nobody, or is found to be missing and done again.
"""

from django.db import connection

# For the FROM of a statement that is a transaction of its own.
LIGHTLY = "(SELECT set_config('synchronous_commit', 'off', true)) AS lightly"


def commit_lightly() -> None:
    """The transaction under way will not wait for the disk. One statement."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")
