"""Uploading a picture: kept as renditions once, refused with a reason, never half kept."""

from __future__ import annotations

import errno
import io
import os
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from comptoir.common.errors import NotVisible, Refused
from comptoir.media.access import picture_of_ticket, ticket_for
from comptoir.media.models import Picture
from comptoir.media.queries import pictures
from comptoir.media.rendering import MAX_BYTES, render
from comptoir.media.services.store_upload import REFUSALS, store_rendered, store_upload
from comptoir.media.storage import keep_rendered
from tests.media.samples import SVG, encoded, jpeg_of_a_phone, two_halves

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media_root(tmp_path: Path, settings: Any) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def kept(root: Path) -> set[str]:
    return {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}


def test_an_upload_is_kept_as_renditions_and_the_original_is_not(media_root: Path) -> None:
    content = jpeg_of_a_phone(6)
    picture = store_upload(content=io.BytesIO(content))
    assert (picture.status, picture.width, picture.height) == ("ready", 600, 900)
    view = pictures([picture.pk])[picture.pk]
    assert kept(media_root) == {
        f"{view.path_stem}-{width}.{format_}"
        for width in (320, 600)
        for format_ in ("avif", "webp")
    }
    assert all(b"Secret" not in (media_root / name).read_bytes() for name in kept(media_root))


def test_the_same_bytes_are_one_picture(media_root: Path) -> None:
    first = store_upload(content=jpeg_of_a_phone())
    before = {path: path.stat().st_ino for path in media_root.rglob("*.webp")}
    assert store_upload(content=jpeg_of_a_phone()) == first
    assert {path: path.stat().st_ino for path in media_root.rglob("*.webp")} == before
    assert Picture.objects.count() == 1
    assert store_upload(content=encoded(two_halves())) != first


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (SVG, "not_a_picture"),
        (b"", "not_a_picture"),
        (jpeg_of_a_phone()[:900], "damaged"),
        (bytes(MAX_BYTES + 1), "too_many_bytes"),
    ],
)
def test_a_refusal_says_why_and_leaves_nothing(media_root: Path, content: bytes, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        store_upload(content=content)
    assert refusal.value.code == code
    assert refusal.value.message == REFUSALS[code]
    assert not kept(media_root)
    assert not Picture.objects.exists()


def test_an_endless_file_is_not_read_to_its_end() -> None:
    class Endless(io.BytesIO):
        taken = 0

        def read(self, size: int | None = -1, /) -> bytes:
            assert size is not None
            assert 0 < size <= MAX_BYTES + 1
            self.taken += size
            return bytes(size)

    endless = Endless()
    with pytest.raises(Refused):
        store_upload(content=endless)
    assert endless.taken == MAX_BYTES + 1


def test_a_full_disk_leaves_no_part_of_a_file(
    media_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        store_upload(content=jpeg_of_a_phone())
    assert not kept(media_root)
    assert not Picture.objects.exists()


def test_renditions_can_be_read_by_the_web_server(media_root: Path) -> None:
    keep_rendered(render(encoded(Image.new("RGB", (9, 9)))), durable=False)
    assert {path.stat().st_mode & 0o777 for path in media_root.rglob("*.avif")} == {0o644}


def test_a_rendered_picture_is_the_same_as_its_upload() -> None:
    content = encoded(two_halves())
    picture = store_rendered(rendered=render(content), durable=False)
    assert store_upload(content=content) == picture


def test_an_upload_can_be_used_by_its_uploader_only() -> None:
    ticket = ticket_for(picture_id=7, holder="profile:1")
    assert picture_of_ticket(ticket, holder="profile:1") == 7
    for forged in (ticket, ticket[:-1], ticket.replace(":", ";"), "", "7", "\x00\ud800"):
        with pytest.raises(NotVisible):
            picture_of_ticket(forged, holder="profile:2")
