"""One basket open in two windows is one order: the key that its sheets carry is the basket's own,
and no two orders have one key."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from comptoir.catalog.models import Product
from comptoir.common import clock
from comptoir.sales.models import BasketLine, Order
from comptoir.sales.services.expire import expire_orders
from tests import cast
from tests.sales.buying import Counted
from tests.sales.test_races import all_at_once
from tests.web.checkout.sheets import AT_THE_BANK, GUEST, fields, open_sheet, send
from tests.web.visiting import SCRIPT, browser_of, links, text_of, visitor

pytestmark = pytest.mark.django_db

AT_ONCE = {"pay": "sandbox:card_ok"}
NOT_THERE = "is not in your basket any more"
ALREADY = "You have ordered this already"
GIVEN_UP = "was given up, and nothing was charged"


@pytest.fixture
def bowl() -> Product:
    return cast.product(cast.maison_zinc(), "Bol", price_minor=2400, stock=50)


@pytest.fixture(params=["guest", "member"])
def buyer(request: pytest.FixtureRequest, bowl: Product) -> Client:
    """With two bowls in the basket."""
    client = visitor() if request.param == "guest" else browser_of(cast.ines())
    put(client, bowl)
    return client


def put(client: Client, made: Product, quantity: int = 2) -> None:
    client.post("/basket/lines", {"product": made.pk, "quantity": quantity})


def opened(client: Client, made: Product, **changes: str) -> dict[str, str]:
    page = client.get(f"/checkout/new?shop={made.shop_id}")
    return {**fields(page), **GUEST, **AT_ONCE, **changes}


def at_the_bank(client: Client, sheet: dict[str, str]) -> str:
    """Orders, and returns the bank's page."""
    return str(send(client, sheet, pay=AT_THE_BANK).headers["Location"])


def placed() -> list[str]:
    return sorted(Order.objects.values_list("status", flat=True))


def test_the_second_window_is_answered_with_the_order_of_the_first(
    buyer: Client, bowl: Product
) -> None:
    first, second = opened(buyer, bowl), opened(buyer, bowl)
    order = send(buyer, first).headers["Location"]
    assert send(buyer, second).headers["Location"] == order
    assert placed() == ["paid"]


def test_what_it_orders_otherwise_is_not_ordered_and_it_says_so(
    buyer: Client, bowl: Product
) -> None:
    first, second = opened(buyer, bowl), opened(buyer, bowl, city="Quimper")
    order = send(buyer, first).headers["Location"]
    answer = send(buyer, second)
    assert (answer.status_code, answer.headers["Location"]) == (302, order)
    assert ALREADY in text_of(buyer.get(order))
    in_place = buyer.post("/checkout", {**second, "city": "Nantes"}, headers=SCRIPT)
    assert (in_place.status_code, in_place.headers["HX-Redirect"]) == (204, order)
    assert placed() == ["paid"]


def test_both_are_never_at_the_bank(buyer: Client, bowl: Product) -> None:
    """The first may still be paid there: no second one is opened beside it."""
    first, second = opened(buyer, bowl), opened(buyer, bowl, email="other@example.org")
    bank = at_the_bank(buyer, first)
    assert at_the_bank(buyer, opened(buyer, bowl)) == bank
    waiting = at_the_bank(buyer, second)
    page = buyer.get(waiting)
    assert ALREADY in text_of(page)
    assert bank in links(page)
    assert placed() == ["pending"]


def test_a_sheet_opened_meanwhile_says_that_one_waits(buyer: Client, bowl: Product) -> None:
    at_the_bank(buyer, opened(buyer, bowl))
    pan = cast.product(cast.maison_zinc(), "Passoire", price_minor=1550, stock=3)
    put(buyer, pan)
    page = buyer.get(f"/checkout/new?shop={bowl.shop_id}")
    assert "An order from this basket waits for its payment. Pay or cancel it" in text_of(page)
    led = send(buyer, {**fields(page), **GUEST, **AT_ONCE}).headers["Location"]
    assert led in links(page)
    assert placed() == ["pending"]


def refuse(buyer: Client, bank: str) -> None:
    back = buyer.post(bank, {"choice": "refuse"}).headers["Location"]
    buyer.get(back)


def call_off(buyer: Client, bank: str) -> None:
    buyer.post(reverse("order_cancellation", args=[Order.objects.get().key]))


def expire(buyer: Client, bank: str) -> None:
    with clock.travelled(timedelta(days=1)):
        expire_orders()


@pytest.mark.parametrize("given_up", [refuse, call_off, expire])
def test_what_was_given_up_is_ordered_anew_and_once(
    buyer: Client, bowl: Product, given_up: Callable[[Client, str], None]
) -> None:
    first, second = opened(buyer, bowl), opened(buyer, bowl, city="Quimper")
    given_up(buyer, at_the_bank(buyer, first))
    told = send(buyer, second)
    assert told.status_code == 422
    assert GIVEN_UP in text_of(told)
    again, third = fields(told), opened(buyer, bowl)
    assert again["city"] == "Quimper"
    assert send(buyer, again).status_code == 303
    assert "/orders/" in send(buyer, third).headers["Location"]
    assert placed() == ["cancelled", "paid"]


def test_the_same_request_as_one_that_was_given_up_orders_nothing(
    buyer: Client, bowl: Product
) -> None:
    sheet = opened(buyer, bowl, pay=AT_THE_BANK)
    bank = send(buyer, sheet).headers["Location"]
    expire(buyer, bank)
    told = send(buyer, sheet)
    assert told.status_code == 422
    assert GIVEN_UP in text_of(told)
    assert placed() == ["cancelled"]
    assert send(buyer, fields(told), **AT_ONCE).status_code == 303
    assert placed() == ["cancelled", "paid"]


@pytest.mark.parametrize("second", [AT_THE_BANK, "sandbox:card_ok"])
def test_money_for_an_order_that_expired_goes_back_once_it_is_ordered_anew(
    buyer: Client, bowl: Product, second: str
) -> None:
    bank = at_the_bank(buyer, opened(buyer, bowl))
    expire(buyer, bank)
    send(buyer, opened(buyer, bowl), pay=second)
    back = buyer.post(bank, {"choice": "approve"}).headers["Location"]
    assert "Your money is on its way back." in text_of(buyer.get(back, follow=True))
    assert placed() == ["cancelled", "pending" if second == AT_THE_BANK else "paid"]


def test_late_money_is_welcome_when_other_things_were_ordered_since(
    buyer: Client, bowl: Product
) -> None:
    bank = at_the_bank(buyer, opened(buyer, bowl))
    expire(buyer, bank)
    buyer.post(f"/basket/lines/{cast.variant_of(bowl).pk}", {"quantity": 0})
    pan = cast.product(cast.maison_zinc(), "Passoire", price_minor=1550, stock=3)
    put(buyer, pan, 1)
    send(buyer, opened(buyer, pan))
    back = buyer.post(bank, {"choice": "approve"}).headers["Location"]
    buyer.get(back)
    assert placed() == ["paid", "paid"]


def test_what_is_put_in_again_is_ordered_from_a_new_sheet(buyer: Client, bowl: Product) -> None:
    first, second = opened(buyer, bowl), opened(buyer, bowl)
    order = send(buyer, first).headers["Location"]
    put(buyer, bowl)
    assert send(buyer, second).headers["Location"] == order
    assert send(buyer, opened(buyer, bowl)).headers["Location"] != order
    assert placed() == ["paid", "paid"]


def test_what_was_taken_out_in_another_window_is_not_ordered(buyer: Client, bowl: Product) -> None:
    sheet = opened(buyer, bowl)
    buyer.post(f"/basket/lines/{cast.variant_of(bowl).pk}", {"quantity": 0})
    answer = send(buyer, sheet)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/basket")
    assert NOT_THERE in text_of(buyer.get("/basket"))
    assert placed() == []


def test_each_shop_s_part_is_ordered_once(buyer: Client, bowl: Product) -> None:
    vase = cast.product(cast.atelier_brume(), "Vase", price_minor=4200, stock=3)
    put(buyer, vase, 1)
    sheets = [opened(buyer, made) for made in (bowl, vase, bowl, vase)]
    assert len({send(buyer, sheet).headers["Location"] for sheet in sheets}) == 2
    assert placed() == ["paid", "paid"]


def test_sheets_of_no_basket_are_orders_of_their_own(bowl: Product) -> None:
    guest = visitor()
    one, two = open_sheet(guest, bowl), open_sheet(guest, bowl)
    for sheet in (one, two, one):
        send(guest, {**sheet, **GUEST, **AT_ONCE})
    assert placed() == ["paid", "paid"]


def test_signing_in_between_leads_to_the_order_that_waits(bowl: Product) -> None:
    guest, ines = visitor(), cast.ines()
    put(guest, bowl)
    ordered, left_open = opened(guest, bowl), opened(guest, bowl)
    bank = at_the_bank(guest, ordered)
    guest.post("/accounts/login/", {"login": ines.user.email, "password": cast.PASSWORD})
    assert send(guest, left_open).headers["Location"] == "/basket"
    assert "Depuis l’ouverture de ce bon" in text_of(guest.get("/basket"))  # as Inès reads
    waiting = send(guest, opened(guest, bowl)).headers["Location"]
    assert bank in links(guest.get(waiting))
    assert placed() == ["pending"]
    assert guest.post(bank, {"choice": "approve"}).status_code == 302
    guest.get(f"{waiting}/return")
    assert not BasketLine.objects.exists()


def test_a_key_that_was_read_or_guessed_orders_nothing(bowl: Product) -> None:
    guest, other = visitor(), visitor()
    put(guest, bowl)
    send(guest, opened(guest, bowl))
    known = str(Order.objects.get().checkout_key)
    for key in (known, f"{known}:{'x' * 43}", "", "9" * 400):
        sheet = {**open_sheet(other, bowl), **GUEST, "checkout_key": key}
        refused = send(other, sheet)
        assert refused.status_code == 422
        assert fields(refused)["checkout_key"] != key
    assert Order.objects.count() == 1
    assert send(other, fields(refused), **AT_ONCE).status_code == 303
    assert Order.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_windows_at_the_same_moment(bowl: Product) -> None:
    """Each over a connection of its own, with other words typed and at the bank's own page."""
    guest = visitor()
    put(guest, bowl)
    sheets = [opened(guest, bowl, city=city, pay=AT_THE_BANK) for city in ("Brest", "Vannes")]
    answers: list[Any] = all_at_once(
        [partial(_copy_of(guest).post, "/checkout", sheets[n % 2]) for n in range(6)]
    )
    assert {answer.status_code for answer in answers} == {303, 302}
    assert placed() == ["pending"]
    assert cast.stock_of(cast.variant_of(bowl)) == (48, 2)


def test_a_first_order_is_asked_nothing_more(buyer: Client, bowl: Product) -> None:
    sheet = opened(buyer, bowl)
    with Counted() as counted:
        send(buyer, sheet)
    assert not [each for each in counted.statements if "sales_basketline" in each[:400]]


def _copy_of(client: Client) -> Client:
    copy = visitor()
    copy.cookies = client.cookies
    return copy
