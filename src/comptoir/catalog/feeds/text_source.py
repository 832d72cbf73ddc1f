"""The text of a file, as the row readers take it."""

from typing import Protocol


class TextSource(Protocol):
    def read(self, size: int = -1, /) -> str: ...
    def readline(self, size: int = -1, /) -> str: ...
