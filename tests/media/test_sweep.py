"""What people delete leaves the database and the disk, and nothing else does."""

import os
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from comptoir.common import clock
from comptoir.media.models import Picture
from comptoir.media.services.store_upload import store_upload
from comptoir.media.services.sweep import forget_unused, remove_orphan_files
from comptoir.people.models import Profile
from tests.media.samples import encoded, two_halves

LATER = timedelta(days=3)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def _age_files(root: Path) -> None:
    long_ago = time.time() - LATER.total_seconds()
    for file in root.rglob("*.*"):
        os.utime(file, (long_ago, long_ago))


def test_an_unused_picture_is_forgotten_after_two_days(tmp_path: Path) -> None:
    picture = store_upload(content=encoded(two_halves()))
    assert forget_unused() == 0, "someone may be about to show it"
    with clock.travelled(LATER):
        assert forget_unused() == 1
    assert not Picture.objects.filter(pk=picture.pk).exists()
    assert remove_orphan_files() == 0, "its files are young"
    _age_files(tmp_path)
    assert remove_orphan_files() > 0
    assert not list(tmp_path.rglob("*.webp"))


def test_a_picture_that_is_shown_stays(tmp_path: Path) -> None:
    picture = store_upload(content=encoded(two_halves()))
    Profile.objects.create(handle="ines", name="Inès", avatar=picture)
    _age_files(tmp_path)
    with clock.travelled(LATER):
        assert forget_unused() == 0
    assert remove_orphan_files() == 0
    assert list(tmp_path.rglob("*.webp"))


def test_uploading_it_again_makes_it_young(tmp_path: Path) -> None:
    picture = store_upload(content=encoded(two_halves()))
    _age_files(tmp_path)
    Picture.objects.filter(pk=picture.pk).update(created_at=clock.now() - LATER)
    assert store_upload(content=encoded(two_halves())).pk == picture.pk
    assert forget_unused() == 0
    Picture.objects.all().delete()
    assert remove_orphan_files() == 0
