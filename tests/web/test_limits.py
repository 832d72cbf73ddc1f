"""Limits on how often one buys, posts, comments and sends photos: 429, or beside the form."""

import threading
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import RequestFactory

from comptoir.common.errors import TooOften
from comptoir.media import render_process
from comptoir.media.services import store_upload
from comptoir.posts.models import Comment, Post
from comptoir.sales.adapters.sandbox import SandboxProvider
from comptoir.sales.links import signed_key
from comptoir.sales.models import Order
from comptoir.web.middleware import DomainErrors
from tests import cast, circle
from tests.media.samples import jpeg_of_a_phone
from tests.sales.buying import Counted, basket
from tests.sales.offering import offer
from tests.web.checkout.sheets import GUEST, fields, open_sheet, send
from tests.web.visiting import SCRIPT, browser_of, text_of, visitor

pytestmark = pytest.mark.django_db
WORDS = "That is a lot in a short time."


@pytest.fixture(autouse=True)
def once(settings: Any) -> None:
    settings.RATE_LIMITS = dict.fromkeys(("checkout", "post", "comment", "photo"), (1, 60))


def test_guests_at_one_address_are_counted_together_and_members_alone() -> None:
    bowl = cast.product(cast.maison_zinc(), "Bol", stock=5)
    assert send(visitor(), open_sheet(visitor(), bowl), **GUEST).status_code == 303
    guest = visitor()
    refused = send(guest, open_sheet(guest, bowl), **GUEST)
    assert refused.status_code == 429
    assert WORDS in text_of(refused)
    assert fields(refused)["recipient"] == GUEST["recipient"]
    member = browser_of(cast.ines())
    assert send(member, open_sheet(member, bowl), **GUEST).status_code == 303
    assert Order.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_limited_purchase_costs_one_statement_more() -> None:
    bowl = cast.product(cast.maison_zinc(), "Bol", price_minor=2400, stock=5)
    guest = visitor()
    with Counted() as counted:
        sheet = open_sheet(guest, bowl, **SCRIPT)
        sent = guest.post("/checkout", {**sheet, **GUEST}, headers=SCRIPT)
        bank = sent.headers["HX-Redirect"]
        guest.get(bank)
        back = guest.post(bank, {"choice": "approve"})
        guest.get(back.headers["Location"], follow=True)
    assert sum("common_counter" in str(statement) for statement in counted.statements) == 1
    assert len(counted.statements) <= 30


def test_codes_are_not_to_be_guessed(settings: Any) -> None:
    """Neither by asking for totals nor by sending the sheet: both say whether there is the code."""
    settings.RATE_LIMITS = {"code": (3, 60)}
    bowl = cast.product(cast.maison_zinc(), "Bol", stock=5)
    offer(cast.maison_zinc(), code="GUESSED")
    guest = visitor()
    sheet = {**open_sheet(guest, bowl), **GUEST, "codes_seen": ""}
    for number in range(2):
        told = guest.post("/checkout/totals", {**sheet, "code": f"GUESS{number}"})
        assert "is not known here" in text_of(told)
    assert send(guest, sheet, code="GUESS2").status_code == 422
    for answer in (
        guest.post("/checkout/totals", {**sheet, "code": "GUESSED"}),
        send(guest, sheet, code="GUESSED"),
    ):
        assert (answer.status_code, WORDS in text_of(answer)) == (429, True)
    assert guest.post("/checkout/totals", sheet).status_code == 200


def test_codes_are_not_to_be_guessed_by_sheets_that_order_nothing(settings: Any) -> None:
    """A sheet that is refused for something else says of its codes what they give all the same."""
    settings.RATE_LIMITS = {"code": (3, 60)}
    bowl = cast.product(cast.maison_zinc(), "Bol", stock=5)
    guest = visitor()
    sheet = {**open_sheet(guest, bowl), **GUEST, "recipient": ""}
    for number in range(3):
        told = send(guest, sheet, code=f"GUESS{number}", codes_seen=f"GUESS{number}")
        assert "is not known here" in text_of(told)
    refused = send(guest, sheet, code="GUESS3", codes_seen="GUESS3")
    assert (refused.status_code, "is not known here" in text_of(refused)) == (429, False)


def test_the_addresses_of_one_connection_are_counted_together(settings: Any) -> None:
    settings.RATE_LIMITS = {"code": (2, 60)}
    bowl = cast.product(cast.maison_zinc(), "Bol", stock=5)
    sheet = {**open_sheet(visitor(), bowl), **GUEST, "code": "GUESS"}
    answers = [
        visitor().post("/checkout/totals", sheet, REMOTE_ADDR=address).status_code
        for address in (
            *("2001:db8::1", "2001:db8::2", "2001:db8::ffff:3", "2001:db8:0:1::1"),
            *("192.0.2.1", "192.0.2.2", "192.0.2.3"),
        )
    ]
    assert answers == [200, 200, 429, 200, 200, 200, 200]


def test_nobody_closes_the_way_to_withdraw_to_somebody_else(settings: Any) -> None:
    """By asking for orders that there are not; nor does an address as long as any break it."""
    settings.RATE_LIMITS = {"withdrawal_mail": (2, 60)}
    long = f"{'a' * 200}@{'b' * 60}.example"
    asked = [("1", "ines@example.org"), ("2", "ines@example.org"), ("2026-00001", long)]
    asked += [("2026-00001", "ines@example.org")] * 3
    answers = [
        visitor().post("/withdrawal", {"number": number, "email": email}).status_code
        for number, email in asked
    ]
    assert answers == [200, 200, 200, 200, 200, 429]


def test_a_bank_is_not_asked_each_time_its_way_back_is_opened(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.RATE_LIMITS = {"ask_provider": (3, 60)}
    asked: list[object] = []
    fetch = SandboxProvider.fetch

    def counted(bank: SandboxProvider, key: Any) -> Any:
        asked.append(key)
        return fetch(bank, key)

    monkeypatch.setattr(SandboxProvider, "fetch", counted)
    bowl = cast.variant_of(cast.product(cast.maison_zinc(), "Bol", stock=5))
    page = f"/orders/{signed_key(basket((bowl, 1)).sent().order_key)}"
    for _n in range(5):
        assert visitor().get(f"{page}/return").headers["Location"] == page
    assert visitor().post(f"{page}/cancellation").status_code == 429
    assert len(asked) == 3


def test_a_post_too_many_is_not_published_and_not_lost() -> None:
    browser = browser_of(cast.malo())
    assert browser.post("/posts/new", {"text": "Un"}).status_code == 302
    refused = browser.post("/posts/new", {"text": "Deux"})
    assert refused.status_code == 422
    assert WORDS in text_of(refused)
    assert "Deux" in text_of(refused)
    assert Post.objects.count() == 1


def test_a_comment_too_many_comes_back_in_its_field() -> None:
    post = circle.says(cast.ines(), "Bonjour")
    browser = browser_of(cast.malo())
    assert browser.post(f"/posts/{post.pk}/comments", {"text": "Un"}).status_code == 302
    refused = browser.post(f"/posts/{post.pk}/comments", {"text": "Deux"})
    assert WORDS in text_of(refused)
    assert "Deux" in text_of(refused)
    assert Comment.objects.count() == 1


def test_a_photo_too_many_is_told_and_the_rest_is_kept() -> None:
    browser = browser_of(cast.malo())
    files = [SimpleUploadedFile(f"{n}.jpg", jpeg_of_a_phone(1), "image/jpeg") for n in range(3)]
    refused = browser.post("/posts/new", {"text": "Trois photos", "photos": files})
    page = text_of(refused)
    assert refused.status_code == 422
    assert f"1.jpg: {WORDS}" in page
    assert "2.jpg" not in page
    assert page.count('name="ticket"') == 1
    assert "Trois photos" in page


def test_an_act_that_shows_no_form_answers_429(rf: RequestFactory) -> None:
    answer = DomainErrors(lambda _request: HttpResponse()).process_exception(
        rf.post("/anywhere"), TooOften("too_often", "Please wait.")
    )
    assert isinstance(answer, HttpResponse)
    assert answer.status_code == 429
    assert "Please wait." in answer.content.decode()


def test_when_no_place_to_read_pictures_comes_free_the_post_is_kept(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.RATE_LIMITS = {}
    monkeypatch.setattr(store_upload, "PATIENCE", 0.01)
    monkeypatch.setattr(render_process, "_places", threading.BoundedSemaphore(1))
    photo = SimpleUploadedFile("1.jpg", jpeg_of_a_phone(1), "image/jpeg")
    browser = browser_of(cast.malo())
    with render_process._places:
        refused = browser.post("/posts/new", {"text": "Une photo", "photos": [photo]})
    page = text_of(refused)
    assert refused.status_code == 422
    assert "1.jpg: Too many pictures are being read right now." in page
    assert "Une photo" in page
    assert not Post.objects.exists()
