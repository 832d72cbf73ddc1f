"""Files to download: kept as they come, bounded, and what they say they are."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from comptoir.catalog.file_types import sniffed
from comptoir.catalog.models import Product, ProductFile
from comptoir.catalog.services import files
from comptoir.catalog.services.files import (
    add_file,
    file_place,
    remove_file,
    send_instead,
    sweep_files,
)
from comptoir.common.errors import NotVisible, Refused
from tests import cast

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7 of a pattern"


@pytest.fixture(autouse=True)
def root(settings: Any, tmp_path: Path) -> Path:
    settings.FILES_ROOT = tmp_path
    return tmp_path


def kept(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()]


def pattern() -> Product:
    return cast.product(cast.maison_zinc(), "Patron")


def test_a_file_makes_its_product_a_download() -> None:
    made = pattern()
    file = add_file(product=made, name="C:\\patrons\\veste.pdf", chunks=[PDF[:4], PDF[4:]])
    made.refresh_from_db()
    assert (made.digital, made.withdrawal) == (True, "digital")
    assert (file.name, file.media_type, file.size) == ("veste.pdf", "application/pdf", len(PDF))
    assert file_place(file.path).read_bytes() == PDF


def test_an_exception_that_was_said_before_stays() -> None:
    made = pattern()
    Product.objects.filter(pk=made.pk).update(withdrawal="personalised")
    cast.file_of(made)
    made.refresh_from_db()
    assert made.withdrawal == "personalised"


@pytest.mark.parametrize(
    ("name", "body", "code"),
    [
        ("veste.pdf", b"", "file_empty"),
        ("veste.pdf", b"MZ\x90\x00 not a book", "not_as_named"),
        ("veste.PDF", b"<html>", "not_as_named"),
        (" ", PDF, "name_missing"),
        ("..", PDF, "name_missing"),
    ],
)
def test_a_file_that_cannot_be_leaves_nothing(
    root: Path, name: str, body: bytes, code: str
) -> None:
    made = pattern()
    with pytest.raises(Refused) as refusal:
        add_file(product=made, name=name, chunks=[body])
    assert refusal.value.code == code
    made.refresh_from_db()
    assert not made.digital
    assert kept(root) == []


def test_a_file_that_is_too_large_is_not_read_to_its_end(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "MOST_BYTES", 10)
    read = []

    def chunks() -> Iterator[bytes]:
        for _n in range(100):
            read.append(1)
            yield b"12345"

    with pytest.raises(Refused) as refusal:
        add_file(product=pattern(), name="long.txt", chunks=chunks())
    assert refusal.value.code == "file_too_large"
    assert (len(read), kept(root)) == (3, [])


def test_the_last_file_of_a_download_stays_until_another_is_there() -> None:
    made = pattern()
    first = cast.file_of(made)
    with pytest.raises(Refused) as refusal:
        remove_file(product=made, file_id=first.pk)
    assert refusal.value.code == "last_file"
    cast.file_of(made, "deuxieme.pdf")
    remove_file(product=made, file_id=first.pk)
    first.refresh_from_db()
    assert first.withdrawn_at is not None
    assert file_place(first.path).exists()
    with pytest.raises(NotVisible):
        remove_file(product=made, file_id=first.pk)


def test_what_a_killed_upload_left_is_swept(root: Path) -> None:
    made = pattern()
    shown, withdrawn = cast.file_of(made), cast.file_of(made, "ancien.pdf")
    remove_file(product=made, file_id=withdrawn.pk)
    left, young = (file_place(f"{made.shop_id}/{name}") for name in ("left", "young"))
    for path in (left, young):
        path.write_bytes(PDF[:4])
    yesterday = left.stat().st_mtime - 25 * 3600
    for path in (left, file_place(shown.path), file_place(withdrawn.path)):
        os.utime(path, (yesterday, yesterday))
    assert sweep_files() == 1
    assert set(kept(root)) == {young, file_place(shown.path), file_place(withdrawn.path)}
    assert sweep_files() == 0


def test_there_may_be_no_files_at_all(settings: Any, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path / "none"
    assert sweep_files() == 0


def test_another_product_s_file_is_out_of_reach() -> None:
    theirs = cast.file_of(cast.product(cast.atelier_brume(), "Modèle"))
    with pytest.raises(NotVisible):
        remove_file(product=pattern(), file_id=theirs.pk)


def test_a_product_is_sent_again() -> None:
    made = pattern()
    cast.file_of(made)
    send_instead(product=made)
    made.refresh_from_db()
    assert (made.digital, made.withdrawal) == (False, "")
    assert not ProductFile.objects.filter(withdrawn_at=None).exists()


@pytest.mark.parametrize(
    ("head", "media_type"),
    [
        (PDF, "application/pdf"),
        (b"PK\x03\x04" + b"\x00" * 26 + b"mimetypeapplication/epub+zip", "application/epub+zip"),
        (b"PK\x03\x04" + b"\x00" * 26 + b"word/document.xml", "application/zip"),
        (b"RIFF\x00\x00\x00\x00WEBP", "image/webp"),
        (b"ID3\x04", "audio/mpeg"),
        (b"\x00\x00\x00\x20ftypisom", "video/mp4"),
        ("Mode d’emploi".encode(), "text/plain"),
        ("Mode d’emploi, cassé".encode()[:-1], "text/plain"),
        (b"<script>alert(1)</script>", "text/plain"),
        (b"\x7fELF\x02\x01\x00", "application/octet-stream"),
        (b"\xff\xfe\xfd", "application/octet-stream"),
    ],
)
def test_a_file_is_known_by_how_it_begins(head: bytes, media_type: str) -> None:
    assert sniffed(head) == media_type
