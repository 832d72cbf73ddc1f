"""One basket open in two windows: what the first one ordered, the second does not order again."""

import pytest
from django.test import Client

from comptoir.catalog.models import Product
from comptoir.sales.models import Order
from tests import cast
from tests.sales.buying import Counted
from tests.web.checkout.sheets import GUEST, fields, send
from tests.web.visiting import SCRIPT, browser_of, text_of, visitor

pytestmark = pytest.mark.django_db

AT_ONCE = {"pay": "sandbox:card_ok"}
NOT_THERE = "is not in your basket any more"


@pytest.fixture
def bowl() -> Product:
    return cast.product(cast.maison_zinc(), "Bol", price_minor=2400, stock=5)


@pytest.fixture(params=["guest", "member"])
def buyer(request: pytest.FixtureRequest, bowl: Product) -> Client:
    """With two bowls in the basket."""
    client = visitor() if request.param == "guest" else browser_of(cast.ines())
    client.post("/basket/lines", {"product": bowl.pk, "quantity": 2})
    return client


def opened(client: Client, made: Product) -> dict[str, str]:
    return {**fields(client.get(f"/checkout/new?shop={made.shop_id}")), **GUEST, **AT_ONCE}


def test_the_second_window_is_told_and_orders_nothing(buyer: Client, bowl: Product) -> None:
    first, second = opened(buyer, bowl), opened(buyer, bowl)
    assert send(buyer, first).status_code == 303
    answer = send(buyer, second)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/basket")
    assert NOT_THERE in text_of(buyer.get("/basket"))
    assert Order.objects.count() == 1


def test_in_place_too(buyer: Client, bowl: Product) -> None:
    first, second = opened(buyer, bowl), opened(buyer, bowl)
    send(buyer, first)
    answer = buyer.post("/checkout", second, headers=SCRIPT)
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, "/basket")
    assert Order.objects.count() == 1


def test_the_same_window_again_has_its_order(buyer: Client, bowl: Product) -> None:
    sheet = opened(buyer, bowl)
    assert send(buyer, sheet).headers["Location"] == send(buyer, sheet).headers["Location"]
    assert Order.objects.count() == 1


def test_what_was_put_in_again_meanwhile_is_ordered(buyer: Client, bowl: Product) -> None:
    first, second = opened(buyer, bowl), opened(buyer, bowl)
    send(buyer, first)
    buyer.post("/basket/lines", {"product": bowl.pk, "quantity": 2})
    assert send(buyer, second).status_code == 303
    assert Order.objects.count() == 2


def test_a_first_order_is_asked_nothing_more(buyer: Client, bowl: Product) -> None:
    sheet = opened(buyer, bowl)
    with Counted() as counted:
        send(buyer, sheet)
    assert not [each for each in counted.statements if "sales_basketline" in each[:400]]
