"""Django's cache interface over one PostgreSQL table, for rate limits shared by all processes.

Django's own database cache culls by counting the whole table; this one deletes what expired, by
index. It is meant for throttles: small values, short lives.
"""

import pickle
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import connection

FOREVER = datetime(9999, 1, 1, tzinfo=UTC)
SWEEP_EVERY = 100


class DatabaseCounters(BaseCache):
    """Values are pickled; only this process's own code writes them."""

    def __init__(self, _location: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        self._writes = 0

    def _expiry(self, timeout: Any) -> datetime:
        seconds = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        return FOREVER if seconds is None else datetime.now(UTC) + timedelta(seconds=seconds)

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT value FROM common_counter WHERE key = %s AND expires_at > now()",
                [self.make_and_validate_key(key, version=version)],
            )
            row = cursor.fetchone()
        return default if row is None else pickle.loads(row[0])  # noqa: S301 (own writes only)

    def set(
        self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> None:
        made = self.make_and_validate_key(key, version=version)
        self._write(made, value, timeout, "TRUE")

    def add(
        self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        made = self.make_and_validate_key(key, version=version)
        return self._write(made, value, timeout, "common_counter.expires_at <= now()")

    def _write(self, key: str, value: Any, timeout: Any, replace_when: str) -> bool:
        data = pickle.dumps(value)
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO common_counter (key, value, expires_at) VALUES (%s, %s, %s) "
                "ON CONFLICT (key) DO UPDATE SET value = excluded.value, "
                f"expires_at = excluded.expires_at WHERE {replace_when}",
                [key, data, self._expiry(timeout)],
            )
            written = bool(cursor.rowcount == 1)
            self._writes += 1
            if self._writes % SWEEP_EVERY == 0:
                cursor.execute("DELETE FROM common_counter WHERE expires_at <= now()")
        return written

    def touch(self, key: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE common_counter SET expires_at = %s WHERE key = %s AND expires_at > now()",
                [self._expiry(timeout), self.make_and_validate_key(key, version=version)],
            )
            return bool(cursor.rowcount == 1)

    def delete(self, key: Any, version: int | None = None) -> bool:
        with connection.cursor() as cursor:
            cursor.execute(
                "DELETE FROM common_counter WHERE key = %s",
                [self.make_and_validate_key(key, version=version)],
            )
            return bool(cursor.rowcount == 1)

    def clear(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM common_counter")
