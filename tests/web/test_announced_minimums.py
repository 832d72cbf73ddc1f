"""A percentage that is announced from an amount on: what a basket showed is what one knows, so that
a price which rises afterwards is pointed out, in the basket and in the sheet."""

from datetime import timedelta

import pytest
from django.test import Client

from comptoir.catalog.models import Product
from comptoir.common import clock
from comptoir.sales.models import BasketLine
from comptoir.sales.services.offers import stop_offer
from tests import cast
from tests.catalog.test_price_changes import ask, bowl
from tests.sales.buying import Counted
from tests.sales.offering import offer
from tests.web.test_announced_purchases import filled, goods, pages, texts
from tests.web.visiting import parsed, visitor

pytestmark = pytest.mark.django_db


def spoon() -> Product:
    return cast.product(cast.maison_zinc(), "Cuillère", price_minor=1500)


def from_thirty(made: Product, **said: object) -> None:
    """Twenty percent off it, where it is bought for 30.00 or more."""
    offer(made.shop, name="Soldes", value=2000, minimum_minor=3000, **said)


def told(client: Client, made: Product) -> list[list[str]]:
    """What basket and sheet point out."""
    return [texts(page, "//*[@class='basket-was']") for page in pages(client, made)]


def test_who_falls_below_the_minimum_is_told_what_things_cost_more() -> None:
    made, beside = bowl(2000), spoon()
    from_thirty(made)
    client = filled(visitor(), (made, 1), (beside, 1))
    assert goods(parsed(client.get("/basket"))) == "€28.00"
    client.post(f"/basket/lines/{cast.variant_of(beside).pk}", {"quantity": 0})
    assert told(client, made) == [["was €16.00, now €20.00"]] * 2
    assert "Prices have changed" in client.get("/basket").content.decode()
    client.post("/basket/prices")
    assert told(client, made) == [[], []]


def test_a_lowest_price_that_moves_is_told() -> None:
    """20.00 until yesterday and 25.00 since: the same offer begins anew when 20.00 is long past."""
    made = bowl(2000)
    ask(made, 2500, days_ago=1)
    from_thirty(made)
    client = filled(visitor(), (made, 2))
    assert goods(parsed(client.get("/basket"))) == "€32.00"
    with clock.travelled(timedelta(days=40)):
        stop_offer(offer=made.shop.offers.get())
        from_thirty(made)
        assert told(client, made) == [["was €16.00, now €20.00"]] * 2


def test_what_falls_below_while_it_is_looked_at_is_told_in_the_sheet() -> None:
    """From the basket one goes to the sheet; the offer ends in between."""
    made = bowl(2000)
    from_thirty(made)
    client = filled(visitor(), (made, 2))
    basket = parsed(client.get("/basket"))
    assert goods(basket) == "€32.00"
    stop_offer(offer=made.shop.offers.get())
    sheet = parsed(client.get(f"/checkout/new?shop={made.shop_id}"))
    assert texts(sheet, "//*[@class='basket-was']") == ["was €16.00, now €20.00"]


def test_going_above_the_minimum_is_no_news_and_below_it_again_is() -> None:
    made = bowl(2000)
    from_thirty(made)
    client, line = filled(visitor(), (made, 1)), f"/basket/lines/{cast.variant_of(made).pk}"
    assert told(client, made) == [[], []]
    client.post(line, {"quantity": 2})
    assert told(client, made) == [[], []]
    client.post(line, {"quantity": 1})
    assert told(client, made) == [["was €16.00, now €20.00"]] * 2


def test_a_basket_writes_what_it_shows_once() -> None:
    made = bowl(2000)
    from_thirty(made)
    client = filled(visitor(), (made, 2))
    statements = []
    for _time in range(2):
        with Counted() as counted:
            client.get("/basket")
        statements.append(len(counted.statements))
    assert statements[1] < statements[0]
    assert BasketLine.objects.get().seen_unit_minor == 1600
