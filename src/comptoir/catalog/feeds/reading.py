"""Opening a feed and reading it row by row."""

import io
from collections.abc import Iterator
from typing import BinaryIO

from comptoir.catalog.feeds import decoding
from comptoir.catalog.feeds.documents import DocumentRows
from comptoir.catalog.feeds.items import FeedRow
from comptoir.catalog.feeds.normalise import read_row
from comptoir.catalog.feeds.sniff import FeedFormat, sniff
from comptoir.catalog.feeds.tables import TableRows


class Feed:
    """A feed whose format is known. Iterate to get one `FeedRow` a row, once.

    Iteration raises `FeedUnreadable` when the file breaks off; what came before is good.
    """

    def __init__(self, file: BinaryIO, found: FeedFormat, currency: str) -> None:
        self.format = found
        self._file = file
        self._currency = currency
        file.seek(0, io.SEEK_END)
        self.size = file.tell()

    @property
    def position(self) -> int:
        """Bytes of the file read so far, of `size`."""
        return self._file.tell()

    def __iter__(self) -> Iterator[FeedRow]:
        text = decoding.open_text(self._file, self.format.encoding)
        rows = TableRows if self.format.kind == "table" else DocumentRows
        try:
            for raw in rows(text, self.format):
                yield read_row(raw, currency=self._currency)
        finally:
            text.close()  # the caller's file stays open


def open_feed(file: BinaryIO, *, currency: str = "") -> Feed:
    """Find out what `file` (binary, seekable) is; its name is not asked.

    `currency` (ISO 4217) is the only one taken, and the one of prices that name none; "" takes
    any that is named. Raises `FeedUnreadable`.
    """
    return Feed(file, sniff(file), currency)
