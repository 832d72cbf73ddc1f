"""Takes in a picture that someone uploads."""

from __future__ import annotations

from typing import IO, Any

from django.db import IntegrityError, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from comptoir.common import clock
from comptoir.common.errors import Refused
from comptoir.media.models import Picture
from comptoir.media.render_process import Busy, render_guarded
from comptoir.media.rendering import MAX_BYTES, Rendered, UnreadablePicture
from comptoir.media.storage import keep_rendered

PATIENCE = 5.0  # seconds that a person's request waits for its turn to be rendered
REFUSALS: dict[str, str | Promise] = {
    "too_many_bytes": _("This picture is larger than 15 MB."),
    "not_a_picture": _("This file is not a picture of a kind we take: JPEG, PNG, WebP, AVIF, GIF."),
    "too_many_pixels": _("This picture has more than 50 million pixels."),
    "too_long": _("This picture is too long and narrow."),
    "damaged": _("This picture is damaged or cut short."),
    "too_demanding": _("This picture takes too much memory or time to read."),
}


def store_upload(*, content: bytes | IO[Any]) -> Picture:
    """Renders and keeps the picture; the same bytes give the same row.

    ``content`` is the bytes or a binary file at its start (no more than 15 MB of it is read).
    The renditions are on disk before the row is written. Takes a few tenths of a second: call it
    outside of a transaction.

    Raises Refused with a code of ``UnreadablePicture``, or ``busy``; OSError when the disk is full.
    """
    data = content if isinstance(content, bytes) else content.read(MAX_BYTES + 1)
    try:
        rendered = render_guarded(data, patience=PATIENCE)
    except Busy as error:
        raise Refused(
            "busy", _("Too many pictures are being read right now. Try again in a moment.")
        ) from error
    except UnreadablePicture as error:
        raise Refused(error.code, REFUSALS[error.code]) from error
    return store_rendered(rendered=rendered)


def store_rendered(*, rendered: Rendered, durable: bool = True) -> Picture:
    """Keeps a picture that is already rendered (``rendering.render``), as the demo place does.

    ``durable`` as for ``keep_rendered``.
    """
    keep_rendered(rendered, durable=durable)
    uploads = Picture.objects.filter(source_url="", status=Picture.Status.READY)
    known = uploads.filter(sha256=rendered.sha256).first()
    if known is not None:
        # Young again: the sweep of unused pictures leaves it to whoever shows it next.
        Picture.objects.filter(pk=known.pk).update(created_at=clock.now())
        return known
    try:
        with transaction.atomic():
            return Picture.objects.create(
                status=Picture.Status.READY,
                sha256=rendered.sha256,
                width=rendered.width,
                height=rendered.height,
                colour=rendered.colour,
            )
    except IntegrityError:
        # Someone uploaded the same bytes at the same moment.
        return uploads.get(sha256=rendered.sha256)
