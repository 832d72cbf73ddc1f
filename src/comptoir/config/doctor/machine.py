"""Checks that need no database: Python, folder, disk, port, settings, mail."""

import os
import shutil
import socket
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from comptoir.config import web_server
from comptoir.config.database import django_database
from comptoir.config.doctor.finding import Finding, bad, ok, warn
from comptoir.config.paths import var_dir
from comptoir.config.supervisor import answers, port_is_free, reachable_host

MINIMUM_PYTHON = (3, 11)
DISK_WARNS = 500_000_000  # bytes
DISK_FAILS = 100_000_000


def python_version() -> Iterator[Finding]:
    text = ".".join(str(part) for part in sys.version_info[:3])
    if sys.version_info[:2] >= MINIMUM_PYTHON:
        yield ok(f"Python {text}")
    else:
        yield bad(f"Python {text} is too old", "Install Python 3.11 or later and run `make env`.")


def folder() -> Iterator[Finding]:
    var = var_dir()
    try:
        var.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=var):
            pass
    except OSError as error:
        remedy = "Give this user the right to write there, or set COMPTOIR_VAR to another folder."
        yield bad(f"{var} cannot be written: {error.strerror}", remedy)
    else:
        yield ok(f"{var} can be written")


def disk() -> Iterator[Finding]:
    place = next(p for p in [var_dir(), *var_dir().parents] if p.exists())
    free = shutil.disk_usage(place).free
    text = f"{free / 1e9:.1f} GB free" if free >= 1e9 else f"{free / 1e6:.0f} MB free"
    remedy = f"Free some space on the disk of {place}, or move COMPTOIR_VAR to a larger one."
    if free < DISK_FAILS:
        yield bad(f"The disk is full: {text}", remedy)
    elif free < DISK_WARNS:
        yield warn(f"The disk is nearly full: {text}", remedy)
    else:
        yield ok(f"Disk: {text}")


def port() -> Iterator[Finding]:
    try:
        number = web_server.port()
    except ValueError as error:
        yield bad(str(error), "Set COMPTOIR_PORT to a free port, such as 8000.")
        return
    if port_is_free(web_server.address(), number):
        yield ok(f"Port {number} is free")
    elif answers(reachable_host(), number):
        yield ok(f"Port {number}: Comptoir is running and well")
    else:
        remedy = f"Stop that program, or set COMPTOIR_PORT to another port, such as {number + 1}."
        yield bad(f"Port {number} is taken by another program, or Comptoir is unwell", remedy)


def database_url() -> Iterator[Finding]:
    url = os.environ.get("DATABASE_URL")
    if not url:
        yield ok("DATABASE_URL is not set: the embedded PostgreSQL is used")
        return
    try:
        entry = django_database(url)
    except ValueError as error:
        form = "postgresql://user:password@host:5432/name"
        yield bad(f"DATABASE_URL cannot be read: {error}", f"Write it as {form}.")
        return
    yield ok(f"DATABASE_URL: {entry['HOST'] or 'local socket'}, database {entry['NAME']}")


def configuration() -> Iterator[Finding]:
    try:
        key = settings.SECRET_KEY
    except (ImproperlyConfigured, ValueError, OSError) as error:
        yield bad(f"Settings: {error}", "Correct that variable; docs/operators.md lists them.")
        return
    kept = Path(settings.VAR) / "secret-key"
    if "COMPTOIR_SECRET_KEY" not in os.environ and kept.stat().st_mode & 0o077:
        yield bad(f"{kept} can be read by other users", f"chmod 600 {kept}")
    elif len(key) < 40:
        yield bad(
            "The secret key is short", f"Remove {kept}: a good one is made at the next start."
        )
    else:
        yield ok("Secret key")
    if settings.DEBUG:
        yield warn("COMPTOIR_DEBUG is on", "Unset it on a machine that others can reach.")


def mail() -> Iterator[Finding]:
    host = os.environ.get("COMPTOIR_SMTP_HOST")
    if not host:
        remedy = "Set COMPTOIR_SMTP_HOST (and _PORT, _USER, _PASSWORD) to send it."
        yield warn("Mail is printed, not sent", remedy)
        return
    text = os.environ.get("COMPTOIR_SMTP_PORT", "587")
    try:
        with socket.create_connection((host, int(text)), timeout=5):
            yield ok(f"Mail server {host}:{text} answers")
    except (OSError, ValueError) as error:
        remedy = (
            "Check COMPTOIR_SMTP_HOST and COMPTOIR_SMTP_PORT; mail waits meanwhile, none is lost."
        )
        yield bad(f"Mail server {host}:{text} does not answer: {error}", remedy)
