"""However many jobs wait in one queue, the others' are found as quickly."""

import psycopg
import pytest
from django.db import connection

from comptoir.config.worker import connection_params

WAITING = """
INSERT INTO procrastinate_jobs (queue_name, task_name, priority, args, status, attempts)
SELECT 'mail', 'comptoir.nothing', 0, '{}', 'todo', 0 FROM generate_series(1, 20000)
"""
LOOK = "EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) SELECT procrastinate_fetch_job_v2(%s, NULL)"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("queue", ["sales", "mail"])
def test_a_look_for_a_job_reads_few_pages_whatever_waits_elsewhere(queue: str) -> None:
    """A mail server that is down for an hour keeps no refund waiting."""
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        cursor.execute("VACUUM (ANALYZE) procrastinate_jobs")
    with psycopg.connect(**connection_params(), autocommit=True) as looking:
        for _look in range(8):  # by then a connection would have settled on a plan for any queue
            with looking.transaction(force_rollback=True):
                told = looking.execute(LOOK, [[queue]]).fetchall()[0][0]
        pages = told[0]["Plan"]["Shared Hit Blocks"] + told[0]["Plan"]["Shared Read Blocks"]
    assert pages < 60
