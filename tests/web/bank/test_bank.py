"""The test bank's page, and webhooks at their door."""

import json
from typing import Any

import pytest

from comptoir.catalog.models import Variant
from comptoir.sales.adapters.sandbox_bank import bank_notice
from comptoir.sales.links import signed_key
from comptoir.sales.models import Order
from comptoir.sales.services import Placed
from tests import cast
from tests.sales.buying import at_bank, basket, charge_of, order_of, payment_of, work
from tests.web.visiting import text_of, visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def bowl() -> Variant:
    return cast.variant_of(cast.product(cast.maison_zinc(), "Bol", price_minor=2400, stock=1))


@pytest.fixture
def placed(bowl: Variant) -> Placed:
    return basket((bowl, 1)).sent()


def notify(placed: Placed, **changes: Any) -> Any:
    """Sends the bank's notice over HTTP, with its body or headers changed."""
    headers, body = bank_notice(charge_of(placed).reference)
    notice = changes.pop("body", body)
    sent = {**headers, **changes}
    return visitor().post(
        "/webhooks/sandbox", notice, content_type="application/json", headers=sent
    )


def test_it_says_that_no_real_money_moves(placed: Placed) -> None:
    page = text_of(visitor().get(f"/bank/{charge_of(placed).reference}"))
    assert "No real money moves here." in page
    assert "€29.90" in page
    assert "La Maison Zinc" in page


@pytest.mark.parametrize(
    ("choice", "title"),
    [
        ("approve", "Thank you!"),
        ("refuse", "The bank refused the payment"),
        ("webhook_late", "Waiting for the bank"),
        ("webhook_twice", "Thank you!"),
    ],
)
def test_the_buyer_comes_back_to_an_order_that_knows(
    placed: Placed, choice: str, title: str
) -> None:
    buyer = visitor()
    back = buyer.post(f"/bank/{charge_of(placed).reference}", {"choice": choice})
    assert title in text_of(buyer.get(back.headers["Location"], follow=True))


def test_3_d_secure_wants_the_right_code(placed: Placed) -> None:
    buyer, bank = visitor(), f"/bank/{charge_of(placed).reference}"
    assert buyer.post(bank, {"choice": "secure"}).headers["Location"] == bank
    wrong = buyer.post(bank, {"choice": "approve", "code": "0000"})
    assert wrong.status_code == 422
    assert "This is not the code." in text_of(wrong)
    assert buyer.post(bank, {"choice": "approve"}).status_code == 422
    assert order_of(placed).status == "pending"
    back = buyer.post(bank, {"choice": "approve", "code": "1234"})
    buyer.get(back.headers["Location"], follow=True)
    assert order_of(placed).status == "paid"


def test_a_bank_that_falls_silent_leaves_a_way_back(placed: Placed) -> None:
    buyer, bank = visitor(), f"/bank/{charge_of(placed).reference}"
    stayed = buyer.post(bank, {"choice": "time_out"}, follow=True)
    assert "does not answer any more" in text_of(stayed)
    assert f"/orders/{signed_key(placed.order_key)}/return" in text_of(stayed)
    back = buyer.get(f"/orders/{signed_key(placed.order_key)}/return", follow=True)
    assert "Thank you!" in text_of(back)


def test_what_the_bank_does_not_offer_changes_nothing(placed: Placed) -> None:
    refused = visitor().post(f"/bank/{charge_of(placed).reference}", {"choice": "give it away"})
    assert refused.status_code == 409
    assert order_of(placed).status == "pending"


def test_a_notice_pays_the_order_once(placed: Placed, bowl: Variant) -> None:
    at_bank(placed, "approve")
    assert [notify(placed).status_code for _time in range(3)] == [200, 200, 200]
    work()
    assert payment_of(placed).status == "captured"
    assert Order.objects.get().number.endswith("00001")
    assert cast.stock_of(bowl) == (0, 0)


def test_a_notice_that_is_not_the_bank_s_is_refused(placed: Placed) -> None:
    at_bank(placed, "approve")
    forged = {"Bank-Signature": "t=1,v1=00"}
    other = json.dumps({"status": "charged"}).encode()
    for answer in (
        notify(placed, **forged),
        notify(placed, **{"Bank-Signature": ""}),
        notify(placed, body=other),
        notify(placed, body=b"\x00\xff not json"),
    ):
        assert answer.status_code == 400
    assert order_of(placed).status == "pending"


def test_a_notice_is_small_and_from_a_known_provider(placed: Placed) -> None:
    assert notify(placed, body=b"x" * 70_000).status_code == 413
    answer = visitor().post("/webhooks/nobody", b"{}", content_type="application/json")
    assert answer.status_code == 404
    assert visitor().post("/webhooks/sandbox", {"a": "form"}).status_code == 400
