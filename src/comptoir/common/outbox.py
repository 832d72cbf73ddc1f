"""The outbox: events written with the change that causes them, delivered afterwards.

Delivery is at least once and in order per aggregate. A handler runs in the transaction that marks
its event delivered, so that its writes happen exactly once; what leaves the database (mail, media,
federation) is a job that the handler enqueues (``common.queueing``). Pattern: Transactional outbox
(C. Richardson).
"""

import dataclasses
import json
import logging
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.db import connection, models, transaction

from comptoir.common import clock
from comptoir.common.durability import LIGHTLY
from comptoir.common.models.outbox import OutboxEvent
from comptoir.common.queueing import gathered_jobs
from comptoir.common.rows import array, fetch_rows, run

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 12


@dataclasses.dataclass(frozen=True, slots=True)
class Event:
    """A fact in the past tense. Subclasses hold JSON values only, and name their aggregate."""

    name: ClassVar[str]

    def aggregate(self) -> str:
        """The thing it happened to, such as ``order:12``: events of one aggregate keep order."""
        raise TypeError(f"{type(self).__name__} does not name its aggregate")


Handler = Callable[[Any], None]
Wiring = Mapping[type[Event], Iterable[Handler]]


def emit(event: Event) -> None:
    """Writes the event in the current transaction.

    Raises:
        TransactionManagementError: there is no transaction to be part of.
    """
    emit_all([event])


def emit_all(events: Iterable[Event]) -> None:
    """Writes several events in the current transaction, in one statement."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("emit() needs a transaction")
    rows = [
        OutboxEvent(name=event.name, aggregate=event.aggregate(), payload=_payload(event))
        for event in events
    ]
    OutboxEvent.objects.bulk_create(rows)


def _payload(event: Event) -> dict[str, Any]:
    return {field.name: getattr(event, field.name) for field in dataclasses.fields(event)}


@dataclasses.dataclass(slots=True)
class Due:
    """An event to be delivered now; ``payload`` is JSON."""

    id: int
    name: str
    aggregate: str
    payload: str
    attempts: int


class Dispatcher:
    """Delivers outbox events to handlers, as ``wiring`` maps them.

    Any number of dispatchers may run at once: rows are taken with SKIP LOCKED, and an event waits
    until no earlier one of its aggregate is undelivered.
    """

    def __init__(self, wiring: Wiring) -> None:
        self._kinds = {kind.name: kind for kind in wiring}
        self._handlers = {kind.name: tuple(handlers) for kind, handlers in wiring.items()}

    def deliver_all(self, limit: int = 10_000) -> int:
        """Delivers what is due until nothing is; returns how many were delivered."""
        done = 0
        while done < limit:
            count = self.deliver_batch()
            if not count:
                break
            done += count
        return done

    def deliver_batch(self, size: int = 100) -> int:
        """Delivers up to ``size`` due events in one transaction; returns how many were looked at.

        They are first delivered together, under one savepoint and one check of constraints. When
        any fails, all of it is undone and each is delivered under a savepoint of its own, so that
        a handler may be called again for an event whose first delivery left no trace.
        """
        heard = list(self._kinds)
        with transaction.atomic():
            due = {"now": clock.now(), "heard": heard, "size": size}
            rows = fetch_rows(Due, DUE, due)
            done = self._delivered([row for row in rows if row.name in self._kinds])
            done += [row.id for row in rows if row.name not in self._kinds]
            if done:
                run(DELIVERED, {"events": array(done)})
        return len(rows)

    def _delivered(self, rows: list[Due]) -> list[int]:
        """Keys of the events that were delivered; the others are tried again later."""
        error = self._fault_of(rows)
        if error is None:
            return [row.id for row in rows]
        if len(rows) == 1:
            self._postpone(rows[0], error)
            return []
        return [key for row in rows for key in self._delivered([row])]

    def _fault_of(self, rows: list[Due]) -> Exception | None:
        """Delivers ``rows`` wholly, or nothing of them and returns why."""
        if not rows:
            return None
        try:
            with transaction.atomic():
                with gathered_jobs():
                    for row in rows:
                        event = self._kinds[row.name](**json.loads(row.payload))
                        for handler in self._handlers[row.name]:
                            handler(event)
                # Foreign keys wait for the commit, where a bad one would fail the whole batch.
                connection.check_constraints()
        except Exception as error:  # noqa: BLE001 (a handler's fault must not stop the others)
            return error
        return None

    def _postpone(self, row: Due, error: Exception) -> None:
        logger.error("outbox: %s of %s failed", row.name, row.aggregate, exc_info=error)
        row.attempts += 1
        OutboxEvent.objects.filter(pk=row.id).update(
            attempts=row.attempts,
            error=f"{type(error).__name__}: {error}"[:500],
            parked=row.attempts >= MAX_ATTEMPTS,
            due_at=_next_try(row.attempts),
        )


def _next_try(attempts: int) -> datetime:
    return clock.now() + timedelta(seconds=min(2**attempts, 3600))


def backlog() -> dict[str, int]:
    """Counts for the health page: events ``waiting`` and events ``parked`` after all tries."""
    counts = OutboxEvent.objects.aggregate(
        waiting=models.Count("pk", filter=models.Q(parked=False)),
        parked=models.Count("pk", filter=models.Q(parked=True)),
    )
    return dict(counts)


# An event is due when it is the oldest of its aggregate that someone hears, so that no two of one
# aggregate are in a batch; a parked one holds its aggregate back, so that order is never broken
# silently (the operator sees it on the health page). What nobody hears waits for nothing.
DUE = """
SELECT o.id, o.name, o.aggregate, o.payload::text, o.attempts FROM common_outboxevent o
WHERE NOT o.parked AND o.due_at <= %(now)s
  AND (NOT o.name = ANY(%(heard)s) OR NOT EXISTS (
    SELECT 1 FROM common_outboxevent earlier
    WHERE earlier.aggregate = o.aggregate AND earlier.id < o.id AND earlier.name = ANY(%(heard)s)))
ORDER BY o.id
LIMIT %(size)s
FOR UPDATE OF o SKIP LOCKED
"""

# Taken back by a power cut, the events are there again; and a job is only begun by a commit that
# waits for the disk, with which this one is kept.
DELIVERED = f"""
DELETE FROM common_outboxevent USING {LIGHTLY} WHERE id = ANY(%(events)s::bigint[])
"""
