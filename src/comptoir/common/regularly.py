"""Jobs that the worker begins by itself, by the clock."""

from collections.abc import Callable
from functools import update_wrapper

from procrastinate.contrib.django import app
from procrastinate.tasks import Task

RegularJob = Task[[int], None, [int]]


def regularly(
    cron: str, name: str, *, queue: str = "default"
) -> Callable[[Callable[[], None]], RegularJob]:
    """Makes a function the job ``name``, queued at each moment of ``cron``; one still waiting is
    not queued again."""

    def job_of(work: Callable[[], None]) -> RegularJob:
        def run(timestamp: int) -> None:  # noqa: ARG001 (procrastinate gives it)
            work()

        update_wrapper(run, work)
        return app.periodic(cron=cron)(
            app.task(name=name, queue=queue, queueing_lock=name)(run),
        )

    return job_of
