"""Buying what is in the basket: one sheet a shop, with what has changed said before paying."""

import re

import pytest
from django.test import Client

from comptoir.catalog.models import Product, StockItem
from comptoir.catalog.services.products import set_price, withdraw_product
from comptoir.sales.models import BasketLine, Order
from tests import cast
from tests.sales.buying import Counted
from tests.web.checkout.sheets import AT_THE_BANK, GUEST, fields, send, total_shown
from tests.web.visiting import SCRIPT, browser_of, parsed, text_of, visitor

pytestmark = pytest.mark.django_db

AT_ONCE = {"pay": "sandbox:card_ok"}


@pytest.fixture
def bowl() -> Product:
    return cast.product(cast.maison_zinc(), "Bol", price_minor=2400, stock=5)


@pytest.fixture
def pan() -> Product:
    return cast.product(cast.maison_zinc(), "Passoire", price_minor=1550, stock=3)


@pytest.fixture
def vase() -> Product:
    return cast.product(cast.atelier_brume(), "Vase", price_minor=4200, stock=1)


def filled(client: Client, *wanted: tuple[Product, int]) -> Client:
    for made, quantity in wanted:
        client.post("/basket/lines", {"product": made.pk, "quantity": quantity})
    return client


def sheet_page(client: Client, made: Product) -> str:
    return text_of(client.get(f"/checkout/new?shop={made.shop_id}"))


def opened(client: Client, made: Product) -> dict[str, str]:
    return fields(client.get(f"/checkout/new?shop={made.shop_id}"))


def bought() -> dict[str, int]:
    return {line.title: line.quantity for line in Order.objects.get().lines.all()}


def test_three_things_from_two_shops_are_two_orders(
    bowl: Product, pan: Product, vase: Product
) -> None:
    guest = filled(visitor(), (bowl, 2), (pan, 1), (vase, 1))
    page = guest.get(f"/checkout/new?shop={bowl.shop_id}")
    assert total_shown(page) == "€63.50"  # free delivery from 60
    assert ">Vase<" not in text_of(page)
    sent = send(guest, fields(page), **GUEST, **AT_ONCE)
    assert sent.status_code == 303
    assert "Thank you!" in text_of(guest.get(sent.headers["Location"]))
    assert bought() == {"Bol": 2, "Passoire": 1}
    assert [line.variant.product for line in BasketLine.objects.all()] == [vase]
    second = send(guest, opened(guest, vase), **GUEST, **AT_ONCE)
    assert second.status_code == 303
    assert not BasketLine.objects.exists()
    assert sorted(Order.objects.values_list("status", flat=True)) == ["paid", "paid"]


def test_the_count_follows_what_was_paid(bowl: Product, vase: Product) -> None:
    guest = filled(visitor(), (bowl, 2), (vase, 1))
    send(guest, opened(guest, bowl), **GUEST, **AT_ONCE)
    (badge, *_others) = parsed(guest.get("/everyone")).xpath("//*[@class='basket-count']")
    assert badge.text == "1"
    at_bank = send(guest, opened(guest, vase), **GUEST, pay=AT_THE_BANK).headers["Location"]
    (badge, *_others) = parsed(guest.get("/everyone")).xpath("//*[@class='basket-count']")
    assert badge.text == "1"
    guest.get(guest.post(at_bank, {"choice": "approve"}).headers["Location"])
    (badge, *_others) = parsed(guest.get("/everyone")).xpath("//*[@class='basket-count']")
    assert badge.get("hidden") is not None


def test_a_refused_payment_leaves_the_basket_as_it_was(bowl: Product, pan: Product) -> None:
    guest = filled(visitor(), (bowl, 1), (pan, 1))
    refused = send(guest, opened(guest, bowl), **GUEST, pay="sandbox:card_refused")
    assert refused.status_code == 422
    assert BasketLine.objects.count() == 2
    again = fields(refused)
    assert (again["city"], again["pay"]) == ("Brest", "sandbox:card_refused")
    assert send(guest, again, **AT_ONCE).status_code == 303
    assert not BasketLine.objects.exists()
    assert sorted(Order.objects.values_list("status", flat=True)) == ["cancelled", "paid"]


def test_what_changed_since_is_said_before_paying(
    bowl: Product, pan: Product, vase: Product
) -> None:
    spoon = cast.product(cast.maison_zinc(), "Cuillère", price_minor=500, stock=2)
    guest = filled(visitor(), (bowl, 3), (pan, 1), (spoon, 1))
    set_price(
        product=bowl, variant_id=cast.variant_of(bowl).pk, price_minor=2600, sale_price_minor=None
    )
    StockItem.objects.filter(variant__product=bowl).update(available=2)
    withdraw_product(product=pan)
    page = sheet_page(guest, bowl)
    assert "was €24.00, now €26.00" in page
    assert "Only 2 pieces of “Bol” are left: this order has them." in page
    assert "“Passoire” cannot be ordered at the moment: it stays in your basket." in page
    assert send(guest, opened(guest, bowl), **GUEST, **AT_ONCE).status_code == 303
    assert bought() == {"Bol": 2, "Cuillère": 1}


def test_sold_out_while_one_typed_the_rest_can_be_ordered(bowl: Product, pan: Product) -> None:
    guest = filled(visitor(), (bowl, 3), (pan, 1))
    sheet = opened(guest, bowl)
    StockItem.objects.filter(variant__product=bowl).update(available=0)
    refused = send(guest, sheet, **GUEST, **AT_ONCE)
    assert refused.status_code == 422
    assert "“Bol” is sold out." in text_of(refused)
    assert total_shown(refused) == "€21.40"
    assert send(guest, fields(refused)).status_code == 303
    assert bought() == {"Passoire": 1}


def test_withdrawn_while_one_typed_the_basket_says_which(bowl: Product, pan: Product) -> None:
    guest = filled(visitor(), (bowl, 1), (pan, 1))
    sheet = opened(guest, bowl)
    withdraw_product(product=bowl)
    sent = send(guest, sheet, **GUEST, **AT_ONCE)
    assert sent.headers["Location"] == "/basket"
    in_place = guest.post("/checkout", {**sheet, **GUEST}, headers=SCRIPT)
    assert in_place.headers["HX-Redirect"] == "/basket"
    page = text_of(guest.get("/basket"))
    assert "Not sold any more" in page
    assert not Order.objects.exists()


def test_another_guest_s_seal_empties_nobody_s_basket(bowl: Product, pan: Product) -> None:
    guest = filled(visitor(), (bowl, 1), (pan, 1))
    sheet = opened(guest, bowl)
    other = filled(visitor(), (bowl, 1), (pan, 1))
    assert send(other, sheet, **GUEST, **AT_ONCE).headers["Location"] == "/basket"
    for forged in ("1", "1:x:y", "9" * 100):
        changed = {**opened(guest, bowl), "basket": forged}
        assert send(guest, changed, **GUEST, **AT_ONCE).headers["Location"] == "/basket"
        assert guest.post("/checkout/totals", changed).headers["Location"] == "/basket"
    assert "look at what is in your basket now" in text_of(guest.get("/basket"))
    assert not Order.objects.exists()
    assert BasketLine.objects.count() == 4


@pytest.mark.parametrize("lines", ["1", "1.0", "1.1000", "x", "1.1-", "-1.1", "1.1," * 200])
def test_lines_that_are_none_are_refused(bowl: Product, lines: str) -> None:
    guest = filled(visitor(), (bowl, 1))
    sheet = {**opened(guest, bowl), **GUEST, "lines": lines}
    assert guest.post("/checkout", sheet).status_code in {404, 422}
    assert guest.post("/checkout/totals", sheet).status_code in {200, 404, 422}
    assert not Order.objects.exists()


def test_without_anything_of_that_shop_one_is_at_the_basket(bowl: Product, vase: Product) -> None:
    guest = filled(visitor(), (bowl, 1))
    assert guest.get(f"/checkout/new?shop={vase.shop_id}").headers["Location"] == "/basket"
    in_place = guest.get("/checkout/new?shop=1", headers=SCRIPT)
    assert in_place.headers["HX-Redirect"] == "/basket"


def test_sent_twice_what_was_in_the_basket_is_one_order(bowl: Product, pan: Product) -> None:
    ines = filled(browser_of(cast.ines()), (bowl, 1), (pan, 1))
    sheet = {**opened(ines, bowl), **GUEST, **AT_ONCE}
    first, second = ines.post("/checkout", sheet), ines.post("/checkout", sheet)
    assert first.headers["Location"] == second.headers["Location"]
    assert Order.objects.count() == 1


def test_a_refused_order_of_several_is_tried_again_whole(bowl: Product, pan: Product) -> None:
    guest = filled(visitor(), (bowl, 2), (pan, 1))
    bank = send(guest, opened(guest, bowl), **GUEST, pay=AT_THE_BANK).headers["Location"]
    back = guest.post(bank, {"choice": "refuse"}).headers["Location"]
    refused = text_of(guest.get(back, follow=True))
    (link,) = re.findall(r'href="(/checkout/new\?[^"]+)"', refused)
    again = fields(guest.get(link.replace("&amp;", "&")))
    assert (again["city"], again["lines"].count(".")) == ("Brest", 2)
    assert send(guest, again, **AT_ONCE).status_code == 303
    assert not BasketLine.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_three_lines_in_place_take_few_statements(bowl: Product, pan: Product) -> None:
    spoon = cast.product(cast.maison_zinc(), "Cuillère", price_minor=500, stock=2)
    guest = filled(visitor(), (bowl, 1), (pan, 1), (spoon, 1))
    with Counted() as opening:
        page = guest.get(f"/checkout/new?shop={bowl.shop_id}", headers=SCRIPT)
    with Counted() as buying:
        done = guest.post("/checkout", {**fields(page), **GUEST, **AT_ONCE}, headers=SCRIPT)
    assert "Thank you!" in text_of(done)
    assert len(opening.statements) <= 3
    assert len(opening.statements) + len(buying.statements) <= 25
