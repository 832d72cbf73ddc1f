"""The one place of this process: read from the current snapshot, and brought up to date when asked.

Without a snapshot that can be read, a small place is read from the database; a large one starts
from what changed lately. Either way there is an answer, and ``condition`` says what it rests on.
"""

import logging
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection

from comptoir.common.rows import Rows, Statement, fetch_together
from comptoir.discovery.live import build, snapshot
from comptoir.discovery.live.changes import noted_in, since, standing_of
from comptoir.discovery.live.place import Place
from comptoir.discovery.live.rank import Ranker
from comptoir.discovery.live.warm import warm

logger = logging.getLogger(__name__)

# Up to so many signals a place without a snapshot is read in a request: well under a second.
READ_AT_ONCE = 100_000
LOOK_SECONDS = 1.0
NO_SNAPSHOT = "no snapshot yet"
# The log of changes is kept for longer: see ``renewal.LOG_KEPT``.
IDLE_SECONDS = 1800.0


@dataclass(frozen=True, slots=True)
class Condition:
    """For the health page. ``base``: "snapshot", "database" (small and without one) or "changes"
    (large and without one: it answers, but knows little). ``fault``: why not a snapshot."""

    base: str
    fault: str
    changed: int
    position: int


class Engine:
    """Holds the place; threads ask ``ranker``."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ranker: Ranker | None = None
        self._folder: Path | None = None
        self._base, self._fault = "changes", ""
        self._looked = 0.0
        self._loaded: tuple[Path, Ranker] | None = None
        self._loading: threading.Thread | None = None

    def ranker(self) -> Ranker:
        """The place as the database has it now."""
        return self.ranker_beside()[0]

    def ranker_beside(self, *besides: Statement) -> tuple[Ranker, list[Rows]]:
        """The same, with the rows of what is asked ``besides`` in the same round trip."""
        with self._lock:
            ranker = self._kept()
            place = ranker.place
            seen = set(place.seen)
            *rows, changes = fetch_together(*besides, since(place.position, seen))
            noted, reached = noted_in(changes, place.position, seen)
            standing = standing_of(noted)
            try:
                if noted:
                    place.lay_over(standing)
            except Exception:
                self._ranker = None  # half of it may be laid over: begun again from its base
                raise
            place.seen, place.position = seen, reached
            return ranker, rows

    def begin(self) -> None:
        """Reads the snapshot before anybody asks, in a thread of its own; who asks meanwhile
        waits no longer than for their own reading."""
        try:
            warm()
            self.ranker()
        except Exception:
            logger.exception("discovery: the place is read when somebody asks")
        finally:
            connection.close()

    def condition(self) -> Condition:
        place = self.ranker().place
        changed = place.acts.changed + place.follows.changed
        return Condition(self._base, self._fault, changed, place.position)

    def forget(self) -> None:
        """Reads everything anew when next asked: the database is another than it was."""
        with self._lock:
            self._ranker, self._folder, self._loaded = None, None, None
            self._looked = 0.0

    def _kept(self) -> Ranker:
        """Takes a newer snapshot when there is one; it is read aside, and requests do not wait."""
        if self._loaded is not None:
            self._folder, self._ranker = self._loaded
            self._loaded, self._base, self._fault = None, "snapshot", ""
        now = time.monotonic()
        if now - self._looked > IDLE_SECONDS:
            self._ranker = None  # the log may have been cut behind it
        if self._ranker is not None and now - self._looked < LOOK_SECONDS:
            return self._ranker
        self._looked = now
        folder = snapshot.current(Path(settings.SNAPSHOT_ROOT))
        if self._ranker is None:
            self._ranker = self._started(folder)
        elif folder not in (None, self._folder) and not self._is_loading():
            self._loading = threading.Thread(
                target=self._load,
                args=(folder, build.identity(), build.position_now()),
                daemon=True,
            )
            self._loading.start()
        return self._ranker

    def _is_loading(self) -> bool:
        return self._loading is not None and self._loading.is_alive()

    def _started(self, folder: Path | None) -> Ranker:
        self._fault = NO_SNAPSHOT
        if folder is not None:
            self._load(folder, build.identity(), build.position_now())
            if self._loaded is not None:
                (self._folder, ranker), self._loaded = self._loaded, None
                self._base, self._fault = "snapshot", ""
                return ranker
        if build.count_of_signals() <= READ_AT_ONCE:
            self._base = "database"
            return Ranker(Place(build.from_database()))
        self._base = "changes"
        return Ranker(Place(snapshot.empty_snapshot(0)))

    def _load(self, folder: Path, database: str, now: int) -> None:
        try:
            found = snapshot.read(folder, database)
            if found.position > now:
                raise snapshot.SnapshotUnreadable(f"{folder}: of a later state of the database")
            self._loaded = folder, Ranker(Place(found))
        except snapshot.SnapshotUnreadable as error:
            # Not tried again until another is made; a wrong one is no reason not to answer.
            self._folder, self._fault = folder, str(error)
            logger.error("discovery: %s", error)


ENGINE = Engine()
