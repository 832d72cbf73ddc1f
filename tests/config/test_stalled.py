"""Jobs of workers that died are given back, each once, and one that cannot be harms no other."""

import asyncio

import pytest
from django.db import connection

from comptoir.config.stalled import PASS_LOCK, give_back_stalled
from comptoir.config.worker import worker_app

pytestmark = pytest.mark.django_db(transaction=True)


def left_by_the_dead(task: str, queueing_lock: str | None = None) -> int:
    """A job that a worker was doing when it was killed, an hour ago; returns its number."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH dead AS (INSERT INTO procrastinate_workers (last_heartbeat) "
            "VALUES (now() - interval '1 hour') RETURNING id) "
            "INSERT INTO procrastinate_jobs "
            "(queue_name, task_name, queueing_lock, status, worker_id) "
            "SELECT 'sales', %s, %s, 'doing', id FROM dead RETURNING id",
            [task, queueing_lock],
        )
        return int(cursor.fetchone()[0])


def waiting(task: str, queueing_lock: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, queueing_lock) "
            "VALUES ('sales', %s, %s) RETURNING id",
            [task, queueing_lock],
        )
        return int(cursor.fetchone()[0])


def status_of(job: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT status FROM procrastinate_jobs WHERE id = %s", [job])
        return str(cursor.fetchone()[0])


def one_pass() -> int:
    async def work() -> int:
        app = worker_app(1)
        async with app.open_async():
            return await give_back_stalled(app)

    return asyncio.run(work())


def test_a_job_whose_twin_waits_already_is_ended_and_the_others_given_back() -> None:
    twin = left_by_the_dead("sales.expire_holds", "sales.expire_holds")
    waits = waiting("sales.expire_holds", "sales.expire_holds")
    other = left_by_the_dead("sales.refund")
    assert one_pass() == 1
    assert (status_of(twin), status_of(waits), status_of(other)) == ("failed", "todo", "todo")
    assert one_pass() == 0


def test_one_worker_at_a_time_gives_back() -> None:
    job = left_by_the_dead("sales.refund")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [PASS_LOCK])
        try:
            assert one_pass() == 0
            assert status_of(job) == "doing"
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [PASS_LOCK])
    assert one_pass() == 1
    assert status_of(job) == "todo"


def test_a_job_that_ended_after_all_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its worker was only slow: between the look and the giving back, it wrote its end down."""
    job = left_by_the_dead("sales.refund")

    async def work() -> int:
        app = worker_app(1)
        async with app.open_async():
            found = await app.job_manager.get_stalled_jobs()
            await app.connector.execute_query_async(
                "UPDATE procrastinate_jobs SET status = 'failed' WHERE id = %(job)s", job=job
            )

            async def seen_before() -> object:
                return found

            monkeypatch.setattr(app.job_manager, "get_stalled_jobs", seen_before)
            return await give_back_stalled(app)

    assert asyncio.run(work()) == 0
    assert status_of(job) == "failed"
