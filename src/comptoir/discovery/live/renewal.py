"""When a new snapshot is due, and making it."""

import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection

from comptoir.common import clock
from comptoir.discovery.live import snapshot
from comptoir.discovery.live.build import from_database, identity
from comptoir.discovery.models import Change

# Not more often than this, and never for more than a twentieth of the worker's time.
SHORTEST_SECONDS = 600
REST = 20
# Acts of somebody who left do not stay on the disk for longer than this, whatever it costs.
LEFT_SECONDS = 3600
# Who read the name of a snapshot before it was followed by another has opened it by then.
OPENED_SECONDS = 60
# Readers that have no snapshot start from the log; it is kept this long behind the newest.
LOG_KEPT = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Made:
    """A snapshot that was made: where, its size, and how long it took."""

    folder: Path
    people: int
    products: int
    acts: int
    bytes: int
    seconds: float


def renew() -> Made:
    """Makes a snapshot of the place as it is, and cuts the log of changes behind it."""
    begun = time.monotonic()
    made = from_database()
    folder = snapshot.write(made, Path(settings.SNAPSHOT_ROOT), identity())
    seconds = time.monotonic() - begun
    snapshot.note_cost(folder, seconds)
    old = Change.objects.filter(transaction__lt=made.position, at__lt=clock.now() - LOG_KEPT)
    old.delete()
    return Made(
        folder, len(made.people), len(made.products), len(made.acts.to), made.bytes, seconds
    )


LEFT = """
SELECT EXISTS (SELECT 1 FROM discovery_change c WHERE c.transaction >= %s AND c.kind = 'person'
  AND NOT EXISTS (SELECT 1 FROM people_profile f WHERE f.id = c.a))
"""
CHANGED = "SELECT EXISTS (SELECT 1 FROM discovery_change WHERE transaction >= %s)"


def is_due() -> bool:
    """Whether something changed since the current snapshot and it has had its time, which is
    shorter if somebody left whose acts it holds."""
    folder = snapshot.current(Path(settings.SNAPSHOT_ROOT))
    if folder is None:
        return True
    try:
        position, age, seconds = snapshot.age_of(folder, identity())
    except snapshot.SnapshotUnreadable:
        return True
    rest = max(SHORTEST_SECONDS, REST * seconds)
    if age < min(rest, max(SHORTEST_SECONDS, LEFT_SECONDS)):
        return False
    return _is(CHANGED if age >= rest else LEFT, position)


def _is(question: str, position: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(question, [position])
        return bool(cursor.fetchone()[0])


def tidy() -> None:
    """Removes what the current snapshot followed, once nobody is about to open it."""
    folder = snapshot.current(Path(settings.SNAPSHOT_ROOT))
    if folder is None:
        return
    try:
        _, age, _ = snapshot.age_of(folder, identity())
    except snapshot.SnapshotUnreadable:
        return
    if age >= OPENED_SECONDS:
        snapshot.remove_older(folder)
