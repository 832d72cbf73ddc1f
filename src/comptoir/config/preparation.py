"""What must be true before serving: schema, translations and static files up to date."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.commands import migrate
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from comptoir.config import catalogues
from comptoir.config.progress import Advance, step
from comptoir.discovery.live.warm import warm

# Any number: it only has to be the same in every process of every machine of one installation.
MIGRATION_LOCK = 7_266_937


def prepare() -> None:
    """Brings everything up to date, showing what takes time; does little when nothing changed."""
    with step("Translations"):
        catalogues.compile_changed()
    with step("Database schema") as advance:
        migrate_once(advance)
    with step("Static files") as advance:
        collect_changed(advance)
    with step("Ranking"):
        warm()
    Path(settings.MEDIA_ROOT).mkdir(parents=True, exist_ok=True)


def pending_migrations() -> int:
    """How many migrations the database has not seen."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


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


def collect_changed(advance: Advance | None = None) -> bool:
    """Collects static files if any changed since the last time; returns whether it did."""
    sources = list(_static_sources())
    mark = hashlib.sha256(repr(sources).encode()).hexdigest()
    kept = Path(settings.STATIC_ROOT).parent / "static.mark"
    if kept.exists() and kept.read_text() == mark:
        return False
    if advance is not None:
        advance(0, len(sources))
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    kept.write_text(mark)
    return True


def _static_sources() -> Iterator[tuple[str, int, int]]:
    yield str(settings.STORAGES["staticfiles"]["BACKEND"]), 0, 0
    for finder in get_finders():
        for path, storage in finder.list([]):
            facts = Path(storage.path(path)).stat()
            yield path, facts.st_size, facts.st_mtime_ns
