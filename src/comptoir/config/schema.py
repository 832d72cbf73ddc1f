"""The database's schema: what is pending, and bringing it up to date, one process at a time.

No model is imported here: ``comptoir doctor`` asks before Django is set up.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management import CommandError, call_command
from django.core.management.commands import migrate
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from comptoir.config.progress import Advance

# Any number: it only has to be the same in every process of every machine of one installation.
MIGRATION_LOCK = 7_266_937


def pending_migrations() -> int:
    """How many migrations the database has not seen.

    Raises:
        CommandError: it took some of the steps that are one by now, and not all.
    """
    executor = MigrationExecutor(connection)
    check_steps(executor.loader)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def check_steps(loader: MigrationLoader) -> None:
    """Refuses a place that took some of the steps that are one by now: Django would take it for
    finished, since they are nowhere to be found.

    Raises:
        CommandError: which step it stopped before, and what to do.
    """
    for migration in loader.disk_migrations.values():
        missing = [step for step in migration.replaces if step not in loader.applied_migrations]
        if missing and len(missing) < len(migration.replaces):
            app, name = missing[0]
            raise CommandError(
                f"This database stopped before {app}.{name}, a step that this version does not have"
                " any more. Start the version that has it once (see Updates in docs/operators.md),"
                " then this one."
            )


def migrate_once(advance: Advance | None = None) -> int:
    """Migrates, one process at a time whatever the number of machines; returns how many ran."""
    with _advisory_lock(MIGRATION_LOCK):
        total = pending_migrations()
        if total:
            call_command(_CountedMigrate(total, advance), verbosity=0, interactive=False)
    return total


@contextmanager
def _advisory_lock(key: int) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [key])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [key])


class _CountedMigrate(migrate.Command):
    def __init__(self, total: int, advance: Advance | None) -> None:
        super().__init__()
        self._total, self._done, self._advance = total, 0, advance

    def migration_progress_callback(self, action: str, *args: Any, **kwargs: Any) -> None:
        if action == "apply_success":
            self._done += 1
            if self._advance is not None:
                self._advance(self._done, self._total)
