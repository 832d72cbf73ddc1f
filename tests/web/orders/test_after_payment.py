"""After payment, as buyers do it: withdrawing in two clicks, returning, with or without account."""

import re
from datetime import timedelta
from typing import Any
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.translation import override

from comptoir.catalog.models import Product, Variant
from comptoir.common import clock
from comptoir.sales.links import signed_key
from comptoir.sales.models import Order, Return, Withdrawal
from comptoir.sales.services.close_return import refund_return
from comptoir.sales.services.mark_delivered import mark_delivered
from comptoir.sales.services.returns import answer_return, receive_return
from comptoir.sales.withdrawal import door
from comptoir.sales.withdrawal.door import withdrawal_token
from comptoir.web.orders.law import confirm_withdrawal, withdraw_here
from tests import cast
from tests.media.samples import jpeg_of_a_phone
from tests.sales.after import bought, line_of, sent
from tests.sales.buying import work
from tests.sales.offering import offer
from tests.web.visiting import browser_of, parsed, text_of, visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def cup() -> Variant:
    return cast.variant_of(cast.product(cast.maison_zinc(), "Tasse", price_minor=1000, stock=10))


def delivered(cup: Variant, pieces: int = 2, **more: Any) -> Order:
    order = sent((cup, pieces), **more)
    mark_delivered(order=order, shipment_id=order.shipments.get().pk)
    order.refresh_from_db()
    return order


def fields(browser: Client, address: str) -> dict[str, str]:
    """What the form of the page would send as it stands."""
    form = parsed(browser.get(address)).xpath("//main//form")[0]
    return {str(name): str(value) for name, value in form.form_values()}


def test_the_law_s_own_words() -> None:
    with override("fr"):
        assert (withdraw_here(), confirm_withdrawal()) == (
            "renoncer au contrat ici",
            "confirmer la rétractation",
        )
    with override("en"):
        assert (withdraw_here(), confirm_withdrawal()) == (
            "withdraw from contract here",
            "confirm withdrawal",
        )


@pytest.mark.parametrize(
    ("language", "first", "second"),
    [
        ("fr", "renoncer au contrat ici", "confirmer la rétractation"),
        ("en", "withdraw from contract here", "confirm withdrawal"),
    ],
)
def test_a_member_withdraws_in_two_clicks(
    cup: Variant, language: str, first: str, second: str
) -> None:
    order = delivered(cup, actor=cast.ines().actor, language="fr")
    browser = browser_of(cast.ines(), language)
    page = parsed(browser.get(f"/orders/{signed_key(order.key)}"))
    (link,) = page.xpath(f"//main//a[normalize-space()='{first}']")
    asked = browser.get(link.get("href"))
    assert parsed(asked).xpath(f"//button[normalize-space()='{second}']")
    data = fields(browser, link.get("href"))
    answer = browser.post(link.get("href"), data, follow=True)
    made = Withdrawal.objects.get()
    receipt = text_of(answer)
    assert made.digest in receipt
    assert made.declared_at.astimezone().strftime("%Y") in receipt
    work()
    (letter,) = [m for m in mail.outbox if m.to == ["ines@example.org"] and made.digest in m.body]
    assert f"/withdrawals/{signed_key(made.key)}" in letter.body
    again = browser.post(link.get("href"), data)
    assert again.headers["Location"] == f"/withdrawals/{signed_key(made.key)}"
    assert Withdrawal.objects.count() == 1


def test_a_part_of_it_by_number(cup: Variant) -> None:
    order = delivered(cup)
    line = line_of(order, cup).pk
    address = f"/orders/{signed_key(order.key)}/withdrawal"
    assert visitor().post(address, {f"pieces-{line}": "x"}).status_code == 422
    assert visitor().post(address, {f"pieces-{line}": "3"}).status_code == 422
    visitor().post(address, {f"pieces-{line}": "1"})
    assert Withdrawal.objects.get().lines.get().quantity == 1


def test_without_an_account_the_answer_is_the_same_for_all(cup: Variant) -> None:
    order = delivered(cup, actor=cast.ines().actor)
    mail.outbox.clear()
    answers = []
    for number, email in [
        (order.number, "Ines@example.org"),
        (order.number, "malo@example.org"),
        ("2026-99999", "ines@example.org"),
    ]:
        answer = visitor().post("/withdrawal", {"number": number, "email": email})
        answers.append(re.sub(r'value="[^"]*"', "", text_of(answer)))
    assert len(set(answers)) == 1
    work(only="sales.withdrawal_link")
    (letter,) = mail.outbox
    assert letter.to == ["ines@example.org"]
    (link,) = re.findall(r"/withdrawal/\S+", str(letter.body))
    browser = visitor()
    browser.post(link, fields(browser, link))
    assert Withdrawal.objects.get().order_id == order.pk


def test_the_mailed_link_grows_old_and_cannot_be_made_up(cup: Variant) -> None:
    order = delivered(cup)
    token = withdrawal_token(order.key)
    assert visitor().get(f"/withdrawal/{token}").status_code == 200
    for bad in (f"{token}x", order.key):
        answer = visitor().get(f"/withdrawal/{bad}", follow=True)
        assert answer.redirect_chain == [("/withdrawal", 302)]
        assert "Ask for a new one" in text_of(answer)
    with patch.object(door, "LINK_SECONDS", -1):
        assert visitor().get(f"/withdrawal/{token}").status_code == 302
        sent = visitor().post(f"/withdrawal/{token}", {f"pieces-{line_of(order, cup).pk}": "1"})
        assert sent.status_code == 302
    assert not Withdrawal.objects.exists()


def test_when_the_time_is_over_the_page_says_so(cup: Variant) -> None:
    order = delivered(cup)
    with clock.travelled(timedelta(days=22)):
        page = text_of(visitor().get(f"/orders/{signed_key(order.key)}"))
        assert "withdraw from contract here" not in page.split("<aside")[0]
        late = visitor().get(f"/orders/{signed_key(order.key)}/withdrawal")
        assert "The time to withdraw is over" in text_of(late)
        refused = visitor().post(
            f"/orders/{signed_key(order.key)}/withdrawal", {f"pieces-{line_of(order, cup).pk}": "1"}
        )
        assert refused.status_code == 409


def test_exceptions_are_told_before_buying_and_explained_after(cup: Variant) -> None:
    bowl = cast.variant_of(cast.product(cast.maison_zinc(), "Bol", stock=5))
    browser_of(cast.zoe()).post(
        f"/counter/maison_zinc/products/{cup.product_id}",
        {"title": "Tasse", "withdrawal": "personalised"},
    )
    assert Product.objects.get(pk=cup.product_id).withdrawal == "personalised"
    assert "Made for you" in text_of(visitor().get(f"/products/{cup.product_id}"))
    order = sent((cup, 1), (bowl, 1))
    page = parsed(visitor().get(f"/orders/{signed_key(order.key)}/withdrawal"))
    assert "Made to your order" in page.text_content()
    assert len(page.xpath("//input[@type='number']")) == 1


def test_a_member_s_withdrawal_is_not_another_s(cup: Variant) -> None:
    order = delivered(cup, actor=cast.ines().actor)
    for browser in (visitor(), browser_of(cast.malo()), browser_of(cast.zoe())):
        for end in ("withdrawal", "returns"):
            address = f"/orders/{signed_key(order.key)}/{end}"
            assert browser.get(address).status_code == 404
            assert browser.post(address).status_code == 404


def test_nothing_is_sent_without_a_photo_that_cannot_be_read(cup: Variant) -> None:
    order, browser = delivered(cup), visitor()
    address = f"/orders/{signed_key(order.key)}/returns"
    data = {
        f"pieces-{line_of(order, cup).pk}": "1",
        "reason": "damaged",
        "words": "Fêlée",
        "photos": [SimpleUploadedFile("cup.png", b"no picture", "image/png")],
    }
    answer = browser.post(address, data)
    assert answer.status_code == 422
    assert "cup.png" in text_of(answer)
    (photos,) = parsed(answer).xpath("//input[@name='photos' and @aria-invalid and @autofocus]")
    said = {
        each.get("id"): str(each.text_content())
        for each in parsed(answer).xpath("//*[@class='field-error' or @class='field-hint']")
    }
    assert photos.get("aria-describedby") == "photos-hint photos-error"
    assert "Choose your photos again" in said["photos-error"]
    assert "of 15 MB each" in said["photos-hint"]
    assert not parsed(answer).xpath("//p[contains(@class, 'notice is-error')]")
    assert "Fêlée" in text_of(answer)
    assert not Return.objects.exists()


def test_a_guest_asks_for_a_return_with_a_photo_and_prints_the_label(cup: Variant) -> None:
    order, browser = delivered(cup), visitor()
    address = f"/orders/{signed_key(order.key)}/returns"
    line = line_of(order, cup).pk
    assert browser.post(address, {f"pieces-{line}": "1"}).status_code == 422
    data = {
        f"pieces-{line}": "1",
        "reason": "damaged",
        "words": "Fêlée",
        "photos": [SimpleUploadedFile("cup.jpg", jpeg_of_a_phone(), "image/jpeg")],
        "key": "6c0c7c3e-0c2b-4a53-8a7e-0d0f5c1d9a11",
    }
    answer = browser.post(address, data, follow=True)
    back = Return.objects.get()
    assert (back.words, back.photos.count()) == ("Fêlée", 1)
    assert "Fêlée" in text_of(answer)
    answer_return(giving_back=back, accept=True, label=b"%PDF-1.7", words="Renvoyez-la")
    page = text_of(browser.get(f"/orders/{signed_key(order.key)}"))
    assert "Renvoyez-la" in page
    label = browser.get(f"/orders/{signed_key(order.key)}/returns/{back.pk}/label")
    assert (label.content, label.headers["Content-Type"]) == (b"%PDF-1.7", "application/pdf")
    other = bought((cup, 1))
    assert (
        browser.get(f"/orders/{signed_key(other.key)}/returns/{back.pk}/label").status_code == 404
    )


def test_the_page_tells_what_happened_without_naming_staff(cup: Variant) -> None:
    order = delivered(cup)
    page = text_of(visitor().get(f"/orders/{signed_key(order.key)}"))
    for told in ("Order placed", "Paid", "Parcel sent", "Arrived", "La Maison Zinc", "6A1"):
        assert told in page
    assert "Zoé" not in page


def test_what_was_given_can_be_withdrawn_from_alone(cup: Variant) -> None:
    offer(cast.maison_zinc(), value=10_000, product_ids=[cup.product_id])
    dear = cast.variant_of(cast.product(cast.maison_zinc(), "Plat", price_minor=3000, stock=10))
    order = bought((dear, 1), (cup, 1), language="en")
    form = {f"pieces-{line_of(order, cup).pk}": "1"}
    receipt = visitor().post(f"/orders/{signed_key(order.key)}/withdrawal", form, follow=True)
    assert "no money is due" in text_of(receipt)
    page = text_of(visitor().get(f"/orders/{signed_key(order.key)}"))
    assert "no money is due" in page
    assert "€0.00 comes back" not in page


def test_the_page_says_that_all_of_it_was_given_back(cup: Variant) -> None:
    order = sent((cup, 2), language="en")
    address, line = f"/orders/{signed_key(order.key)}", line_of(order, cup).pk
    head = "//header[contains(@class, 'order-head')]"
    visitor().post(f"{address}/withdrawal", {f"pieces-{line}": "2"})
    (said,) = parsed(visitor().get(address)).xpath(head)
    assert "All given back" not in said.text_content()
    back = Return.objects.get()
    receive_return(giving_back=back, received={line: 2}, restock={line: 2})
    (said,) = parsed(visitor().get(address)).xpath(head)
    assert "All given back" in said.text_content()
    assert "How it goes on is said below" in said.text_content()
    refund_return(giving_back=back, refund_key=uuid4())
    work()
    page = visitor().get(address)
    (said,) = parsed(page).xpath(head)
    assert "Your money was given back" in said.text_content()
    assert "and have your money back" in text_of(page)
    assert "comes back to you by" not in text_of(page)
