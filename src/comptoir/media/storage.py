"""Renditions on disk: named by content, written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from django.conf import settings

from comptoir.media.rendering import Rendered


def keep_rendered(rendered: Rendered, *, durable: bool = True) -> None:
    """Writes the renditions below ``settings.MEDIA_ROOT``; those that are there stay as they are.

    Safe to repeat and to run at once with another. ``durable`` waits for the disk; a caller that
    can render again, such as the demo place, may do without.

    Raises OSError (disk full …); what was written so far are whole files that harm nobody.
    """
    root = Path(settings.MEDIA_ROOT)
    for name, content in rendered.files.items():
        place = root / name
        try:
            os.utime(place)  # young again, see services.sweep
        except FileNotFoundError:
            _write_whole(place, content, durable=durable)


def _write_whole(place: Path, content: bytes, *, durable: bool) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(prefix=".", dir=place.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            if durable:
                os.fsync(file.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(place)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
