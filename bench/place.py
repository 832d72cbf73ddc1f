"""Databases and servers for measurements, apart from any place that one may be running."""

import os
import subprocess
import sys

import psycopg
from psycopg import sql

from comptoir.config.database import ensure_database

_SERVER = ensure_database()


def bench_database(name: str, *, fresh: bool) -> str:
    """The URL of database ``bench_NAME`` on the same server, migrated; ``fresh`` makes it anew."""
    database = f"bench_{name}"
    with psycopg.connect(_SERVER, autocommit=True) as connection:
        if fresh:
            drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
            connection.execute(drop.format(sql.Identifier(database)))
        query = "SELECT 1 FROM pg_database WHERE datname = %s"
        if connection.execute(query, [database]).fetchone() is None:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database)))
    url = url_of(database)
    environment = {**os.environ, "DATABASE_URL": url}
    command = [sys.executable, "-m", "comptoir.config.cli", "prepare"]
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    return url


def url_of(database: str) -> str:
    """The URL of another database on the measurement's server."""
    before, _, query = _SERVER.partition("?")
    return f"{before.rsplit('/', 1)[0]}/{database}{'?' + query if query else ''}"
