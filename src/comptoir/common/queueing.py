"""Jobs put in their queues, as many in one statement as come together.

A job is a row of the current transaction: it exists if and only if the change does.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from procrastinate.contrib.django import app
from procrastinate.jobs import Job
from procrastinate.tasks import Task

_gathered: ContextVar[list[Job] | None] = ContextVar("gathered_jobs", default=None)


def job(task: "Task[..., Any, ...]", **arguments: Any) -> Job:
    """The work to be done, not queued yet. Arguments are JSON values: keys of rows, no names."""
    return task.configure().make_new_job(**arguments)


def enqueue(*jobs: Job) -> None:
    """Queues the jobs in one statement, now or at the end of ``gathered_jobs``.

    Raises:
        AlreadyEnqueued: now or then, for a task with a queueing lock: defer those by themselves.
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
        app.job_manager.batch_defer_jobs(jobs=jobs)
