"""Keyset pages: where a list goes on is told by the last row seen, never by an offset."""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Generic, TypeVar

from django.utils.translation import gettext_lazy as _

from comptoir.common.errors import Refused

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Cursor:
    """The place after a row, in a list ordered by (time, id) descending."""

    at: datetime
    id: int

    def token(self) -> str:
        """A short URL-safe text that ``Cursor.parse`` reads back exactly."""
        micros = int(self.at.timestamp()) * 1_000_000 + self.at.microsecond
        return base64.urlsafe_b64encode(f"{micros}.{self.id}".encode()).decode().rstrip("=")

    @classmethod
    def parse(cls, token: str | None) -> "Cursor | None":
        """The cursor of a token; ``None`` for no token.

        Raises:
            Refused: the token was not made by ``token()``.
        """
        if not token:
            return None
        try:
            text = base64.urlsafe_b64decode(token.encode() + b"=" * (-len(token) % 4)).decode()
            micros, row_id = (int(part) for part in text.split("."))
            if not 0 <= row_id < 2**63:
                raise ValueError(row_id)
            seconds, rest = divmod(micros, 1_000_000)
            return cls(datetime.fromtimestamp(seconds, UTC).replace(microsecond=rest), row_id)
        except (ValueError, binascii.Error, OverflowError, OSError) as error:
            raise Refused("bad_cursor", _("This page address is damaged.")) from error


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """One page of a list, and the token of the next one (``None``: this was the last)."""

    rows: Sequence[Row]
    next: str | None = None
