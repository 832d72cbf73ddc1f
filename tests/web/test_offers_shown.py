"""Offers as pages tell them: what is shown is what is charged."""

from typing import Any

import pytest
from django.test import Client

from comptoir.catalog.models import Product
from comptoir.sales.models import OfferUse, Order
from tests import cast
from tests.circle import follows
from tests.sales.buying import basket
from tests.sales.offering import offer
from tests.web.visiting import browser_of, text_of, visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def bowl() -> Product:
    return cast.product(cast.maison_zinc(), "Bol", price_minor=2000)


def follower() -> Client:
    follows(cast.ines(), cast.maison_zinc())
    return browser_of(cast.ines())


def page(client: Client, made: Product) -> str:
    return text_of(client.get(f"/products/{made.pk}"))


def test_a_follower_sees_the_followers_price_and_pays_it(bowl: Product) -> None:
    offer(cast.maison_zinc(), name="Merci", audience="followers", value=1500)
    shown = page(follower(), bowl)
    assert "For followers: 15% off" in shown
    assert "€17.00" in shown
    bought = basket((cast.variant_of(bowl), 2), method=cast.pick_up(cast.maison_zinc()),
                    actor=cast.ines().actor).sent()  # fmt: skip
    order = Order.objects.get(pk=bought.order_id)
    assert (order.items_minor, order.discount_minor, order.total_minor) == (4000, 600, 3400)
    assert OfferUse.objects.get().amount_minor == 600


def test_others_are_told_what_following_would_give_and_pay_the_price(bowl: Product) -> None:
    offer(cast.maison_zinc(), name="Merci", audience="followers", value=1500)
    for client in (visitor(), browser_of(cast.malo())):
        shown = page(client, bowl)
        assert "As a follower" in shown
        assert "€17.00" in shown
    bought = basket((cast.variant_of(bowl), 1), actor=cast.malo().actor).sent()
    assert Order.objects.get(pk=bought.order_id).discount_minor == 0


@pytest.mark.parametrize("path", ["/@maison_zinc", "/@maison_zinc/products", "product"])
def test_a_code_for_followers_is_told_to_followers_alone(bowl: Product, path: str) -> None:
    offer(cast.maison_zinc(), name="Merci", audience="followers", code="MERCI10")
    address = f"/products/{bowl.pk}" if path == "product" else path
    assert "MERCI10" in text_of(follower().get(address))
    for client in (visitor(), browser_of(cast.malo())):
        shown = text_of(client.get(address))
        assert "MERCI10" not in shown
        assert "For followers: 10% off" in shown


def test_a_code_for_everyone_is_told_to_nobody(bowl: Product) -> None:
    offer(cast.maison_zinc(), name="Secret", code="AUMARCHE")
    for address in ("/@maison_zinc", f"/products/{bowl.pk}"):
        assert "AUMARCHE" not in text_of(follower().get(address))


def test_an_offer_to_named_people_is_told_to_these_alone(bowl: Product) -> None:
    cast.ines()
    offer(cast.maison_zinc(), name="Pour Inès", audience="segment", people=["ines"], code="INES10")
    assert "For you: 10% off" in page(browser_of(cast.ines()), bowl)
    assert "10% off" not in page(browser_of(cast.malo()), bowl)
    assert "INES10" not in page(visitor(), bowl)


def test_an_offer_for_other_products_is_not_told_on_this_ones_page(bowl: Product) -> None:
    spoon = cast.product(cast.maison_zinc(), "Cuillère")
    offer(cast.maison_zinc(), product_ids=[spoon.pk])
    assert "10% off" not in page(visitor(), bowl)
    assert "10% off" in page(visitor(), spoon)


def test_a_used_up_offer_is_not_told(bowl: Product) -> None:
    made = offer(cast.maison_zinc(), limit_total=1)
    made.uses = 1
    made.save()
    assert "10% off" not in page(visitor(), bowl)


def test_the_basket_and_the_sheet_show_the_followers_price(bowl: Product) -> None:
    offer(cast.maison_zinc(), name="Merci", audience="followers", value=1500)
    client: Any = follower()
    variant = cast.variant_of(bowl).pk
    client.post("/basket/lines", {"variant": variant, "quantity": 2})
    shown = text_of(client.get("/basket"))
    assert "€17.00" in shown
    assert "€34.00" in shown
    assert "−€" not in shown
    sheet = text_of(client.get(f"/checkout/new?variant={variant}"))
    assert "Merci" in sheet
    assert "€17.00" in sheet
    assert "−€" not in sheet


def test_the_reference_of_a_reduction_is_shown_and_explained() -> None:
    made = cast.product(cast.maison_zinc(), "Plat", price_minor=5000, sale_price_minor=4000)
    shown = page(visitor(), made)
    assert "Lowest price of the last 30 days: €50.00" in shown
    assert "the shop cannot change" in shown
    plain = cast.product(cast.maison_zinc(), "Bol")
    assert "Lowest price" not in page(visitor(), plain).split("product-more")[0]
