"""Finds the database: an external PostgreSQL by ``DATABASE_URL``, else the embedded one."""

import os
from typing import Any
from urllib.parse import parse_qs, parse_qsl, unquote, urlsplit

import psycopg._queries

from comptoir.config.embedded import DATABASE_NAME, start_embedded
from comptoir.config.paths import var_dir

MINIMUM_VERSION = 150000  # as server_version_num gives it


def ensure_database() -> str:
    """The database's URL; starts the embedded server first when ``DATABASE_URL`` is not set."""
    url = os.environ.get("DATABASE_URL")
    if not url:
        url = start_embedded(var_dir() / "postgres")
        os.environ["DATABASE_URL"] = url
    return url


# Statements are prepared when they come again: planning is half of what a page costs the server.
# A pooler that shares connections between transactions and is not aware of prepared statements
# (PgBouncer before 1.21) needs ``?prepare_threshold=off`` at the end of DATABASE_URL.
PREPARE_AFTER = 3

# The driver keeps where the parameters of a statement stand, but not of one that is longer than
# 4,096 letters: it looks for them each time it is asked. Ours are few and always the same.
psycopg._queries.MAX_CACHED_STATEMENT_LENGTH = 16_384


def django_database(url: str) -> dict[str, Any]:
    """Django's ``DATABASES`` entry for a ``postgresql://`` URL (socket folders in ``?host=``)."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError(f"DATABASE_URL must start with postgresql://, not {parts.scheme}://")
    query = parse_qs(parts.query)
    options: dict[str, Any] = {k: v for k, v in parse_qsl(parts.query) if k not in {"host", "port"}}
    prepares = options.pop("prepare_threshold", "") != "off"
    options |= {"server_side_binding": prepares}
    options |= {"prepare_threshold": PREPARE_AFTER if prepares else None}
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
