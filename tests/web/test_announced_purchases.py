"""Basket and sheet under an announced percentage: the price that the page says, beside the lowest
one of the thirty days before, and no reduction of the price that would be asked without it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from comptoir.catalog.models import Product, StockItem
from comptoir.catalog.services.products import VariantDraft, create_product
from comptoir.common import clock
from comptoir.sales.models import Order
from comptoir.sales.services.offers import change_offer, stop_offer
from tests import cast
from tests.catalog.test_price_changes import ask, bowl
from tests.circle import follows
from tests.sales.buying import Counted
from tests.sales.offering import draft, offer
from tests.web.checkout.sheets import GUEST, fields, send, total_shown
from tests.web.visiting import browser_of, parsed, visitor

pytestmark = pytest.mark.django_db


def raised() -> Product:
    """Sold at 20.00 thirty days ago, at 30.00 since ten days."""
    made = bowl(2000)
    ask(made, 3000, days_ago=10)
    return made


def filled(client: Client, *wanted: tuple[Product, int]) -> Client:
    for made, quantity in wanted:
        client.post("/basket/lines", {"product": made.pk, "quantity": quantity})
    return client


def pages(client: Client, made: Product) -> list[Any]:
    """The basket, and the sheet of the shop's part of it."""
    return [parsed(client.get(at)) for at in ("/basket", f"/checkout/new?shop={made.shop_id}")]


def texts(page: Any, path: str) -> list[str]:
    return [" ".join(each.text_content().split()) for each in page.xpath(path)]


def crossed_out(page: Any) -> list[str]:
    return [text.rsplit(" ", 1)[-1] for text in texts(page, "//s[@class='price-was']")]


def reductions(page: Any) -> list[str]:
    """What is told to be taken off: an offer's name and its amount."""
    return texts(page, "//*[contains(@class, 'basket-given') or contains(@class, 'totals-given')]")


def goods(page: Any) -> str:
    """The sum of the lines as it is said first."""
    (first, *_more) = texts(page, "//p[@class='basket-sum']/strong | //dl[@class='totals']//dd")
    return first


def test_a_line_is_at_the_price_announced_beside_the_lowest_of_the_thirty_days_before() -> None:
    made, plain = raised(), cast.product(cast.maison_zinc(), "Cuillère", price_minor=700)
    offer(cast.maison_zinc(), name="Soldes", value=2000, product_ids=[made.pk])
    for page in pages(filled(visitor(), (made, 2), (plain, 1)), made):
        assert crossed_out(page) == ["€20.00"]
        assert texts(page, "//*[contains(@class, 'is-sale')]/*[@class='price-now']") == ["€16.00"]
        assert texts(page, "//*[@class='price-offer']") == ["Soldes"]
        sums = "//*[@class='basket-total' or @class='checkout-sum']"
        assert sorted(texts(page, sums)) == ["€32.00", "€7.00"]
        assert goods(page) == "€39.00"
        assert reductions(page) == []
        assert "€30.00" not in page.text_content()


def test_the_sheet_of_one_thing_says_what_its_page_says() -> None:
    made = raised()
    offer(cast.maison_zinc(), name="Soldes", value=2000)
    variant = cast.variant_of(made).pk
    page = parsed(visitor().get(f"/checkout/new?variant={variant}&quantity=3"))
    assert crossed_out(page) == ["€20.00"]
    assert texts(page, "//dl[@class='totals']/div[1]") == ["3 × €16.00€48.00"]
    assert reductions(page) == []
    assert "€30.00" not in page.text_content()


def test_the_total_shown_is_the_total_charged() -> None:
    made = raised()
    offer(cast.maison_zinc(), value=2000)
    client = filled(visitor(), (made, 2))
    opened = client.get(f"/checkout/new?shop={made.shop_id}")
    shown = total_shown(opened)
    send(client, fields(opened), **GUEST, pay="sandbox:card_ok")
    order = Order.objects.get()
    assert (order.items_minor, order.discount_minor) == (6000, 2800)
    assert shown == f"€{order.total_minor / 100:.2f}"


def test_an_amount_is_taken_off_the_announced_price() -> None:
    made = raised()
    offer(cast.maison_zinc(), name="Soldes", value=2000)
    offer(cast.maison_zinc(), name="Cinq", kind="amount", value=500)
    basket, sheet = pages(filled(visitor(), (made, 2)), made)
    assert goods(basket) == goods(sheet) == "€32.00"
    assert reductions(basket) == ["Cinq −€5.00"]
    assert reductions(sheet) == ["Cinq−€5.00"]
    assert texts(basket, "//p[@class='basket-sum']/strong") == ["€32.00", "€27.00"]


def test_a_code_that_gives_more_says_what_it_takes_off_the_announced_price() -> None:
    made = raised()
    offer(cast.maison_zinc(), name="Soldes", value=2000)
    offer(cast.maison_zinc(), name="Moitié", value=5000, code="MOITIE")
    client, variant = visitor(), cast.variant_of(made).pk
    opened = fields(client.get(f"/checkout/new?variant={variant}&quantity=2"))
    page = parsed(client.post("/checkout/totals", {**opened, "code": "MOITIE"}))
    assert crossed_out(page) == ["€20.00"]
    assert goods(page) == "€32.00"
    assert reductions(page) == ["Moitié (MOITIE)−€2.00"]


def test_pieces_that_are_given_are_said_beside_the_announced_prices() -> None:
    made = raised()
    dear = cast.product(cast.maison_zinc(), "Plat", price_minor=9000)
    offer(cast.maison_zinc(), name="Soldes", value=1000, product_ids=[dear.pk])
    offer(cast.maison_zinc(), name="Le troisième", kind="buy_x_get_y", value=10000,
          buy_quantity=2, get_quantity=1)  # fmt: skip
    basket, _sheet = pages(filled(visitor(), (made, 2), (dear, 1)), made)
    assert goods(basket) == "€141.00"
    assert reductions(basket) == ["Le troisième −€21.00"]
    assert texts(basket, "//p[@class='basket-sum']/strong")[-1] == "€120.00"


def test_what_has_no_prior_price_is_at_its_reduced_price_and_nothing_is_announced() -> None:
    with clock.travelled(timedelta(days=-1)):
        offer(cast.maison_zinc(), name="Ouverture", value=2000)
    made = cast.product(cast.maison_zinc(), "Bol", price_minor=2000)
    for page in pages(filled(visitor(), (made, 1)), made):
        assert goods(page) == "€16.00"
        assert (crossed_out(page), reductions(page)) == ([], [])
        assert "Ouverture" not in page.text_content()


def test_a_percentage_for_named_people_stays_a_reduction() -> None:
    made, ines = raised(), cast.ines()
    offer(cast.maison_zinc(), name="Pour Inès", value=2000, audience="segment", people=["ines"])
    basket, _sheet = pages(filled(browser_of(ines), (made, 1)), made)
    assert (goods(basket), reductions(basket)) == ("€30.00", ["Pour Inès −€6.00"])


def test_a_price_that_rose_under_an_offer_is_pointed_out_only_where_more_is_paid() -> None:
    made = bowl(2000)
    offer(cast.maison_zinc(), value=2000)
    client = filled(visitor(), (made, 1))
    ask(made, 3000)
    for page in pages(client, made):
        assert goods(page) == "€16.00"
        assert not page.xpath("//*[@class='basket-was']")
        assert "Prices have changed" not in page.text_content()


def test_a_dearer_announced_price_is_pointed_out() -> None:
    made = bowl(2000)
    client = filled(visitor(), (made, 1))
    ask(made, 5000)
    with clock.travelled(timedelta(days=40)):
        offer(cast.maison_zinc(), value=2000)
        basket = parsed(client.get("/basket"))
    assert texts(basket, "//*[@class='basket-was']") == ["was €20.00, now €40.00"]
    assert "Prices have changed" in basket.text_content()


def test_what_is_saved_for_later_costs_what_its_page_says() -> None:
    made = raised()
    offer(cast.maison_zinc(), name="Soldes", value=2000)
    client = filled(visitor(), (made, 1))
    client.post(f"/basket/lines/{cast.variant_of(made).pk}/later", {"on": 1})
    page = parsed(client.get("/basket"))
    assert crossed_out(page) == ["€20.00"]
    assert texts(page, "//*[@class='basket-price']//*[@class='price-now']") == ["€16.00"]
    assert texts(page, "//*[@class='price-offer']") == ["Soldes"]
    assert "€30.00" not in page.text_content()


def test_what_is_sold_out_costs_what_its_page_says() -> None:
    made = raised()
    offer(cast.maison_zinc(), value=2000)
    client = filled(visitor(), (made, 1))
    StockItem.objects.filter(variant__product=made).update(available=0)
    page = parsed(client.get("/basket"))
    assert texts(page, "//*[@class='basket-price']//*[@class='price-now']") == ["€16.00"]


def test_a_rise_below_an_announced_price_is_pointed_out() -> None:
    """Twenty percent for followers becomes ten: the catalogue still asks 20.00."""
    made, ines = bowl(2000), cast.ines()
    follows(ines, cast.maison_zinc())
    twenty = offer(cast.maison_zinc(), value=2000, audience="followers")
    client = filled(browser_of(ines), (made, 1))
    change_offer(offer=twenty, draft=draft(value=1000, audience="followers"))
    basket, sheet = pages(client, made)
    for page in (basket, sheet):
        assert texts(page, "//*[@class='basket-was']") == ["was €16.00, now €18.00"]
    assert "Prices have changed" in basket.text_content()
    client.post("/basket/prices")
    for page in pages(client, made):
        assert not page.xpath("//*[@class='basket-was']")


def test_the_end_of_an_announced_percentage_is_pointed_out() -> None:
    made = bowl(2000)
    sale = offer(cast.maison_zinc(), value=2000)
    client = filled(visitor(), (made, 1))
    stop_offer(offer=sale)
    for page in pages(client, made):
        assert texts(page, "//*[@class='basket-was']") == ["was €16.00, now €20.00"]


def test_putting_in_where_nothing_is_announced_costs_no_query_more() -> None:
    made, other = bowl(2000), cast.product(cast.atelier_brume(), "Vase", price_minor=4200)
    offer(cast.atelier_brume(), value=2000)
    client = filled(visitor(), (made, 1), (other, 1))
    asked = []
    for each in (made, other):
        with Counted() as counted:
            filled(client, (each, 1))
        asked.append(len(counted.statements))
    assert asked[0] < asked[1] <= asked[0] + 3


def test_the_sheet_says_what_each_variant_costs_under_an_announced_percentage() -> None:
    prices = {"S": 2000, "M": 4000}
    drafts = [VariantDraft(price_minor=p, stock=5, options={"size": s}) for s, p in prices.items()]
    shop = cast.maison_zinc()
    with clock.travelled(timedelta(days=-40)):
        made = create_product(shop=shop, title="Chemise", description="", variants=drafts)
    offer(cast.maison_zinc(), value=2000)
    first, second = made.variants.order_by("position")
    for variant, said in ((first, ["S", "M · €32.00"]), (second, ["S · €16.00", "M"])):
        page = parsed(visitor().get(f"/checkout/new?variant={variant.pk}"))
        assert texts(page, "//select[@name='variant']/option") == said
