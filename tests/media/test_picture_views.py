"""How pages get at pictures: addresses, srcset, and pictures stored inside other rows' reads."""

from __future__ import annotations

import json

import pytest
from django.db import connection

from comptoir.media.models import Picture
from comptoir.media.queries import PictureView, pictures, stored_columns, stored_picture

DIGEST = "ab" + "c" * 62
READY = PictureView(3, "ready", DIGEST, 900, 600, "#c81e28")
STEM = "/media/ab/" + "c" * 62


def test_a_ready_picture_has_its_renditions() -> None:
    assert READY.srcset("avif") == (
        f"{STEM}-320.avif 320w, {STEM}-640.avif 640w, {STEM}-900.avif 900w"
    )
    assert READY.url(100) == f"{STEM}-320.webp"
    assert READY.url(321, "avif") == f"{STEM}-640.avif"
    assert READY.url(5000) == f"{STEM}-900.webp"
    assert (READY.path_stem, READY.widths) == ("ab/" + "c" * 62, (320, 640, 900))


@pytest.mark.parametrize("status", ["pending", "failed"])
def test_a_picture_that_is_not_there_has_none(status: str) -> None:
    view = PictureView(3, status, "", 0, 0, "#e7dfd3")
    assert (view.ready, view.widths, view.srcset("avif")) == (False, (), "")


def test_a_picture_is_read_from_inside_another_row() -> None:
    stored = [3, "ready", DIGEST, 900, 600, "#c81e28"]
    assert stored_picture(stored) == stored_picture(json.dumps(stored)) == READY
    assert stored_picture(None) is None
    with pytest.raises(ValueError, match="alias"):
        stored_columns("p; DROP TABLE media_picture")


@pytest.mark.django_db
def test_a_picture_is_one_value_of_a_statement() -> None:
    made = Picture.objects.create(
        status="ready", sha256=DIGEST, width=900, height=600, colour="#c81e28"
    )
    sql = f"SELECT {stored_columns('p')} FROM media_picture p WHERE p.id = %s"
    joined = (
        f"SELECT {stored_columns('p')} FROM (VALUES (0)) AS none(id)"
        " LEFT JOIN media_picture p ON p.id = none.id"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [made.pk])
        row = cursor.fetchone()
        cursor.execute(joined)
        assert cursor.fetchone() == (None,)
    assert row is not None
    expected = PictureView(made.pk, "ready", DIGEST, 900, 600, "#c81e28")
    assert stored_picture(row[0]) == expected
    assert pictures([made.pk, made.pk, 0]) == {made.pk: expected}
