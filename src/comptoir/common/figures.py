"""How the engine room does: the job queues and the database, for the operator."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from comptoir.common.rows import fetch_rows

NEWEST_FAILURES = 10


@dataclass(frozen=True, slots=True)
class QueueFigure:
    """Jobs of one queue: waiting (of which due now), being done, failed for good."""

    queue: str
    waiting: int
    due: int
    doing: int
    failed: int


@dataclass(frozen=True, slots=True)
class FailedJob:
    """A job that failed for good; ``at`` is when it was queued, ``None`` if that is not known."""

    id: int
    task: str
    queue: str
    attempts: int
    at: datetime | None


@dataclass(frozen=True, slots=True)
class DatabaseFigure:
    """``version`` is "18.1"; ``size_bytes`` is the whole database's."""

    version: str
    size_bytes: int
    connections: int


QUEUES = """
SELECT queue_name,
  count(*) FILTER (WHERE status = 'todo'),
  count(*) FILTER (WHERE status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= now())),
  count(*) FILTER (WHERE status = 'doing'),
  count(*) FILTER (WHERE status = 'failed')
FROM procrastinate_jobs
WHERE status IN ('todo', 'doing', 'failed')
GROUP BY queue_name ORDER BY queue_name
"""

FAILED = f"""
SELECT j.id, j.task_name, j.queue_name, j.attempts,
  (SELECT min(e.at) FROM procrastinate_events e WHERE e.job_id = j.id)
FROM procrastinate_jobs j WHERE j.status = 'failed'
ORDER BY j.id DESC LIMIT {NEWEST_FAILURES}
"""

DATABASE = """
SELECT current_setting('server_version'), pg_database_size(current_database()),
  (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database())
"""


def queue_figures() -> list[QueueFigure]:
    """The queues that hold anything, by name."""
    return fetch_rows(QueueFigure, QUEUES, {})


def failed_jobs() -> list[FailedJob]:
    """The newest jobs that failed for good."""
    return fetch_rows(FailedJob, FAILED, {})


def database_figure() -> DatabaseFigure:
    """The database server as it answers now."""
    with connection.cursor() as cursor:
        cursor.execute(DATABASE)
        version, size, connections = cursor.fetchone()
    return DatabaseFigure(version.split(" ")[0], size, connections)
