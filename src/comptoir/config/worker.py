"""The worker process: one procrastinate worker a group of queues, and the outbox's loop.

Each group has its own slots, so a slow queue fills its own and no other's.
"""

import asyncio
import logging
import os
import signal
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from procrastinate import App, PsycopgConnector
from procrastinate.contrib.django import app as django_app
from procrastinate.contrib.django.utils import connector_params

from comptoir.config.delivery import deliver_until
from comptoir.config.stalled import watch_stalled
from comptoir.config.wiring import dispatcher

logger = logging.getLogger(__name__)

GRACE = 15  # seconds that running jobs are given when the worker is told to stop


@dataclass(frozen=True, slots=True)
class QueueGroup:
    """Queues that share ``slots`` jobs at a time."""

    queues: tuple[str, ...]
    slots: int

    @property
    def name(self) -> str:
        return "+".join(self.queues)


GROUPS = (
    QueueGroup(("default", "builtin"), 2),
    QueueGroup(("sales",), 2),
    QueueGroup(("mail",), 4),
    QueueGroup(("papers",), 1),
    QueueGroup(("media",), 2),
    QueueGroup(("feed",), 1),
    QueueGroup(("federation",), 2),
    QueueGroup(("import",), 1),
    QueueGroup(("ranking",), 1),
)


def forgotten_queues() -> set[str]:
    """Queues that some task names and no group serves: their jobs would wait for ever."""
    served = {queue for group in GROUPS for queue in group.queues}
    return {task.queue for task in django_app.tasks.values()} - served


def groups_of(queues: Sequence[str]) -> list[QueueGroup]:
    """The groups that serve any of ``queues``; all of them for none named.

    Raises:
        ValueError: a queue has no group.
    """
    known = {queue for group in GROUPS for queue in group.queues}
    if unknown := set(queues) - known:
        raise ValueError(f"unknown queue {sorted(unknown)}; known: {sorted(known)}")
    return [g for g in GROUPS if not queues or set(queues) & set(g.queues)]


def run(groups: Sequence[QueueGroup], *, with_outbox: bool = True) -> None:
    """Works until SIGTERM or SIGINT; running jobs are finished first (or given back)."""
    asyncio.run(_work(groups, with_outbox))


async def _work(groups: Sequence[QueueGroup], with_outbox: bool) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    slots = sum(group.slots for group in groups)
    # The loop's own pool has cpu + 4 threads for all: a slow queue would fill it.
    loop.set_default_executor(ThreadPoolExecutor(slots + 8, thread_name_prefix="job"))
    outbox_stop = threading.Event()
    outbox = threading.Thread(target=deliver_until, args=(outbox_stop, dispatcher()), name="outbox")
    app = worker_app(slots)
    async with app.open_async():
        if with_outbox:
            outbox.start()
        try:
            await _until(stop, _started(app, groups), outbox if with_outbox else None)
        finally:
            outbox_stop.set()
            if with_outbox:
                await asyncio.to_thread(outbox.join)


def connection_params() -> dict[str, Any]:
    """Of the connections that look for jobs and note what became of them.

    How many jobs a queue holds differs by all there is between one queue and the next: a plan for
    any queue would go through the jobs of all, so that each look is planned for its own.
    """
    params = connector_params()
    given = params.get("options") or os.environ.get("PGOPTIONS", "")
    return {**params, "options": f"{given} -c plan_cache_mode=force_custom_plan".lstrip()}


def worker_app(slots: int) -> App:
    """An app with the Django app's tasks on a connection pool of its own.

    The tasks keep their link to the Django app: what a job enqueues is part of the job's own
    transaction, as in a page.
    """
    connector = PsycopgConnector(kwargs=connection_params(), min_size=1, max_size=slots + 4)
    app = App(connector=connector, worker_defaults=django_app.worker_defaults)
    app.tasks = django_app.tasks
    app.periodic_registry = django_app.periodic_registry
    return app


def _started(app: App, groups: Sequence[QueueGroup]) -> list["asyncio.Task[None]"]:
    workers = [
        asyncio.create_task(
            app.run_worker_async(
                queues=list(group.queues),
                name=group.name,
                concurrency=group.slots,
                delete_jobs="successful",
                fetch_job_polling_interval=2.0,
                shutdown_graceful_timeout=GRACE,
                install_signal_handlers=False,
            ),
            name=group.name,
        )
        for group in groups
    ]
    return [*workers, asyncio.create_task(watch_stalled(app), name="stalled jobs")]


async def _until(
    stop: asyncio.Event, workers: "list[asyncio.Task[None]]", outbox: threading.Thread | None
) -> None:
    """Waits for the stop, or for a part that fails: then all stop, and the supervisor restarts."""
    stopping = asyncio.create_task(stop.wait())
    while not stop.is_set() and not any(worker.done() for worker in workers):
        if outbox is not None and not outbox.is_alive():
            break
        first = asyncio.FIRST_COMPLETED
        await asyncio.wait([stopping, *workers], timeout=1, return_when=first)
    stopping.cancel()
    failed = [worker for worker in workers if worker.done()]
    for worker in workers:
        worker.cancel()
    await asyncio.gather(*workers, return_exceptions=True)
    if not stop.is_set():
        names = [worker.get_name() for worker in failed] or ["outbox"]
        cause = failed[0].exception() if failed else None
        raise RuntimeError(f"worker: {', '.join(names)} ended unexpectedly") from cause
