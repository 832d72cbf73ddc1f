"""What no honest client sends is refused at the door, cheaply, and never with a 500."""

import base64
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from comptoir.sales.links import signed_key
from comptoir.sales.models import Return
from comptoir.sales.services.accounts import add_transfer_account
from comptoir.web.middleware import MAX_BODY, MAX_UPLOAD, RequestBounds
from tests import cast
from tests.media.samples import jpeg_of_a_phone
from tests.sales.after import line_of, sent
from tests.web.visiting import browser_of, text_of, visitor

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address",
    ["/search?q=%00", "/search?q=a%00b", "/search?q=%ff%fe", "/search?q=%ed%a0%80", "/@ines%00"],
)
def test_null_bytes_broken_utf8_and_lone_surrogates_are_bad_requests(
    client: Client, address: str
) -> None:
    assert client.get(address).status_code in {400, 404}


def test_null_bytes_in_a_form_are_a_bad_request(client: Client) -> None:
    ines = cast.ines()
    client.force_login(ines.user)
    assert client.post("/posts/new", {"text": "a\x00b"}).status_code == 400
    raw = client.generic(
        "POST", "/posts/new", b"text=%ed%a0%80", "application/x-www-form-urlencoded"
    )
    assert raw.status_code == 400


def test_an_address_of_many_thousand_characters_is_refused(client: Client) -> None:
    assert client.get("/search?q=" + "a" * 5000).status_code == 414


@pytest.mark.parametrize("token", ["x", "AAAA", "9" * 300, "-1", "=====", "é"])
def test_a_damaged_page_address_is_refused_in_words(client: Client, token: str) -> None:
    damaged = client.get("/everyone", {"after": token}, headers={"accept-language": "fr"})
    assert (damaged.status_code, "est abîmée" in text_of(damaged)) == (422, True)


def test_a_body_beyond_the_bound_is_not_read() -> None:
    read: list[HttpRequest] = []

    def inner(request: HttpRequest) -> HttpResponse:
        read.append(request)
        return HttpResponse()

    asked = RequestFactory().post("/search", b"", content_type="multipart/form-data; boundary=x")
    asked.META["CONTENT_LENGTH"] = str(MAX_BODY + 1)
    answer = RequestBounds(inner)(asked)
    assert answer.status_code == 413
    assert not read


def test_without_signing_in_nobody_sends_files(client: Client) -> None:
    """A cookie that merely bears the session's name opens nothing, and the body stays unread."""
    client.cookies["session"] = "any"
    asked = client.generic(
        "POST",
        "/posts/new",
        b"x",
        "multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(MAX_BODY + 1),
    )
    assert asked.status_code == 413
    assert max(MAX_UPLOAD.values()) < 300_000_000


@pytest.mark.parametrize("number", [2**63, 10**40])
def test_numbers_wider_than_any_key_find_nothing(client: Client, number: int) -> None:
    for address in (f"/products/{number}", f"/posts/{number}", f"/products/{number}/buy"):
        assert client.get(address).status_code == 404
    token = base64.urlsafe_b64encode(f"1.{number}".encode()).decode().rstrip("=")
    assert client.get("/everyone", {"after": token}).status_code == 422


def test_thousands_of_fields_are_refused(client: Client) -> None:
    cast.ines()
    client.force_login(cast.ines().user)
    answer = client.post("/posts/new", {f"f{n}": "1" for n in range(3000)})
    assert answer.status_code == 400


def test_a_statement_as_large_as_its_form_says_is_taken_in() -> None:
    iban = "FR7630006000011234567890189"
    account = add_transfer_account(shop=cast.maison_zinc(), iban=iban, holder="Maison Zinc")
    row = "2026-11-02;VIR " + "x" * 230 + ";1,00\n"
    rows = ("date;libelle;montant\n" + row * 16_500).encode()
    assert 4_000_000 < len(rows) < 5_000_000
    sent = {"file": SimpleUploadedFile("releve.csv", rows)}
    path = f"/counter/maison_zinc/bank/{account.pk}/statements"
    assert browser_of(cast.zoe()).post(path, sent).status_code == 302


@pytest.mark.parametrize("signed", [True, False])
def test_photos_come_with_the_return_of_a_guest_who_holds_the_order_s_address(signed: bool) -> None:
    cup = cast.variant_of(cast.product(cast.maison_zinc(), "Tasse", price_minor=1000, stock=10))
    order = sent((cup, 1))
    photo = jpeg_of_a_phone()
    content = photo + b"\0" * (4_000_000 - len(photo))  # of the size that phones make
    key = signed_key(order.key) if signed else order.key
    answer = visitor().post(
        f"/orders/{key}/returns",
        {
            f"pieces-{line_of(order, cup).pk}": "1",
            "reason": "fit",
            "key": str(uuid4()),
            "photos": SimpleUploadedFile("photo.jpg", content, "image/jpeg"),
        },
    )
    assert (answer.status_code, Return.objects.count()) == ((302, 1) if signed else (413, 0))
