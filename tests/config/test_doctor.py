"""``comptoir doctor``: each thing that can be wrong is named, with what to do."""

import shutil
import socket
import time
from collections import namedtuple
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TypeAlias

import psycopg
import pytest
from django.conf import settings
from django.core.management import CommandError
from django.db import connection
from django.urls import reverse

from comptoir.common.models import OutboxEvent
from comptoir.config import schema
from comptoir.config.doctor import database, machine
from comptoir.config.doctor.finding import Finding
from comptoir.sales.models import Payment
from tests import cast
from tests.config.place import comptoir, environment, free_port
from tests.sales.buying import basket

Usage = namedtuple("Usage", "total used free")


def only(findings: Iterator[Finding]) -> Finding:
    found = list(findings)
    assert len(found) == 1, found
    return found[0]


def test_an_old_python_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "MINIMUM_PYTHON", (9, 9))
    finding = only(machine.python_version())
    assert finding.mark == "bad"
    assert "Python 3.11" in finding.remedy


def test_a_folder_that_cannot_be_written_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("COMPTOIR_VAR", str(tmp_path / "file" / "var"))
    finding = only(machine.folder())
    assert (finding.mark, "COMPTOIR_VAR" in finding.remedy) == ("bad", True)


@pytest.mark.parametrize(
    ("free", "mark"), [(99_000_000, "bad"), (400_000_000, "warn"), (600_000_000, "ok")]
)
def test_a_full_disk_is_named(free: int, mark: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: Usage(10**12, 10**12 - free, free))
    finding = only(machine.disk())
    assert finding.mark == mark
    assert mark == "ok" or "Free some space" in finding.remedy


def test_a_taken_port_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        monkeypatch.setenv("COMPTOIR_PORT", str(other.getsockname()[1]))
        finding = only(machine.port())
    assert finding.mark == "bad"
    assert "COMPTOIR_PORT" in finding.remedy


@pytest.mark.parametrize("text", ["", "abc", "0", "70000", "-1"])
def test_a_port_that_is_none_is_named(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMPTOIR_PORT", text)
    assert only(machine.port()).mark == "bad"


def test_a_damaged_database_url_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "mysql://somewhere/else")
    finding = only(machine.database_url())
    assert (finding.mark, "postgresql://" in finding.remedy) == ("bad", True)


def test_a_database_out_of_reach_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"postgresql://nobody@127.0.0.1:{free_port()}/nothing"
    monkeypatch.setenv("DATABASE_URL", url)
    finding, unchecked = database.reach()
    assert (finding.mark, "Is PostgreSQL running" in finding.remedy) == ("bad", True)
    assert unchecked.mark == "skip"


def test_a_mail_server_out_of_reach_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMPTOIR_SMTP_HOST", "127.0.0.1")
    monkeypatch.setenv("COMPTOIR_SMTP_PORT", str(free_port()))
    finding = only(machine.mail())
    assert (finding.mark, "COMPTOIR_SMTP_HOST" in finding.remedy) == ("bad", True)


def test_printed_mail_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COMPTOIR_SMTP_HOST", raising=False)
    assert only(machine.mail()).mark == "warn"


def test_a_secret_key_that_others_can_read_is_named(tmp_path: Path) -> None:
    env = environment(tmp_path, free_port())
    assert comptoir("doctor", env=env).returncode == 0
    (tmp_path / "secret-key").chmod(0o644)
    ended = comptoir("doctor", env=env)
    assert ended.returncode == 1
    assert "chmod 600" in ended.stdout


@pytest.fixture
def asked(db: None) -> Iterator["psycopg.Connection[tuple[object, ...]]"]:
    """A plain connection to the tests' database, as the doctor has one to the place's."""
    params = connection.get_connection_params()
    wanted = {name: params[name] for name in ("dbname", "user", "host", "port") if name in params}
    with closing(psycopg.connect(**wanted, autocommit=True)) as plain:
        yield plain


Asked: TypeAlias = "psycopg.Connection[tuple[object, ...]]"


def test_an_old_server_is_named(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    assert only(database.version(asked)).mark == "ok"
    monkeypatch.setattr(database, "MINIMUM_VERSION", 990000)
    finding = only(database.version(asked))
    assert (finding.mark, "15 or later" in finding.remedy) == ("bad", True)


def test_clocks_that_differ_are_named(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    assert only(database.clock_skew(asked)).mark == "ok"
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + 60)
    finding = only(database.clock_skew(asked))
    assert (finding.mark, "60 s" in finding.what) == ("bad", True)


def test_migrations_that_wait_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "pending_migrations", lambda: 3)
    finding = only(database.schema())
    assert (finding.mark, "3 migrations" in finding.what) == ("warn", True)


def test_a_database_of_a_version_too_old_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def _refused() -> int:
        raise CommandError("start that version first")

    monkeypatch.setattr(database, "pending_migrations", _refused)
    finding = only(database.schema())
    assert (finding.mark, finding.remedy) == ("bad", "start that version first")


@pytest.mark.django_db
def test_the_schema_of_a_migrated_database_is_up_to_date() -> None:
    assert schema.pending_migrations() == 0


@pytest.mark.django_db(transaction=True)
def test_parked_and_old_events_are_named(asked: Asked) -> None:
    assert only(database.outbox(asked)).mark == "ok"
    event = OutboxEvent.objects.create(name="x", aggregate="a:1", payload={})
    OutboxEvent.objects.create(name="x", aggregate="a:2", payload={}, parked=True)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE common_outboxevent SET due_at = now() - interval '1 hour'")
    parked, old = database.outbox(asked)
    assert (parked.mark, "1 events failed" in parked.what) == ("bad", True)
    assert (old.mark, "comptoir worker" in old.remedy) == ("warn", True)
    assert event.pk


@pytest.mark.django_db(transaction=True)
def test_failed_and_waiting_jobs_are_named(
    asked: Asked,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert only(database.jobs(asked)).mark == "ok"
    monkeypatch.setattr(database, "WAITING_WARNS", 0)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status) "
            "VALUES ('mail', 'x', 'failed'), ('mail', 'x', 'todo')"
        )
    failed, waiting = database.jobs(asked)
    assert (failed.mark, waiting.mark) == ("warn", "warn")


@pytest.mark.django_db(transaction=True)
def test_payments_of_another_amount_are_named(asked: Asked) -> None:
    assert only(database.payments(asked)).mark == "ok"
    basket((cast.variant_of(cast.product(cast.maison_zinc())), 1)).sent()
    Payment.objects.update(failure="amount_mismatch")
    finding = only(database.payments(asked))
    assert (finding.mark, "1 of another amount" in finding.what) == ("bad", True)
    assert reverse("operator_payments") in finding.remedy


def test_a_damaged_place_is_examined_to_the_end(tmp_path: Path) -> None:
    env = environment(
        tmp_path, free_port(), COMPTOIR_SECRET_KEY="weak", DATABASE_URL="postgresql://127.0.0.1:1/x"
    )
    ended = comptoir("doctor", env=env)
    assert ended.returncode == 1
    assert "COMPTOIR_SECRET_KEY is too weak" in ended.stdout
    assert "The database cannot be reached" in ended.stdout
    assert "Traceback" not in ended.stdout + ended.stderr


def test_a_healthy_place_is_well(tmp_path: Path) -> None:
    ended = comptoir("doctor", env=environment(tmp_path, free_port()))
    assert ended.returncode == 0
    assert "All is well" in ended.stdout
    assert "PostgreSQL 18" in ended.stdout
    assert not (tmp_path / "postgres" / "postmaster.pid").exists()


def test_the_settings_know_the_place() -> None:
    assert Path(settings.VAR).is_absolute()
