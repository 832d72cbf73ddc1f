"""Pictures as pages print them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.conf import settings

from comptoir.media.models import Picture
from comptoir.media.renditions import Format, file_name, path_stem, widths_for


class PictureView(NamedTuple):
    """A picture for ``<picture>``; fields stand in the order of ``stored_columns``.

    ``width`` and ``height`` are the original's, 0 until it is ``ready``; ``colour`` fills its
    place until then.
    """

    id: int
    status: str
    sha256: str
    width: int
    height: int
    colour: str

    @property
    def ready(self) -> bool:
        return self.status == Picture.Status.READY

    @property
    def path_stem(self) -> str:
        return path_stem(self.sha256)

    @property
    def widths(self) -> tuple[int, ...]:
        """Widths of the renditions, narrowest first; empty until it is ready."""
        return widths_for(self.width) if self.ready else ()

    def url(self, width: int, format_: Format = "webp") -> str:
        """The address of the narrowest rendition at least ``width`` wide, or the widest."""
        wide_enough = [kept for kept in self.widths if kept >= width]
        chosen = wide_enough[0] if wide_enough else self.widths[-1]
        return str(settings.MEDIA_URL) + file_name(self.path_stem, chosen, format_)

    def srcset(self, format_: Format) -> str:
        """The ``srcset`` of one ``<source>``: ``/media/ab/cd…-320.avif 320w, …``."""
        base = str(settings.MEDIA_URL) + self.path_stem
        return ", ".join(f"{file_name(base, width, format_)} {width}w" for width in self.widths)


def stored_columns(alias: str) -> str:
    """SQL for one jsonb value that holds a picture: ``alias`` names its row of media_picture.

    NULL where an outer join found none. Read it back with ``stored_picture``.
    """
    if not alias.isidentifier():
        raise ValueError(f"{alias!r} is no alias")
    columns = ", ".join(f"{alias}.{name}" for name in _COLUMNS)
    return f"CASE WHEN {alias}.id IS NOT NULL THEN jsonb_build_array({columns}) END"


def stored_picture(value: str | Sequence[object] | None) -> PictureView | None:
    """The picture in a value of ``stored_columns``: JSON text, a parsed list, or nothing."""
    if value is None:
        return None
    return PictureView(*(json.loads(value) if isinstance(value, str) else value))


def pictures(ids: Iterable[int]) -> dict[int, PictureView]:
    """Those of the pictures that exist, by id; one query."""
    rows = Picture.objects.filter(pk__in=set(ids)).values_list(*_COLUMNS)
    return {row[0]: PictureView(*row) for row in rows}


_COLUMNS = ("id", "status", "sha256", "width", "height", "colour")
