"""A database that tests have written to, emptied in a few milliseconds.

Django's own way truncates every table and makes its permissions anew: a third of a second, whatever
was written. A test writes few rows in few tables, and these are deleted.
"""

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import TransactionTestCase

# Made by ``migrate`` and by nothing else: they stay.
KEPT = frozenset({"django_content_type", "auth_permission"})
MANY_PAGES = 1_000  # of 8 kB: from there on, what was deleted would be in the way of other tests
WRITTEN = """
SELECT relname, pg_relation_size(oid) / current_setting('block_size')::int FROM pg_class
WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace AND pg_relation_size(oid) > 0
"""
# Locked as truncating locks: what another thread still writes is waited for.
DELETED = """
DO $$ BEGIN
LOCK TABLE {tables} IN ACCESS EXCLUSIVE MODE;
SET LOCAL session_replication_role = replica;
{deletions}
END $$
"""


def empty_after(test: TransactionTestCase) -> None:
    """In the place of ``TransactionTestCase._fixture_teardown``."""
    for name in test._databases_names(include_mirrors=False):  # type: ignore[attr-defined]
        empty(connections[name])


def empty(connection: BaseDatabaseWrapper) -> None:
    """Takes every row of every model away, whatever triggers and references say."""
    models = set(connection.introspection.django_table_names(include_views=False)) - KEPT
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN)
        written = {table: pages for table, pages in cursor.fetchall() if table in models}
        if not written:
            return
        cursor.execute("SHOW is_superuser")
        if cursor.fetchone() != ("on",) or sum(written.values()) > MANY_PAGES:
            cursor.execute(f"TRUNCATE {', '.join(sorted(models))}")
        else:
            tables = sorted(written)
            deletions = " ".join(f"DELETE FROM {table};" for table in tables)
            cursor.execute(DELETED.format(tables=", ".join(tables), deletions=deletions))
