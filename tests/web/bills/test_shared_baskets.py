"""A basket shared by its link and its code: to who shared it, their link; to others, what is in it
today and a button that puts it into theirs."""

from typing import Any

import pytest
from django.test import Client

from comptoir.catalog.models import Product, StockItem
from comptoir.people.services.follow import block
from comptoir.sales.models import BasketLine, SharedBasket
from comptoir.shops.models import Shop
from tests import cast
from tests.catalog.test_price_changes import bowl as long_sold
from tests.sales.offering import offer
from tests.web.visiting import browser_of, links, parsed, text_of, visitor

pytestmark = pytest.mark.django_db

ALL_OF_IT = "Put it all in my basket"


def put(client: Client, made: Product, quantity: int) -> None:
    variant = cast.variant_of(made).pk
    client.post("/basket/lines", {"variant": variant, "quantity": quantity})


def shared_by(client: Client, *wanted: tuple[Product, int]) -> str:
    """Where what they put in and shared is."""
    for made, quantity in wanted:
        put(client, made, quantity)
    return str(client.post("/basket/share").headers["Location"])


def main_of(response: Any) -> str:
    (main,) = parsed(response).xpath("//main")
    return " ".join(str(main.text_content()).split())


def quantities() -> list[int]:
    return list(BasketLine.objects.order_by("id").values_list("quantity", flat=True))


def test_a_basket_is_shared_by_its_code() -> None:
    bowl = cast.product(cast.maison_zinc(), "Bol", stock=10)
    vase = cast.product(cast.atelier_brume(), "Vase", stock=1)
    mine = visitor()
    assert mine.post("/basket/share").status_code == 422
    mine.post("/basket/lines", {"variant": cast.variant_of(bowl).pk, "quantity": 2})
    mine.post("/basket/lines", {"variant": cast.variant_of(vase).pk, "quantity": 1})
    shared = mine.post("/basket/share").headers["Location"]
    mine.post(f"/basket/lines/{cast.variant_of(bowl).pk}", {"quantity": 0})

    other = visitor()
    page = text_of(other.get(shared))
    assert "Bol" in page
    assert "Vase" in page
    cast.variant_of(vase).stock.delete()
    opened = other.post(shared, follow=True)
    assert "Bol" in text_of(opened)
    assert SharedBasket.objects.get().by_id is None
    assert visitor().get("/basket/of/nothing").status_code == 404


@pytest.mark.parametrize("member", [True, False])
def test_who_shares_is_given_the_link_and_not_their_own_things_again(member: bool) -> None:
    bowl = cast.product(cast.maison_zinc(), "Bol")
    mine = browser_of(cast.ines()) if member else visitor()
    shared = shared_by(mine, (bowl, 2))
    page = mine.get(shared)
    told = main_of(page)
    assert "Your basket, to share" in told
    assert ALL_OF_IT not in told
    assert "/basket" in links(page)
    for client in (browser_of(cast.malo()), visitor()):
        told = main_of(client.get(shared))
        assert "A shared basket" in told
        assert ALL_OF_IT in told


def test_the_link_is_copied_or_sent_with_a_script_and_read_without() -> None:
    bowl = cast.product(cast.maison_zinc(), "Bol")
    mine = visitor()
    shared = shared_by(mine, (bowl, 1))
    for client in (mine, visitor()):
        page = parsed(client.get(shared))
        (link,) = page.xpath("//main//share-link/a/@href")
        (written,) = page.xpath("//main//label[@for=//input[@readonly]/@id]/..//input/@value")
        assert link == written
        assert link.endswith(shared)


def test_it_is_opened_twice_and_nothing_is_double() -> None:
    """Nor does an old page of who shared it make it so."""
    bowl = cast.product(cast.maison_zinc(), "Bol")
    mine, other = visitor(), visitor()
    shared = shared_by(mine, (bowl, 2))
    for client in (mine, other, other):
        client.post(shared)
    assert quantities() == [2, 2]
    put(other, bowl, 3)
    other.post(shared)
    assert quantities() == [2, 5]


def test_it_shows_shops_and_the_prices_of_today() -> None:
    bowl = cast.product(cast.maison_zinc(), "Bol", price_minor=2400)
    spoon = cast.product(cast.maison_zinc(), "Cuillère", price_minor=700)
    vase = cast.product(cast.atelier_brume(), "Vase", price_minor=5000)
    shared = shared_by(visitor(), (bowl, 2), (spoon, 1), (vase, 1))
    bowl.variants.update(price_minor=2500)
    page = visitor().get(shared)
    told = main_of(page)
    sections = parsed(page).xpath("//main//section[.//h2]")
    assert [s.xpath("string(.//h2)") for s in sections] == ["L'Atelier Brume", "La Maison Zinc"]
    assert {"/@maison_zinc", "/@atelier_brume"} <= set(links(page))
    for said in ("2 × €25.00", "€57.00", "3 pieces", "€50.00", "Before delivery"):
        assert said in told
    assert "€24.00" not in told


def test_it_shows_an_announced_price_as_the_basket_will() -> None:
    made = long_sold(2000)
    offer(cast.maison_zinc(), name="Soldes", value=2000, product_ids=[made.pk])
    shared = shared_by(visitor(), (made, 2))
    other = visitor()
    told = main_of(other.get(shared))
    assert "€16.00" in told
    assert "Soldes" in told
    assert "€32.00" in told
    assert "€32.00" in main_of(other.post(shared, follow=True))


def test_it_says_what_cannot_be_had() -> None:
    shop = cast.maison_zinc()
    few, none = cast.product(shop, "Bol", price_minor=1000), cast.product(shop, "Pot")
    shared = shared_by(visitor(), (few, 3), (none, 1))
    for made, left in ((few, 2), (none, 0)):
        StockItem.objects.filter(pk=cast.variant_of(made).pk).update(available=left)
    told = main_of(visitor().get(shared))
    assert "Only 2 are left." in told
    assert "Sold out" in told
    assert "2 pieces €20.00" in told
    Shop.objects.update(status=Shop.Status.CLOSED)
    told = main_of(visitor().get(shared))
    assert "This shop does not sell at the moment." in told
    assert ALL_OF_IT not in told


def test_it_shows_nothing_of_a_shop_that_one_has_blocked() -> None:
    shop, ines = cast.maison_zinc(), cast.ines()
    shared = shared_by(visitor(), (cast.product(shop, "Bol"), 1))
    block(actor=ines.actor, profile_id=shop.pk)
    told = main_of(browser_of(ines).get(shared))
    assert "Bol" not in told
    assert "None of these products is sold any more." in told


def test_no_vat_is_claimed_that_a_small_seller_does_not_charge() -> None:
    bowl = cast.product(cast.maison_zinc(), "Bol")
    Shop.objects.update(vat_regime="franchise")
    guest = visitor()
    shared = shared_by(guest, (bowl, 1))
    for page in (shared, "/basket"):
        assert "Before delivery; any VAT is included." in main_of(guest.get(page))
