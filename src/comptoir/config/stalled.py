"""Jobs of workers that were killed go back to their queues."""

import asyncio
import logging

from django.utils import timezone
from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import ConnectorException, UniqueViolation
from procrastinate.jobs import Job, Status

logger = logging.getLogger(__name__)

EVERY = 30  # seconds
PASS_LOCK = 7_266_873_201  # the advisory lock of the pass; any number that nothing else takes


async def watch_stalled(app: App) -> None:
    """Gives back what dead workers held, again and again, until it is cancelled."""
    while True:
        await give_back_stalled(app)
        await asyncio.sleep(EVERY)


async def give_back_stalled(app: App) -> int:
    """One pass over the jobs whose worker's heartbeat stopped; returns how many were given back.

    One worker at a time does it: with two, the second would give back what the first's already
    runs again. The lock is of a transaction, so it ends with its holder, however that ends.
    """
    connector = app.connector
    if not isinstance(connector, PsycopgConnector):
        raise TypeError("stalled jobs are looked for through psycopg")
    async with connector.pool.connection() as connection, connection.transaction():
        cursor = await connection.execute(
            "SELECT 1 WHERE pg_try_advisory_xact_lock(%s)", [PASS_LOCK]
        )
        if await cursor.fetchone() is None:
            return 0
        stalled = await app.job_manager.get_stalled_jobs()
        return sum([await _give_back(app, job) for job in stalled])


async def _give_back(app: App, job: Job) -> bool:
    if job.id is None:
        return False
    try:
        # A worker that was only slow may have ended it since.
        if await app.job_manager.get_job_status_async(job.id) != Status.DOING:
            return False
        await app.job_manager.retry_job(job, retry_at=timezone.now())
    except UniqueViolation:
        # The next of its kind waits already and does the same work.
        logger.warning("job %s of a worker that died is ended: its next one waits", job.id)
        await _end(app, job)
        return False
    except ConnectorException:
        logger.exception("job %s of a worker that died cannot be given back", job.id)
        return False
    logger.warning("job %s of a worker that died is given back", job.id)
    return True


async def _end(app: App, job: Job) -> None:
    try:
        await app.job_manager.finish_job(job, Status.FAILED, delete_job=False)
    except ConnectorException:
        logger.exception("job %s of a worker that died cannot be ended", job.id)
