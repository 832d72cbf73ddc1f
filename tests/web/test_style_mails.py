"""Each letter can be looked at while it is worked on, in both languages, as HTML and as text."""

import re

import pytest
from django.test import Client, override_settings
from django.utils import translation

from comptoir.common.letter import Action
from comptoir.sales.letters.kinds import LetterKind
from comptoir.sales.letters.send import TO_BUYER, TO_SHOP
from comptoir.web.style.mails_scene import letter_of

pytestmark = pytest.mark.django_db
EACH = [(kind, code) for kind in LetterKind for code in ("fr", "en")]


def test_a_real_place_shows_no_letter(client: Client) -> None:
    assert client.get("/style/mails").status_code == 404
    assert client.get("/style/mails/order_paid/fr/html").status_code == 404


def test_every_kind_has_one_writer() -> None:
    assert set(TO_BUYER) | set(TO_SHOP) == set(LetterKind)
    assert not set(TO_BUYER) & set(TO_SHOP)


@override_settings(DEMO=True)
def test_every_letter_is_listed_and_opens(client: Client) -> None:
    page = client.get("/style/mails", headers={"accept-language": "en"})
    found = re.findall(r'href="(/style/mails/[^"]+)"', page.content.decode())
    assert len(found) == len(LetterKind) * 4
    for address in found:
        answer = client.get(address)
        assert answer.status_code == 200, address
        kind = "text/plain" if address.endswith("/text") else "text/html"
        assert answer.headers["Content-Type"].startswith(kind)
        policy = answer.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'")
        assert ("unsafe-inline" in policy) == address.endswith("/html")
        assert "script-src 'unsafe" not in policy


@override_settings(DEMO=True)
@pytest.mark.parametrize(
    "address", ["order_paid/fr/pdf", "order_paid/xx/html", "no_such_letter/fr/html"]
)
def test_there_are_no_others(client: Client, address: str) -> None:
    assert client.get(f"/style/mails/{address}").status_code == 404


@pytest.mark.parametrize(("kind", "code"), EACH)
def test_each_letter_says_the_same_in_both_forms(kind: LetterKind, code: str) -> None:
    letter = letter_of(kind, code)
    assert letter is not None
    html, text = letter.html(), letter.text()
    assert f'<html lang="{code}">' in html
    for body in (html, text, letter.subject):
        assert not re.search(r"%\(|%s|None|\{\{|\{%", body)
    assert "<table" not in html
    assert "prefers-color-scheme: dark" in html
    assert not re.search(r'(src|href)="(?!https?://)', html)
    for part in letter.parts:
        if isinstance(part, Action):
            assert part.link in text
            assert part.link in html
    assert "<" not in text
    assert "\n\n\n" not in text
    if kind in TO_BUYER:
        assert "La Maison Zinc" in html
        assert "/orders/an-invented-key" in text


def test_no_letter_reads_the_database(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        for kind, code in EACH:
            letter = letter_of(kind, code)
            assert letter is not None
            letter.html()


def test_a_letter_is_in_its_readers_language_whatever_the_page_s() -> None:
    with translation.override("en"):
        letter = letter_of(LetterKind.ORDER_PAID, "fr")
        assert letter is not None
        assert "131,40\u00a0€" in letter.text()
    with translation.override("fr"):
        letter = letter_of(LetterKind.ORDER_PAID, "en")
        assert letter is not None
        assert "Total: €131.40" in letter.text()


def test_the_confirmation_says_all_that_the_law_asks() -> None:
    letter = letter_of(LetterKind.ORDER_PAID, "en")
    assert letter is not None
    text = letter.text()
    said = (
        "2026-00042", "2 × Grand bol", "€38.00 each", "discount of €5.00", "Colissimo: €5.90",
        "VAT at 20%: €19.77", "VAT at 5.5%: €0.61", "Total: €131.40", "29200 Brest",
        "SARL (fiction)", "12 rue des Cordiers", "000 000 018", "FR66000000018",
        "bonjour@maison-zinc.example", "+33 1 99 00 00 01",
        "within 14 days", "withdraw from contract here", "Model withdrawal form",
        "No right to withdraw from 1 × Tablier brodé à votre nom: it is made for you.",
        "within two years of delivery", "hidden defects", "Médiation des Quais",
        "Product safety contact",
    )  # fmt: skip
    for words in said:
        assert words in text, words
    assert "No right to withdraw from 2" not in text


def test_a_transfer_is_asked_for_with_all_that_a_bank_needs() -> None:
    letter = letter_of(LetterKind.PAYMENT_AWAITED, "en")
    assert letter is not None
    text = letter.text()
    for words in ("€131.40", "FR76 0000", "RF00000000000042", "La Maison Zinc"):
        assert words in text
