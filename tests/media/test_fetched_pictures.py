"""Pictures announced by URL: pending at once, fetched by the worker, ready or failed for good."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.models import ProcrastinateJob

from comptoir.common.fetch import FetchFailed, FetchRefused
from comptoir.common.models.outbox import OutboxEvent
from comptoir.media.models import Picture
from comptoir.media.services import bring_picture as bringing
from comptoir.media.services.bring_picture import bring_picture
from comptoir.media.services.request_pictures import request_picture, request_pictures
from tests.common.fetch_server import LoopbackServer, loopback_server, says
from tests.media.samples import SVG, jpeg_of_a_phone

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(tmp_path: Path, settings: Any) -> Iterator[LoopbackServer]:
    settings.MEDIA_ROOT = tmp_path
    with loopback_server() as running:
        settings.FETCH_ALLOWED_PRIVATE = [f"127.0.0.1:{running.port}"]
        yield running


@pytest.fixture(autouse=True)
def no_older_jobs(db: None) -> None:
    """Emptying the tables after a test with real commits passes the job table by."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


def jobs() -> list[int]:
    found = ProcrastinateJob.objects.filter(task_name="media.render_picture", queue_name="media")
    return [job.args["picture_id"] for job in found.order_by("id")]


def events() -> list[str]:
    return list(OutboxEvent.objects.order_by("id").values_list("name", flat=True))


def test_a_request_is_pending_and_its_job_is_in_the_same_transaction() -> None:
    picture = request_picture(source_url="https://zinc.example/bol.jpg")
    assert (picture.status, picture.width) == ("pending", 0)
    assert jobs() == [picture.pk]
    try:
        with transaction.atomic():
            request_picture(source_url="https://zinc.example/tasse.jpg")
            raise InterruptedError
    except InterruptedError:
        pass
    assert jobs() == [picture.pk]
    assert Picture.objects.count() == 1


def test_a_url_is_one_picture_however_often_it_is_asked_for() -> None:
    first = request_picture(source_url="https://zinc.example/bol.jpg")
    assert request_picture(source_url=" https://ZINC.example:443/bol.jpg#big ") == first
    assert jobs() == [first.pk]


@pytest.mark.parametrize("url", ["ftp://zinc.example/a.jpg", "bol.jpg", "http://a:b@zinc.example/"])
def test_an_address_that_cannot_be_fetched_is_refused_at_once(url: str) -> None:
    with pytest.raises(FetchRefused):
        request_picture(source_url=url)
    assert not Picture.objects.exists()


def test_a_batch_takes_the_same_few_statements_whatever_its_size(
    django_assert_max_num_queries: Any,
) -> None:
    known = request_picture(source_url="https://zinc.example/1.jpg")
    urls = [f"https://zinc.example/{number}.jpg" for number in range(500)]
    with django_assert_max_num_queries(8):
        found = request_pictures(source_urls=[*urls, "https://ZINC.example/1.jpg", "no address"])
    assert set(found) == {*urls, "https://ZINC.example/1.jpg"}
    assert found[urls[1]] == found["https://ZINC.example/1.jpg"] == known.pk
    assert len(set(jobs())) == len(jobs()) == 500
    assert request_pictures(source_urls=[]) == {}
    assert request_pictures(source_urls=["no address"]) == {}


def test_a_fetched_picture_is_ready(server: LoopbackServer, tmp_path: Path) -> None:
    server.answers["/a.txt"] = says(jpeg_of_a_phone(6), content_type="image/jpeg")
    picture = request_picture(source_url=server.url("/a.txt"))
    for _ in range(2):
        bring_picture(picture_id=picture.pk, last_try=False)
    picture.refresh_from_db()
    assert (picture.status, picture.width, picture.height) == ("ready", 600, 900)
    assert len(list(tmp_path.rglob("*.avif"))) == 2
    assert len(server.requests) == 1
    assert events() == ["media.picture_ready"]


def test_two_urls_may_show_the_same_picture(server: LoopbackServer, tmp_path: Path) -> None:
    for path in ("/a", "/b"):
        server.answers[path] = says(jpeg_of_a_phone())
        picture = request_picture(source_url=server.url(path))
        bring_picture(picture_id=picture.pk, last_try=False)
    assert Picture.objects.filter(status="ready").count() == 2
    assert len(list(tmp_path.rglob("*.avif"))) == 3


@pytest.mark.parametrize(
    ("body", "status", "content_type", "reason"),
    [
        (b"gone", "404 Gone", "image/png", "the answer was status 404"),
        (b"<html>", "200 OK", "text/html", "the content type is text/html"),
        (SVG, "200 OK", "image/svg+xml", "not a JPEG, PNG, WebP, AVIF or GIF picture"),
        (jpeg_of_a_phone()[:500], "200 OK", "image/jpeg", "damaged or cut short"),
    ],
)
def test_what_trying_again_cannot_help_fails_at_once(
    server: LoopbackServer, body: bytes, status: str, content_type: str, reason: str
) -> None:
    server.answers["/a"] = says(body, status=status, content_type=content_type)
    picture = request_picture(source_url=server.url("/a"))
    bring_picture(picture_id=picture.pk, last_try=False)
    picture.refresh_from_db()
    assert (picture.status, picture.failure) == ("failed", reason)
    assert events() == ["media.picture_failed"]


def test_trouble_that_may_pass_is_tried_again_until_the_last_time(server: LoopbackServer) -> None:
    server.answers["/a"] = says(status="503 Later")
    picture = request_picture(source_url=server.url("/a"))
    with pytest.raises(FetchFailed):
        bring_picture(picture_id=picture.pk, last_try=False)
    picture.refresh_from_db()
    assert (picture.status, events()) == ("pending", [])
    bring_picture(picture_id=picture.pk, last_try=True)
    picture.refresh_from_db()
    assert (picture.status, picture.failure) == ("failed", "the answer was status 503")


def test_a_full_disk_is_trouble_that_may_pass(
    server: LoopbackServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(rendered: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(bringing, "keep_rendered", full)
    server.answers["/a"] = says(jpeg_of_a_phone())
    picture = request_picture(source_url=server.url("/a"))
    with pytest.raises(OSError, match="No space"):
        bring_picture(picture_id=picture.pk, last_try=False)
    bring_picture(picture_id=picture.pk, last_try=True)
    picture.refresh_from_db()
    assert picture.failure == "it could not be kept: No space left on device"


def test_a_failed_picture_is_tried_again_when_it_is_asked_for_again(
    server: LoopbackServer,
) -> None:
    server.answers["/a"] = says(status="404 Gone")
    picture = request_picture(source_url=server.url("/a"))
    bring_picture(picture_id=picture.pk, last_try=False)
    server.answers["/a"] = says(jpeg_of_a_phone())
    again = request_picture(source_url=server.url("/a"))
    assert (again.pk, again.status, again.failure) == (picture.pk, "pending", "")
    assert jobs() == [picture.pk, picture.pk]
    bring_picture(picture_id=picture.pk, last_try=False)
    again.refresh_from_db()
    assert again.status == "ready"


def test_a_picture_of_the_house_next_door_is_not_fetched() -> None:
    picture = request_picture(source_url="http://127.0.0.1/latest/meta-data")
    bring_picture(picture_id=picture.pk, last_try=False)
    picture.refresh_from_db()
    assert picture.failure == "127.0.0.1 is not on the public internet"


def test_a_picture_that_is_gone_is_no_work() -> None:
    bring_picture(picture_id=404, last_try=False)
    assert not events()


@pytest.mark.django_db(transaction=True)
def test_the_worker_brings_the_picture(server: LoopbackServer) -> None:
    server.answers["/a"] = says(jpeg_of_a_phone())
    server.answers["/b"] = says(status="503 Later")
    good = request_picture(source_url=server.url("/a"))
    later = request_picture(source_url=server.url("/b"))
    assert isinstance(app.connector, DjangoConnector)
    with app.replace_connector(app.connector.get_worker_connector()) as working:
        working.run_worker(
            queues=["media"],
            wait=False,
            install_signal_handlers=False,
            listen_notify=False,
            delete_jobs="never",
        )
    good.refresh_from_db()
    later.refresh_from_db()
    assert (good.status, later.status) == ("ready", "pending")
    waiting = ProcrastinateJob.objects.get(args={"picture_id": later.pk})
    assert (waiting.status, waiting.attempts) == ("todo", 1)
    assert waiting.scheduled_at is not None
