"""Cutting the items out of an RSS or Atom document without parsing it."""

import re
from collections.abc import Iterator

from comptoir.catalog.feeds.limits import CHUNK_BYTES, MAX_ROW_CHARS
from comptoir.catalog.feeds.text_source import TextSource
from comptoir.catalog.feeds.unreadable import FeedUnreadable

# A mark (a tag with its attributes) may lie across two chunks: so much is looked at again.
_OVERLAP = 512
_PREFIX = r"(?:[A-Za-z_][\w.-]{0,50}:)?"
# What these open may hold what looks like a tag.
_CLOSERS = {"<!--": re.compile("-->"), "<![CDATA[": re.compile("]]>")}


class ItemTexts:
    """Iterates over the text of each item, or None for one above `MAX_ROW_CHARS`.

    Raises `FeedUnreadable` ("cut_off") if the document ends before it is closed.
    """

    def __init__(self, text: TextSource, *, kind: str, root: str) -> None:
        name = "entry" if kind == "atom" else "item"
        self._text = text
        self._open = re.compile(rf"<!--|<!\[CDATA\[|<{_PREFIX}{name}(?:\s[^<>]{{0,400}})?>")
        self._close = re.compile(rf"<!--|<!\[CDATA\[|</{_PREFIX}{name}\s*>")
        self._end = re.compile(rf"</{re.escape(root)}\s*>")
        self._held = ""  # a moving window over the document
        self._at = 0  # where we read
        self._begin: int | None = None  # where the item under way begins, while it is kept
        self._ended = False
        self._count = 0

    def __iter__(self) -> Iterator[str | None]:
        while (found := self._next_mark(self._open)) is not None:
            if found in _CLOSERS:
                self._pass(found)
            elif not found.endswith("/>"):
                self._begin = self._at - len(found)
                yield self._item()
                self._count += 1
        if not self._end.search(self._held[-_OVERLAP:]):
            raise FeedUnreadable("cut_off", row=self._count)

    def _item(self) -> str | None:
        while (found := self._next_mark(self._close)) is not None:
            if found in _CLOSERS:
                self._pass(found)
                continue
            begin, self._begin = self._begin, None
            if begin is None or self._at - begin > MAX_ROW_CHARS:
                return None
            return self._held[begin : self._at]
        raise FeedUnreadable("cut_off", row=self._count)

    def _pass(self, opener: str) -> None:
        if self._next_mark(_CLOSERS[opener]) is None:
            raise FeedUnreadable("cut_off", row=self._count)

    def _next_mark(self, mark: re.Pattern[str]) -> str | None:
        """Move past the next `mark` and return it; None at the end of the document."""
        while (found := mark.search(self._held, self._at)) is None:
            if self._ended:
                return None
            self._at = max(self._at, len(self._held) - _OVERLAP)
            self._read_on()
        self._at = found.end()
        return found[0]

    def _read_on(self) -> None:
        """Forget what is behind us, but for the item under way, unless that grows too large."""
        if self._begin is not None and self._at - self._begin > MAX_ROW_CHARS:
            self._begin = None
        keep = self._at if self._begin is None else self._begin
        chunk = self._text.read(CHUNK_BYTES)
        self._ended = not chunk
        self._held = self._held[keep:] + chunk
        self._at -= keep
        if self._begin is not None:
            self._begin = 0
