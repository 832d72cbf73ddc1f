"""Rows of a delimited file, one at a time, in bounded memory, however its quotes are broken."""

import csv
from collections import deque
from collections.abc import Iterator

from comptoir.catalog.feeds.headers import canonical
from comptoir.catalog.feeds.issues import quoted
from comptoir.catalog.feeds.limits import (
    MAX_CELL_CHARS,
    MAX_REREAD_CHARS,
    MAX_ROW_CHARS,
    MAX_ROW_LINES,
)
from comptoir.catalog.feeds.raw import RawRow, refused_row
from comptoir.catalog.feeds.sniff import FeedFormat
from comptoir.catalog.feeds.text_source import TextSource


class _RowTooLarge(Exception):
    pass


class _Lines:
    """The physical lines of a file, keeping those of the row under way so as to read them again.

    A quotation mark that never closes would swallow the rest of the file. When a row turns out
    wrong, `take_back` refuses its first line alone and gives the others another chance.
    """

    def __init__(self, text: TextSource) -> None:
        self._text = text
        self._again: deque[str] = deque()
        self._reread = 0
        self._chars = 0
        self.row: list[str] = []
        self.ended_inside_row = False

    def begin_row(self) -> None:
        self.row = []
        self._chars = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else self._text.readline(MAX_ROW_CHARS + 1)
        if not line:
            self.ended_inside_row = bool(self.row)
            raise StopIteration
        self.row.append(line)
        self._chars += len(line)
        if len(line) > MAX_ROW_CHARS:
            self._skip_line(line)
            raise _RowTooLarge
        if self._chars > MAX_ROW_CHARS or len(self.row) > MAX_ROW_LINES:
            raise _RowTooLarge
        return line

    def _skip_line(self, line: str) -> None:
        while line and not line.endswith(("\n", "\r")):
            line = self._text.readline(MAX_ROW_CHARS)

    def take_back(self) -> bool:
        """Put all lines of the row but the first back; False if there is one, or too much."""
        rest = self.row[1:]
        self._reread += self._chars - len(self.row[0])
        if not rest or self._reread > MAX_REREAD_CHARS:
            return False
        self._again.extendleft(reversed(rest))
        self.ended_inside_row = False
        return True


class TableRows:
    """Iterates over the rows under the header. Row numbers are a spreadsheet's, header included."""

    def __init__(self, text: TextSource, found: FeedFormat) -> None:
        self._text = text
        self._format = found
        names = [canonical(column) for column in found.columns]
        self._known = _first_of_each(names)
        self._images = [i for i, name in enumerate(names) if name == "additional_image_link"]
        self._width = len(names)
        self._short = [i for i, name in self._known if name != "description"]

    def __iter__(self) -> Iterator[RawRow]:
        for _ in range(self._format.header_line + 1):
            self._text.readline()
        lines = _Lines(self._text)
        cells = csv.reader(lines, delimiter=self._format.delimiter)
        number = self._format.header_line + 1
        while True:
            lines.begin_row()
            number += 1
            try:
                row = next(cells, None)
            except _RowTooLarge:
                yield _refuse(lines, number, "row_too_large", MAX_ROW_CHARS)
                continue
            except csv.Error:
                yield _refuse(lines, number, "cell_too_large", MAX_CELL_CHARS)
                continue
            if row is None:
                return
            if any(row):
                yield self._parted(row, number, lines)
                if lines.ended_inside_row:
                    return

    def _parted(self, row: list[str], number: int, lines: _Lines) -> RawRow:
        if lines.ended_inside_row and lines.take_back():
            return refused_row(number, "", "stray_quote", quoted(lines.row[0].strip()))
        too_many = len(row) > self._width and any(row[self._width :])
        suspect = len(lines.row) > 1 and (too_many or self._swallowed_rows(row))
        if suspect and lines.take_back():
            return refused_row(number, "", "stray_quote", quoted(lines.row[0].strip()))
        if too_many:
            found = quoted(lines.row[0].strip())
            return refused_row(number, "", "too_many_cells", found, columns=self._width)
        if len(row) < self._width:
            row = row + [""] * (self._width - len(row))
        values = {name: row[i] for i, name in self._known if row[i]}
        return RawRow(number, values, [row[i] for i in self._images if row[i]])

    def _swallowed_rows(self, row: list[str]) -> bool:
        """Whether a title or price runs over lines that look like rows: two quotes astray."""
        cells = (row[i] for i in self._short if i < len(row))
        return any("\n" in cell and self._format.delimiter in cell for cell in cells)


def _refuse(lines: _Lines, number: int, code: str, limit: int) -> RawRow:
    if lines.take_back():
        return refused_row(number, "", "stray_quote", quoted(lines.row[0].strip()))
    return refused_row(number, "", code, quoted(lines.row[0][:500].strip()), limit=limit)


def _first_of_each(names: list[str | None]) -> list[tuple[int, str]]:
    """Positions of the columns we read; of two with one meaning, the first."""
    seen: dict[str, int] = {}
    for position, name in enumerate(names):
        if name and name != "additional_image_link":
            seen.setdefault(name, position)
    return [(position, name) for name, position in seen.items()]
