"""``comptoir worker`` for real: it does jobs, gives back those of the dead, and stops cleanly."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.mail import send_mail
from django.db import connection
from django.test import override_settings

from tests.config.place import OURS, PATIENCE, wait_for

pytestmark = [pytest.mark.server, pytest.mark.django_db(transaction=True)]
QUEUED = override_settings(EMAIL_BACKEND="comptoir.common.mail.QueuedMail")


@contextmanager
def worker(output: Path, *queues: str) -> Iterator["subprocess.Popen[bytes]"]:
    """A worker process over the tests' database; what it prints goes to ``output``."""
    kept = {name: value for name, value in os.environ.items() if name not in OURS}
    place = connection.settings_dict
    url = f"postgresql://{place['USER']}@/{place['NAME']}?host={place['HOST']}"
    command = [sys.executable, "-m", "comptoir.config.cli", "worker", *queues]
    with output.open("wb") as file:
        process = subprocess.Popen(
            command,
            env={**kept, "DATABASE_URL": url, "PYTHONUNBUFFERED": "1"},
            stdout=file,
            stderr=subprocess.STDOUT,
        )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)


def jobs(status: str, queue: str = "mail") -> int:
    """How many there are; a worker enqueues periodic jobs of its own on other queues."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE status = %s AND queue_name = %s",
            [status, queue],
        )
        return int(cursor.fetchone()[0])


@QUEUED
def test_queued_mail_is_sent_and_the_worker_stops_when_told(tmp_path: Path) -> None:
    output = tmp_path / "output"
    with worker(output) as process:
        send_mail("Votre commande", "Merci, Inès.", "zinc@demo.example", ["ines@demo.example"])
        wait_for(lambda: jobs("todo") + jobs("doing") == 0)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=PATIENCE) == 0, output.read_text()
    assert "Subject: Votre commande" in output.read_text()


@QUEUED
def test_a_job_of_a_worker_that_was_killed_is_done_by_the_next(tmp_path: Path) -> None:
    send_mail("Votre colis", "Il part.", "zinc@demo.example", ["malo@demo.example"])
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH dead AS (INSERT INTO procrastinate_workers (last_heartbeat) "
            "VALUES (now() - interval '1 hour') RETURNING id) "
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = (SELECT id FROM dead)"
        )
    assert jobs("doing") == 1
    output = tmp_path / "output"
    with worker(output):
        wait_for(lambda: "Subject: Votre colis" in output.read_text())
        wait_for(lambda: jobs("doing") == 0)


@QUEUED
def test_a_worker_of_another_queue_leaves_the_mail_alone(tmp_path: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name) VALUES ('feed', 'x')"
        )
    send_mail("Bonjour", "Bonjour.", "zinc@demo.example", ["ines@demo.example"])
    with worker(tmp_path / "output", "feed"):
        wait_for(lambda: jobs("failed", "feed") == 1)  # nothing is called "x", but it was taken
    assert jobs("todo") == 1


def test_an_unknown_queue_is_refused(tmp_path: Path) -> None:
    output = tmp_path / "output"
    with worker(output, "no-such-queue") as process:
        assert process.wait(timeout=PATIENCE) == 1
    assert "unknown queue ['no-such-queue']" in output.read_text()
