"""Percentages announced to all, on cards: the price that one will pay, with what may be crossed out
beside it, as the product's page says both."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from comptoir.catalog.models import Product
from comptoir.catalog.services.products import VariantDraft, create_product
from comptoir.common import clock
from comptoir.sales.services.offers import resume_offer, stop_offer
from comptoir.shops.models import Shop
from tests import cast, circle
from tests.catalog.test_price_changes import ask, bowl
from tests.common.two_connections import behind
from tests.sales.offering import offer
from tests.web.visiting import parsed, visitor

pytestmark = pytest.mark.django_db

Prices = tuple[str, str | None]


def prices(address: str, place: str) -> Prices:
    """What stands as price now and crossed out, at the first such place of a page."""
    shown = parsed(visitor().get(address)).xpath(f"(//*[contains(@class, '{place}')])[1]")[0]
    (now,) = shown.xpath(".//span[@class='price-now']/text()")
    was = shown.xpath(".//s[@class='price-was']/text()")
    return now, was[0] if was else None


def on_card() -> Prices:
    return prices("/@maison_zinc/products", "card-offer")


def on_page(made: Product) -> Prices:
    return prices(f"/products/{made.pk}", "product-offer")


def test_the_card_says_what_is_paid_and_the_lowest_of_the_thirty_days_before() -> None:
    made = bowl(2000)
    ask(made, 3000, days_ago=10)
    assert on_card() == ("€30.00", None)
    announced = offer(cast.maison_zinc(), value=2000)
    assert on_card() == on_page(made) == ("€16.00", "€20.00")
    stop_offer(offer=announced)
    assert on_card() == on_page(made) == ("€30.00", None)


def test_what_is_new_stands_at_the_reduced_price_with_nothing_crossed_out() -> None:
    with clock.travelled(timedelta(days=-1)):
        offer(cast.maison_zinc(), value=2000)
    made = cast.product(cast.maison_zinc(), "Bol", price_minor=2000)
    assert on_card() == on_page(made) == ("€16.00", None)


def test_a_percentage_off_a_price_in_a_sale_comes_off_the_reference_of_the_sale() -> None:
    made = bowl(2000)
    ask(made, 2000, 1900, days_ago=2)
    offer(cast.maison_zinc(), value=1000)
    assert on_card() == on_page(made) == ("€17.10", "€20.00")


def test_of_two_percentages_the_better_one_counts() -> None:
    made = bowl(2000)
    offer(cast.maison_zinc(), value=1000)
    offer(cast.maison_zinc(), value=3000, product_ids=[made.pk])
    assert on_card() == on_page(made) == ("€14.00", "€20.00")


@pytest.mark.parametrize(
    "said",
    [
        {"code": "VINGT"},
        {"audience": "followers"},
        {"audience": "segment", "people": ["ines"]},
        {"minimum_minor": 2001},
        {"limit_per_customer": 1},
        {"limit_total": 10},
        {"starts": clock.now() + timedelta(days=1)},
    ],
    ids=lambda said: next(iter(said)),
)
def test_what_is_not_for_everyone_or_not_sure_stays_off_cards(said: dict[str, Any]) -> None:
    cast.ines()
    bowl(2000)
    offer(cast.maison_zinc(), value=2000, **said)
    assert on_card() == ("€20.00", None)


def test_another_product_and_one_that_is_bought_elsewhere_keep_their_price() -> None:
    made = bowl(2000)
    other = cast.product(cast.maison_zinc(), "Vase", price_minor=4200)
    offer(cast.maison_zinc(), value=2000, product_ids=[other.pk])
    assert prices("/@maison_zinc/products", "card-offer")[0] == "€33.60"
    assert on_page(made) == ("€20.00", None)
    Product.objects.filter(pk=other.pk).update(buy_url="https://example.org/vase")
    assert on_card() == on_page(other) == ("€42.00", None)


def test_the_card_of_several_variants_says_from_the_cheapest() -> None:
    with clock.travelled(timedelta(days=-60)):
        drafts = [
            VariantDraft(price_minor=price, stock=5, options={"size": size})
            for size, price in (("M", 2000), ("S", 1000))
        ]
        made = create_product(shop=cast.maison_zinc(), title="Bol", description="", variants=drafts)
    offer(cast.maison_zinc(), value=2000)
    assert on_card() == on_page(made) == ("€8.00", "€10.00")
    offer(cast.maison_zinc(), value=7000, minimum_minor=1500)  # of one piece, M alone
    assert on_card() == on_page(made) == ("€6.00", "€20.00")


def test_feed_search_and_data_say_the_same_price() -> None:
    made = bowl(2000)
    offer(cast.maison_zinc(), value=2000)
    post = circle.says(cast.ines(), "Mon bol", made)
    assert prices(f"/posts/{post.pk}", "card-offer") == ("€16.00", "€20.00")
    assert prices("/search?q=Bol", "card-offer") == ("€16.00", "€20.00")
    assert prices("/", "card-offer") == ("€16.00", "€20.00")
    (one,) = visitor().get("/for-you", HTTP_ACCEPT="application/json").json()["products"]
    assert (one["price_minor"], one["price_max_minor"], one["was_minor"]) == (1600, 1600, 2000)


def test_a_shop_announces_until_its_last_percentage_is_stopped() -> None:
    made = bowl(2000)
    first = offer(cast.maison_zinc(), value=2000)
    second = offer(cast.maison_zinc(), value=1000)
    stop_offer(offer=first)
    assert on_card() == on_page(made) == ("€14.40", "€16.00")  # dearer: another reduction begins
    stop_offer(offer=second)
    assert not Shop.objects.filter(announces=True).exists()
    resume_offer(offer=first)
    assert on_card() == on_page(made)
    assert on_card()[1] == "€14.40"


@pytest.mark.django_db(transaction=True)
def test_one_stopped_while_another_begins_leaves_the_shop_announcing() -> None:
    made = bowl(2000)
    at = cast.maison_zinc()
    first = offer(at, value=2000)
    second = offer(at, value=1000, name="Other")
    stop_offer(offer=second)
    with transaction.atomic():
        resume_offer(offer=second)
        stopped = behind(lambda: stop_offer(offer=first))
    stopped()
    assert on_card() == on_page(made) == ("€14.40", "€16.00")
