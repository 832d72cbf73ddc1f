"""Jobs put in their queues, as many in one statement as come together.

A job is a row of the current transaction: it exists if and only if the change does.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from procrastinate.jobs import Job
from procrastinate.tasks import Task

from comptoir.common.rows import the_row

_gathered: ContextVar[list[Job] | None] = ContextVar("gathered_jobs", default=None)


def job(task: "Task[..., Any, ...]", **arguments: Any) -> Job:
    """The work to be done, not queued yet. Arguments are JSON values: keys of rows, no names."""
    return task.configure().make_new_job(**arguments)


def enqueue(*jobs: Job) -> None:
    """Queues the jobs in one statement, now or at the end of ``gathered_jobs``.

    Raises:
        ValueError: now or then, for a task with a queueing lock: defer those by themselves.
    """
    waiting = _gathered.get()
    if waiting is None:
        _insert(list(jobs))
    else:
        waiting.extend(jobs)


@contextmanager
def gathered_jobs() -> Iterator[None]:
    """What is enqueued within the block is queued at its end, in one statement; nothing of it when
    the block raises."""
    waiting: list[Job] = []
    token = _gathered.set(waiting)
    try:
        yield
    finally:
        _gathered.reset(token)
    _insert(waiting)


def _insert(jobs: list[Job]) -> None:
    if jobs:
        the_row(QUEUE, {"jobs": json.dumps([_row(one) for one in jobs])})


def _row(one: Job) -> dict[str, Any]:
    """As PostgreSQL reads ``procrastinate_job_to_defer_v1``; what is missing is null."""
    if one.queueing_lock is not None:
        raise ValueError(f"{one.task_name} has a queueing lock: defer it by itself")
    at = one.scheduled_at.isoformat() if one.scheduled_at is not None else None
    return {
        "queue_name": one.queue,
        "task_name": one.task_name,
        "priority": one.priority,
        "lock": one.lock,
        "args": one.task_kwargs,
        "scheduled_at": at,
    }


# Procrastinate's own function. Its ``batch_defer_jobs`` calls it too; writing each job out as a row
# for the driver was half of what a worker did.
QUEUE = """
SELECT procrastinate_defer_jobs_v1(ARRAY(
  SELECT j FROM json_populate_recordset(NULL::procrastinate_job_to_defer_v1, %(jobs)s) AS j))
"""
