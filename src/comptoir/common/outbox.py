"""The outbox: events written with the change that causes them, delivered afterwards.

Delivery is at least once and in order per aggregate. A handler runs in the transaction that marks
its event delivered, so that its writes happen exactly once; what leaves the database (mail, media,
federation) is a job that the handler enqueues. Pattern: Transactional outbox (C. Richardson).
"""

import dataclasses
import logging
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.db import connection, models, transaction

from comptoir.common import clock
from comptoir.common.models.outbox import OutboxEvent

logger = logging.getLogger(__name__)

CHANNEL = "comptoir_outbox"
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
        """Delivers up to ``size`` due events, each in its own savepoint, in one transaction."""
        with transaction.atomic():
            rows = list(OutboxEvent.objects.raw(DUE, [clock.now(), size]))
            delivered = [row.pk for row in rows if self._deliver(row)]
            OutboxEvent.objects.filter(pk__in=delivered).delete()
        return len(rows)

    def _deliver(self, row: OutboxEvent) -> bool:
        try:
            with transaction.atomic():
                kind = self._kinds.get(row.name)
                if kind is not None:
                    event = kind(**row.payload)
                    for handler in self._handlers[row.name]:
                        handler(event)
                    # Foreign keys wait for the commit, where a bad one would fail the whole batch.
                    connection.check_constraints()
        except Exception as error:  # noqa: BLE001 (a handler's fault must not stop the others)
            self._postpone(row, error)
            return False
        return True

    def _postpone(self, row: OutboxEvent, error: Exception) -> None:
        logger.exception("outbox: %s of %s failed", row.name, row.aggregate)
        row.attempts += 1
        row.error = f"{type(error).__name__}: {error}"[:500]
        row.parked = row.attempts >= MAX_ATTEMPTS
        row.due_at = _next_try(row.attempts)
        row.save(update_fields=["attempts", "error", "parked", "due_at"])


def _next_try(attempts: int) -> datetime:
    return clock.now() + timedelta(seconds=min(2**attempts, 3600))


def backlog() -> dict[str, int]:
    """Counts for the health page: events ``waiting`` and events ``parked`` after all tries."""
    counts = OutboxEvent.objects.aggregate(
        waiting=models.Count("pk", filter=models.Q(parked=False)),
        parked=models.Count("pk", filter=models.Q(parked=True)),
    )
    return dict(counts)


# An event is due when it is the oldest of its aggregate; a parked one holds its aggregate back, so
# that order is never broken silently (the operator sees it on the health page).
DUE = """
SELECT o.* FROM common_outboxevent o
WHERE NOT o.parked AND o.due_at <= %s
  AND NOT EXISTS (
    SELECT 1 FROM common_outboxevent earlier
    WHERE earlier.aggregate = o.aggregate AND earlier.id < o.id)
ORDER BY o.id
LIMIT %s
FOR UPDATE OF o SKIP LOCKED
"""
