"""Checks that ask the database: version, schema, clock, and what waits."""

import os
import time
from collections.abc import Iterator
from typing import Any

import django
import psycopg
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError
from django.db import DatabaseError, connections

from comptoir.config.database import MINIMUM_VERSION, ensure_database
from comptoir.config.doctor.finding import Finding, bad, ok, skip, warn
from comptoir.config.schema import pending_migrations

CONNECT_SECONDS = 5
CLOCK_WARNS = 5.0  # seconds of difference
WAITING_WARNS = 10_000  # events or jobs
OLD_WARNS = 300.0  # seconds that the oldest due event has waited

Connection = psycopg.Connection[tuple[Any, ...]]


def reach() -> Iterator[Finding]:
    """Whether the database answers; the embedded one is started for it."""
    try:
        with _connected():
            yield ok("The database answers")
    except (psycopg.Error, RuntimeError, OSError) as error:
        yield bad(f"The database cannot be reached: {_first_line(error)}", _how_to_reach())
        yield skip("Version, schema, clock and backlog: not checked, they need the database")


def contents() -> Iterator[Finding]:
    """What a database that answers has to say."""
    with _connected() as connection:
        yield from version(connection)
        yield from clock_skew(connection)
        yield from schema()
        yield from outbox(connection)
        yield from jobs(connection)
        yield from payments(connection)


def _connected() -> Connection:
    return psycopg.connect(ensure_database(), autocommit=True, connect_timeout=CONNECT_SECONDS)


def _first_line(error: BaseException) -> str:
    lines = [line for line in str(error).strip().splitlines() if line.strip()]
    return lines[-1].strip() if lines else type(error).__name__


def _how_to_reach() -> str:
    if os.environ.get("DATABASE_URL"):
        return "Is PostgreSQL running, and are host, user and password of DATABASE_URL right?"
    return "The end of var/postgres/log says why; is the disk full, or the folder another user's?"


def version(connection: Connection) -> Iterator[Finding]:
    number = connection.info.server_version
    text = f"{number // 10_000}.{number % 10_000}"
    if number >= MINIMUM_VERSION:
        yield ok(f"PostgreSQL {text}")
    else:
        yield bad(f"PostgreSQL {text} is too old", "Comptoir needs PostgreSQL 15 or later.")


def clock_skew(connection: Connection) -> Iterator[Finding]:
    asked = time.time()
    row = connection.execute("SELECT extract(epoch FROM clock_timestamp())").fetchone()
    answered = time.time()
    difference = float(row[0]) - (asked + answered) / 2 if row else 0.0
    if abs(difference) > CLOCK_WARNS:
        what = f"This machine's clock and the database's differ by {abs(difference):.0f} s"
        yield bad(what, "Synchronise both clocks (NTP); holds and sessions end by the clock.")
    else:
        yield ok("Clocks agree")


def schema() -> Iterator[Finding]:
    try:
        django.setup()
        waiting = pending_migrations()
    except CommandError as error:
        yield bad("The schema is of a version too old for this one", str(error))
        return
    except (ImproperlyConfigured, ValueError, OSError, DatabaseError) as error:
        yield bad(
            f"The schema cannot be read: {_first_line(error)}", "Correct the lines above first."
        )
        return
    finally:
        connections.close_all()
    if waiting:
        yield warn(
            f"{waiting} migrations wait", "`comptoir run` applies them; or `comptoir migrate`."
        )
    else:
        yield ok("The schema is up to date")


def outbox(connection: Connection) -> Iterator[Finding]:
    if not _exists(connection, "common_outboxevent"):
        yield skip("Outbox: no table yet")
        return
    query = """SELECT count(*) FILTER (WHERE NOT parked), count(*) FILTER (WHERE parked),
        coalesce(extract(epoch FROM now() - min(due_at) FILTER (WHERE NOT parked)), 0)
        FROM common_outboxevent"""
    waiting, parked, oldest = connection.execute(query).fetchone() or (0, 0, 0)
    if parked:
        remedy = (
            "Read the column `error` of common_outboxevent, correct the cause, set parked false."
        )
        yield bad(f"Outbox: {parked} events failed every try and hold back theirs", remedy)
    if waiting > WAITING_WARNS or oldest > OLD_WARNS:
        what = f"Outbox: {waiting} events wait, the oldest for {oldest:.0f} s"
        yield warn(what, "Is a worker running (`comptoir worker`)? Its log says what it does.")
    elif not parked:
        yield ok(f"Outbox: {waiting} events wait")


def jobs(connection: Connection) -> Iterator[Finding]:
    if not _exists(connection, "procrastinate_jobs"):
        yield skip("Jobs: no table yet")
        return
    query = """SELECT count(*) FILTER (WHERE status = 'todo'),
        count(*) FILTER (WHERE status = 'failed') FROM procrastinate_jobs"""
    waiting, failed = connection.execute(query).fetchone() or (0, 0)
    if failed:
        remedy = (
            "`comptoir procrastinate shell` lists them (list_jobs status=failed) and retries them."
        )
        yield warn(f"Jobs: {failed} failed every try", remedy)
    if waiting > WAITING_WARNS:
        yield warn(
            f"Jobs: {waiting} wait", "Is a worker running? `comptoir worker QUEUE` adds one."
        )
    elif not failed:
        yield ok(f"Jobs: {waiting} wait")


def payments(connection: Connection) -> Iterator[Finding]:
    if not _exists(connection, "sales_payment"):
        yield skip("Payments: no table yet")
        return
    query = "SELECT count(*) FROM sales_payment WHERE failure = 'amount_mismatch'"
    (marked,) = connection.execute(query).fetchone() or (0,)
    if marked:
        remedy = "Decide on them at /operator/payments; their orders wait until then."
        yield bad(f"Payments: {marked} of another amount than asked", remedy)
    else:
        yield ok("Payments: every amount is the one that was asked")


def _exists(connection: Connection, table: str) -> bool:
    row = connection.execute("SELECT to_regclass(%s) IS NOT NULL", [table]).fetchone()
    return bool(row and row[0])
