"""Hot reads: one SQL statement into slotted dataclasses, no model instances."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db import connection

Row = TypeVar("Row")


def fetch_rows(kind: type[Row], sql: str, params: Mapping[str, Any]) -> list[Row]:
    """Runs ``sql`` and builds ``kind(*columns)`` for each row, columns in field order."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [kind(*row) for row in cursor.fetchall()]
