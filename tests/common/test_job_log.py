"""The log names jobs and never repeats what is in a letter; failed letters are not kept."""

import io
from collections.abc import Iterator

import pytest
from django.db import connection
from procrastinate import App
from procrastinate.testing import InMemoryConnector

from comptoir.common.jobs import forget_old_traces
from tests.common.the_log import written_by

LETTER = "Bonjour Inès (rue des Lices), ) voici [1](x)\nvotre code 4711"


@pytest.fixture
def said() -> Iterator[io.StringIO]:
    with written_by("procrastinate") as text:
        yield text


def test_a_job_that_fails_is_logged_without_its_arguments(said: io.StringIO) -> None:
    app = App(connector=InMemoryConnector())

    @app.task(name="send")
    def send(message: str) -> None:
        raise ConnectionRefusedError(111)

    with app.open():
        send.defer(message=LETTER)
        app.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)
    log = said.getvalue()
    assert "ERROR" in log
    assert "send[1]" in log
    assert "ConnectionRefusedError" in log
    assert "Lices" not in log
    assert "4711" not in log


def add_job(queue: str, status: str, days: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status)"
            " VALUES (%s, 'common.send_mail', '{}', 'todo') RETURNING id",
            [queue],
        )
        (key,) = cursor.fetchone()
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = %s::procrastinate_job_status WHERE id = %s",
            [status, key],
        )
        cursor.execute(
            "UPDATE procrastinate_events SET at = now() - %s * interval '1 day' WHERE job_id = %s",
            [days, key],
        )
    return int(key)


@pytest.mark.django_db
def test_letters_that_failed_a_week_ago_are_forgotten_and_nothing_else() -> None:
    old = add_job("mail", "failed", 8)
    kept = {
        add_job("mail", "failed", 6),
        add_job("mail", "todo", 8),
        add_job("sales", "failed", 8),
    }
    forget_old_traces(0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM procrastinate_jobs")
        left = {row[0] for row in cursor.fetchall()}
    assert old not in left
    assert kept <= left
