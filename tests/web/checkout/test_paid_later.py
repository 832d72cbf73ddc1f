"""What is ordered by transfer is ordered before it is paid: it is out of the basket at once."""

import pytest
from django.test import Client
from django.urls import reverse

from comptoir.catalog.models import Product
from comptoir.sales.models import BasketLine, Order, TransferDue
from comptoir.sales.services.accounts import add_transfer_account
from comptoir.sales.services.statements import take_statement
from tests import cast
from tests.sales.offering import offer
from tests.sales.statements import IBAN, Movement, camt
from tests.web.checkout.sheets import GUEST, fields, send
from tests.web.checkout.test_two_windows import ALREADY, placed, put
from tests.web.visiting import browser_of, links, parsed, text_of, visitor

pytestmark = pytest.mark.django_db

BY_TRANSFER = {"pay": "transfer:transfer"}


@pytest.fixture
def bowl() -> Product:
    shop = cast.maison_zinc()
    add_transfer_account(shop=shop, holder="Maison Zinc", iban=IBAN, bic="")
    return cast.product(shop, "Bol", price_minor=2400, stock=50)


@pytest.fixture(params=["guest", "member"])
def buyer(request: pytest.FixtureRequest, bowl: Product) -> Client:
    """With two bowls in the basket."""
    client = visitor() if request.param == "guest" else browser_of(cast.ines())
    put(client, bowl)
    return client


def opened(client: Client, made: Product) -> dict[str, str]:
    page = client.get(f"/checkout/new?shop={made.shop_id}")
    return {**fields(page), **GUEST, **BY_TRANSFER}


def test_the_second_window_is_answered_with_the_order_of_the_first(
    buyer: Client, bowl: Product
) -> None:
    first, second = (opened(buyer, bowl) for _n in "ab")
    to_pay = send(buyer, first).headers["Location"]
    assert send(buyer, second).headers["Location"] == to_pay
    assert ALREADY in text_of(buyer.get(send(buyer, second, city="Quimper").headers["Location"]))
    assert placed() == ["pending"]


def test_what_is_paid_later_is_out_of_the_basket_at_once(buyer: Client, bowl: Product) -> None:
    """It is ordered for good: what is put in afterwards is another order's, and stays."""
    send(buyer, opened(buyer, bowl))
    assert not BasketLine.objects.exists()
    (badge, *_others) = parsed(buyer.get("/everyone")).xpath("//*[@class='basket-count']")
    assert badge.get("hidden") is not None
    put(buyer, bowl, 3)
    due = TransferDue.objects.get()
    came = Movement(f"{due.amount_minor / 100:.2f}", due.reference)
    take_statement(account=due.account, body=camt([came]), by_user_id=None)
    assert (placed(), BasketLine.objects.get().quantity) == (["paid"], 3)
    assert send(buyer, opened(buyer, bowl)).status_code == 303
    assert (placed(), BasketLine.objects.count()) == (["paid", "pending"], 0)


def test_a_transfer_that_did_not_come_is_ordered_again_whole(buyer: Client, bowl: Product) -> None:
    pan = cast.product(cast.maison_zinc(), "Passoire", price_minor=1550, stock=3)
    put(buyer, pan, 1)
    send(buyer, opened(buyer, bowl))
    whisk = cast.product(cast.maison_zinc(), "Fouet", price_minor=900, stock=3)
    put(buyer, whisk, 1)
    page = reverse("order", args=[Order.objects.get().key])
    buyer.post(f"{page}/cancellation")
    (link,) = [link for link in links(buyer.get(page)) if "again=" in link]
    again = fields(buyer.get(link))
    assert again["lines"].count(".") == 2
    assert send(buyer, again, **BY_TRANSFER).status_code == 303
    assert placed() == ["cancelled", "pending"]
    assert BasketLine.objects.get().variant.product == whisk


def test_what_is_tried_again_has_its_code_again(buyer: Client, bowl: Product) -> None:
    offer(bowl.shop, code="TEN")
    with_code = {"code": "ten", "codes_seen": "ten", "expected_total": "4910"}
    assert send(buyer, opened(buyer, bowl), **with_code).status_code == 303
    page = reverse("order", args=[Order.objects.get().key])
    buyer.post(f"{page}/cancellation")
    (link,) = [link for link in links(buyer.get(page)) if "again=" in link]
    again = fields(buyer.get(link))
    assert (again["code"], again["expected_total"]) == ("TEN", "4910")
    assert send(buyer, again, **BY_TRANSFER).status_code == 303
    assert Order.objects.latest("id").discount_minor == 480
