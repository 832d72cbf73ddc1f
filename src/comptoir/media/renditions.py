"""How a picture's renditions are named and sized; everything follows from digest and width."""

from __future__ import annotations

from typing import Literal

Format = Literal["avif", "webp"]

FORMATS: tuple[Format, ...] = ("avif", "webp")
WIDTHS = (320, 640, 1280)


def widths_for(width: int) -> tuple[int, ...]:
    """The widths kept of a picture ``width`` pixels wide, narrowest first; never enlarged."""
    widest = min(width, WIDTHS[-1])
    return (*(w for w in WIDTHS if w < widest), widest)


def path_stem(sha256: str) -> str:
    """The part of the path that all renditions of one picture share, below the media folder."""
    return f"{sha256[:2]}/{sha256[2:]}"


def file_name(stem: str, width: int, format_: Format) -> str:
    """The path of one rendition below the media folder: ``ab/cdef…-640.avif``."""
    return f"{stem}-{width}.{format_}"
