"""What must be true before serving: schema, translations and static files up to date."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from comptoir.config import catalogues
from comptoir.config.progress import Advance, step
from comptoir.config.schema import migrate_once
from comptoir.discovery.live.warm import warm


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
    for folder in (settings.MEDIA_ROOT, settings.FILES_ROOT):
        Path(folder).mkdir(parents=True, exist_ok=True)


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
