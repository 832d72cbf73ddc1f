"""Fetches and renders a picture that was announced by its URL."""

from __future__ import annotations

from django.db import transaction

from comptoir.common.errors import Conflict
from comptoir.common.fetch import FetchError, fetch, site_policy
from comptoir.common.outbox import emit
from comptoir.common.states import transition
from comptoir.media.events import PictureFailed, PictureReady
from comptoir.media.models import Picture
from comptoir.media.render_process import render_guarded
from comptoir.media.rendering import MAX_BYTES, Rendered, UnreadablePicture
from comptoir.media.states import PICTURE
from comptoir.media.storage import keep_rendered

FETCH_SECONDS = 30
# Many servers give pictures no type, or a general one; decoding decides what it is.
ACCEPT = ("image/", "application/octet-stream", "binary/octet-stream")

REASONS = {
    "too_many_bytes": "larger than 15 MB",
    "not_a_picture": "not a JPEG, PNG, WebP, AVIF or GIF picture",
    "too_many_pixels": "more than 50 million pixels",
    "too_long": "too long and narrow",
    "damaged": "damaged or cut short",
    "too_demanding": "takes too much memory or time to read",
}


def bring_picture(*, picture_id: int, last_try: bool) -> None:
    """Makes a pending picture ready, or failed when trying again cannot help.

    Safe to repeat. Fetches and renders outside of any transaction.

    Raises FetchError or OSError when trying again can help and this is not the ``last_try``.
    """
    picture = Picture.objects.filter(pk=picture_id, status=Picture.Status.PENDING).first()
    if picture is None:
        return
    try:
        rendered = _brought(picture.source_url)
    except UnreadablePicture as error:
        _settle_failed(picture, REASONS[error.code])
    except FetchError as error:
        if error.temporary and not last_try:
            raise
        _settle_failed(picture, str(error))
    except OSError as error:
        if not last_try:
            raise
        _settle_failed(picture, f"it could not be kept: {error.strerror}")
    else:
        _settle_ready(picture, rendered)


def _brought(url: str) -> Rendered:
    answer = fetch(
        url,
        accept=ACCEPT,
        max_bytes=MAX_BYTES,
        timeout_s=FETCH_SECONDS,
        policy=site_policy(),
    )
    rendered = render_guarded(answer.body)
    keep_rendered(rendered)
    return rendered


def _settle_ready(picture: Picture, rendered: Rendered) -> None:
    try:
        with transaction.atomic():
            transition(
                picture,
                PICTURE,
                Picture.Status.READY,
                sha256=rendered.sha256,
                width=rendered.width,
                height=rendered.height,
                colour=rendered.colour,
            )
            emit(PictureReady(picture_id=picture.pk))
    except Conflict:
        return  # The same job ran twice at once; the other was first.


def _settle_failed(picture: Picture, reason: str) -> None:
    try:
        with transaction.atomic():
            transition(picture, PICTURE, Picture.Status.FAILED, failure=reason[:200])
            emit(PictureFailed(picture_id=picture.pk, reason=reason[:200]))
    except Conflict:
        return
