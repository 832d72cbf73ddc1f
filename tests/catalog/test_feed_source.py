"""A catalogue read from its address: only when it changed, and the shop is told when it fails."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail

from comptoir.catalog.jobs import read_feeds
from comptoir.catalog.models import FeedSource, ImportRun, Product
from comptoir.catalog.services.feed_source import (
    PAUSED_AFTER,
    read_source,
    set_feed_source,
    sources_due,
)
from comptoir.common import clock
from comptoir.common.errors import Refused
from tests import cast
from tests.common.fetch_server import LoopbackServer, loopback_server, says
from tests.sales.buying import work
from tests.web.visiting import browser_of, text_of

pytestmark = pytest.mark.django_db(transaction=True)

ROWS = b"id,title,description,link,image_link,availability,price\n"
BOWL = b"b1,Bol,Un bol,https://zinc.example/b1,https://zinc.example/b1.jpg,in stock,12.00 EUR\n"
VASE = b"v1,Vase,Un vase,https://zinc.example/v1,https://zinc.example/v1.jpg,in stock,40.00 EUR\n"
PAGE = "/counter/maison_zinc/imports/source"


@pytest.fixture
def server(settings: Any) -> Iterator[LoopbackServer]:
    with loopback_server() as running:
        settings.FETCH_ALLOWED_PRIVATE = [f"127.0.0.1:{running.port}"]
        yield running


def gives(server: LoopbackServer, body: bytes, **headers: str) -> None:
    server.answers["/feed.csv"] = says(ROWS + body, content_type="text/csv", **headers)


def source(server: LoopbackServer, **more: Any) -> FeedSource:
    return set_feed_source(
        shop=cast.maison_zinc(),
        url=server.url("/feed.csv"),
        every="hour",
        with_pictures=False,
        **more,
    )


def outcome() -> tuple[str, int]:
    kept = FeedSource.objects.get()
    return kept.outcome, kept.failures


def titles() -> set[str]:
    return set(Product.objects.filter(status="active").values_list("title", flat=True))


def test_it_is_read_taken_in_and_read_again_an_hour_later(server: LoopbackServer) -> None:
    gives(server, BOWL, ETag='"one"')
    source(server)
    assert sources_due() == [cast.maison_zinc().pk]
    read_feeds.func(0)
    work()
    assert (outcome(), titles()) == (("taken", 0), {"Bol"})
    assert sources_due() == []
    with clock.travelled(timedelta(minutes=61)):
        assert sources_due() == [cast.maison_zinc().pk]


def test_the_server_is_asked_for_changes_only(server: LoopbackServer) -> None:
    gives(server, BOWL, ETag='"one"', Last_Modified="Sun, 22 Nov 2026 06:00:00 GMT")
    kept = source(server)
    read_source(shop_id=kept.shop_id)
    server.answers["/feed.csv"] = says(b"", status="304 Not Modified", content_type=None)
    assert read_source(shop_id=kept.shop_id) == "same"
    assert 'If-None-Match: "one"' in server.requests[-1]
    assert "If-Modified-Since: Sun, 22 Nov 2026 06:00:00 GMT" in server.requests[-1]
    assert "If-None-Match" not in server.requests[0]
    assert ImportRun.objects.count() == 1


def test_the_same_file_sent_again_is_not_taken_again(server: LoopbackServer) -> None:
    gives(server, BOWL)
    kept = source(server)
    assert read_source(shop_id=kept.shop_id) == "taken"
    work()
    assert read_source(shop_id=kept.shop_id) == "same"
    gives(server, BOWL + VASE)
    assert read_source(shop_id=kept.shop_id) == "taken"
    work()
    assert titles() == {"Bol", "Vase"}
    assert ImportRun.objects.count() == 2


def test_while_another_import_waits_it_is_tried_again_soon(server: LoopbackServer) -> None:
    gives(server, BOWL)
    kept = source(server)
    read_source(shop_id=kept.shop_id)
    gives(server, VASE)
    assert read_source(shop_id=kept.shop_id) == "busy"
    with clock.travelled(timedelta(minutes=11)):
        assert sources_due() == [kept.shop_id]


def test_a_failure_is_told_once_and_too_many_pause_it(server: LoopbackServer) -> None:
    server.answers["/feed.csv"] = says(b"", status="500 Oh")
    kept = source(server)
    for _n in range(2):
        assert read_source(shop_id=kept.shop_id) == "failed"
    work()
    (told,) = mail.outbox
    assert told.to == ["bonjour@boutique.example"]
    assert "status 500" in str(told.body)
    for _n in range(PAUSED_AFTER):
        read_source(shop_id=kept.shop_id)
    work()
    assert len(mail.outbox) == 2
    assert not FeedSource.objects.get().is_active
    assert read_source(shop_id=kept.shop_id) == ""
    assert titles() == set()


def test_after_a_failure_it_recovers_by_itself(server: LoopbackServer) -> None:
    server.answers["/feed.csv"] = says(b"", status="503 Later")
    kept = source(server)
    read_source(shop_id=kept.shop_id)
    gives(server, BOWL)
    read_source(shop_id=kept.shop_id)
    assert outcome() == ("taken", 0)


def test_a_file_that_cannot_be_read_is_told(server: LoopbackServer) -> None:
    server.answers["/feed.csv"] = says(b"\x89PNG nonsense", content_type="text/csv")
    kept = source(server)
    read_source(shop_id=kept.shop_id)
    work()
    run = ImportRun.objects.get()
    assert run.status == "failed"
    assert f"/imports/{run.pk}" in str(mail.outbox[0].body)


def test_a_file_that_would_empty_the_shop_asks_first(server: LoopbackServer) -> None:
    gives(server, BOWL + VASE + BOWL.replace(b"b1,Bol", b"c1,Cocotte"))
    kept = source(server)
    read_source(shop_id=kept.shop_id)
    work()
    gives(server, VASE)
    read_source(shop_id=kept.shop_id)
    work()
    assert ImportRun.objects.order_by("-id")[0].status == "needs_confirmation"
    assert titles() == {"Bol", "Vase", "Cocotte"}
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("url", ["ftp://zinc.example/f", "https://a:b@zinc.example/", "feed", ""])
def test_addresses_that_are_never_read(url: str) -> None:
    with pytest.raises(Refused, match="bad_feed_url"):
        set_feed_source(shop=cast.maison_zinc(), url=url, every="day")


def test_private_addresses_are_not_reached() -> None:
    with loopback_server() as hidden:
        try:
            kept = set_feed_source(shop=cast.maison_zinc(), url=hidden.url("/x"), every="day")
        except Refused:
            return
        assert read_source(shop_id=kept.shop_id) == "failed"
        assert hidden.requests == []


def test_the_desk_gives_the_address_and_sees_how_it_went(server: LoopbackServer) -> None:
    gives(server, BOWL)
    cast.maison_zinc()
    desk = browser_of(cast.zoe())
    asked = {"url": server.url("/feed.csv"), "every": "hour", "is_active": "on"}
    assert desk.post(PAGE, asked).status_code == 302
    assert "It has not been read yet." in text_of(desk.get(PAGE))
    read_source(shop_id=cast.maison_zinc().pk)
    assert "It had changed and was taken in" in text_of(desk.get(PAGE))
    assert desk.post(PAGE, {**asked, "url": "gopher://x"}).status_code == 422
    desk.post(PAGE, {"remove": "yes"})
    assert not FeedSource.objects.exists()
