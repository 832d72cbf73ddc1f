"""The provider did not answer when one ordered: the order's page says so, and one can still pay."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from comptoir.catalog.models import Product
from comptoir.common import clock
from comptoir.sales.adapters.registry import PROVIDERS
from comptoir.sales.models import BankCharge, Order, Payment
from comptoir.sales.services import expire_orders
from tests import cast
from tests.sales.buying import EXPIRED, Deaf
from tests.web.checkout.sheets import GUEST, open_sheet, send
from tests.web.visiting import SCRIPT, browser_of, links, text_of, visitor

pytestmark = pytest.mark.django_db

SILENT = "did not answer when you ordered"
STILL = "still does not answer"


@pytest.fixture
def deaf(monkeypatch: pytest.MonkeyPatch) -> Deaf:
    provider = Deaf()
    monkeypatch.setitem(PROVIDERS, "sandbox", provider)
    return provider


@pytest.fixture
def bowl() -> Product:
    return cast.product(cast.maison_zinc(), "Bol", price_minor=2400, stock=5)


def ordered(buyer: Client, made: Product, **changes: str) -> str:
    """The order's page, where one is led when nothing is heard of the bank for a while."""
    sheet = {**open_sheet(buyer, made), **GUEST, **changes}
    with clock.travelled(-timedelta(seconds=20)):
        return str(send(buyer, sheet).headers["Location"])


def pay_now(buyer: Client) -> str:
    """Where the button leads to."""
    key = Order.objects.get().key
    return str(buyer.post(reverse("order_payment", args=[key])).headers["Location"])


def test_one_pays_from_the_order_s_page_once_it_answers(deaf: Deaf, bowl: Product) -> None:
    buyer = visitor()
    page = ordered(buyer, bowl)
    assert SILENT in text_of(buyer.get(page))
    assert pay_now(buyer) == page
    assert STILL in text_of(buyer.get(page))
    deaf.lost = False
    bank = pay_now(buyer)
    assert bank.startswith("/bank/")
    shown = buyer.get(page)
    assert SILENT not in text_of(shown)
    assert bank in links(shown)
    buyer.post(bank, {"choice": "approve"})
    buyer.get(f"{page}/return")
    assert Order.objects.get().status == "paid"
    assert BankCharge.objects.count() == Payment.objects.count() == 1


def test_what_was_paid_unheard_is_not_paid_again(deaf: Deaf, bowl: Product) -> None:
    buyer = visitor()
    page = ordered(buyer, bowl, pay="sandbox:card_ok")
    deaf.lost = False
    assert pay_now(buyer) == page
    assert Order.objects.get().status == "paid"
    assert BankCharge.objects.get().amount_minor == Payment.objects.get().captured_minor


def test_what_was_given_up_is_not_begun_again(deaf: Deaf, bowl: Product) -> None:
    buyer = visitor()
    page = ordered(buyer, bowl)
    deaf.lost = False
    with clock.travelled(EXPIRED):
        expire_orders()
        assert pay_now(buyer) == page
    assert Order.objects.get().status == "cancelled"
    assert SILENT not in text_of(buyer.get(page))


def test_of_another_amount_it_is_not_said_that_nobody_answered(deaf: Deaf, bowl: Product) -> None:
    buyer = visitor()
    page = ordered(buyer, bowl, pay="sandbox:card_ok")
    BankCharge.objects.update(amount_minor=1)
    deaf.lost = False
    pay_now(buyer)
    assert Payment.objects.get().failure == "amount_mismatch"
    shown = text_of(buyer.get(page, follow=True))
    assert SILENT not in shown
    assert "Pay now" not in shown


def test_it_is_the_buyer_s_alone(deaf: Deaf, bowl: Product) -> None:
    ordered(browser_of(cast.ines()), bowl)
    key = Order.objects.get().key
    address = reverse("order_payment", args=[key])
    assert browser_of(cast.malo()).post(address).status_code == 404
    assert visitor().post(address).status_code == 404


def test_while_an_answer_is_on_its_way_nothing_is_said(deaf: Deaf, bowl: Product) -> None:
    buyer = visitor()
    page = send(buyer, {**open_sheet(buyer, bowl), **GUEST}).headers["Location"]
    assert SILENT not in text_of(buyer.get(page))
    assert buyer.get(f"{page}/state", headers=SCRIPT).status_code == 204
    with clock.travelled(timedelta(seconds=20)):
        later = buyer.get(f"{page}/state", headers=SCRIPT)
        assert SILENT in text_of(later)
        assert "/state?told=1" in text_of(later)
        assert buyer.get(f"{page}/state?told=1", headers=SCRIPT).status_code == 204
