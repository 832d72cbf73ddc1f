"""Percentages that a shop announces to all: what is told is true of the lowest price of the thirty
days before, and is what is charged."""

from datetime import timedelta

import pytest

from comptoir.catalog.models import Announcement, Product
from comptoir.catalog.services.products import VariantDraft, create_product
from comptoir.common import clock
from comptoir.sales.models import Order
from comptoir.sales.services.offers import change_offer, resume_offer, stop_offer
from comptoir.shops.models import Role
from tests import cast
from tests.catalog.test_price_changes import ask, bowl, crossed_out
from tests.sales.buying import basket, order_of
from tests.sales.offering import draft, offer
from tests.web.visiting import browser_of, text_of, visitor

pytestmark = pytest.mark.django_db


def told(made: Product) -> str:
    """What the product's page says, up to the first thing that is not of its price."""
    shown = text_of(visitor().get(f"/products/{made.pk}"))
    return shown.split('class="product-offer"')[1].split("<form")[0]


def bought(made: Product, quantity: int = 1) -> Order:
    wanted = (cast.variant_of(made), quantity)
    return order_of(basket(wanted, method=cast.pick_up(cast.maison_zinc())).sent())


def test_the_price_that_all_pay_stands_beside_the_lowest_of_the_thirty_days_before() -> None:
    made = bowl(2000)
    offer(cast.maison_zinc(), value=2000)
    shown = told(made)
    assert "€16.00" in shown
    assert "Lowest price of the last 30 days: €20.00" in shown
    assert "20% off" in shown
    assert bought(made).total_minor == 1600


def test_a_price_raised_before_the_offer_is_not_what_it_comes_off() -> None:
    made = bowl(2000)
    ask(made, 3000, days_ago=10)
    offer(cast.maison_zinc(), value=2000)
    shown = told(made)
    assert "€16.00" in shown
    assert "€20.00" in shown
    assert "€30.00" not in shown
    order = bought(made, 3)
    assert (order.items_minor, order.discount_minor) == (9000, 4200)


def test_an_offer_that_ended_makes_the_price_of_the_next_one() -> None:
    made = bowl(2000)
    with clock.travelled(timedelta(days=-20)):
        first = offer(cast.maison_zinc(), value=5000)
    with clock.travelled(timedelta(days=-10)):
        stop_offer(offer=first)
    offer(cast.maison_zinc(), name="Again", value=1000)
    shown = told(made)
    assert "Lowest price of the last 30 days: €10.00" in shown
    assert "€9.00" in shown
    assert bought(made).total_minor == 900


def test_what_is_new_is_sold_at_the_reduced_price_and_nothing_is_announced() -> None:
    with clock.travelled(timedelta(days=-1)):
        offer(cast.maison_zinc(), value=2000)
    made = cast.product(cast.maison_zinc(), "Bol", price_minor=2000)
    shown = told(made)
    assert "€16.00" in shown
    assert "€20.00" not in shown
    assert "20% off" not in shown
    assert bought(made).total_minor == 1600


def test_a_code_comes_off_the_price_of_now() -> None:
    made = bowl(2000)
    ask(made, 3000, days_ago=10)
    offer(cast.maison_zinc(), value=2000, code="VINGT")
    wanted = basket(
        (cast.variant_of(made), 1), method=cast.pick_up(cast.maison_zinc()), codes=("VINGT",)
    )
    assert order_of(wanted.sent()).total_minor == 2400
    assert "€30.00" in told(made)


def test_an_offer_to_named_people_comes_off_the_price_of_now() -> None:
    made = bowl(2000)
    ask(made, 3000, days_ago=10)
    cast.ines()
    offer(cast.maison_zinc(), value=2000, audience="segment", people=["ines"])
    shown = text_of(browser_of(cast.ines()).get(f"/products/{made.pk}"))
    assert "€24.00" in shown
    assert not Announcement.objects.exists()


def test_what_followers_are_promised_is_true_of_the_lowest_price_too() -> None:
    made = bowl(2000)
    ask(made, 3000, days_ago=10)
    offer(cast.maison_zinc(), value=1000, audience="followers")
    shown = told(made)
    assert "€30.00" in shown
    assert "€18.00" in shown


def test_a_sale_after_an_offer_crosses_out_what_the_offer_made_of_the_price() -> None:
    made = bowl(2000)
    with clock.travelled(timedelta(days=-20)):
        first = offer(cast.maison_zinc(), value=1000)
    with clock.travelled(timedelta(days=-10)):
        stop_offer(offer=first)
    ask(made, 2000, 1500)
    assert crossed_out(made) == (1800, 1800, 1800)
    ask(made, 2000, 1900)
    assert crossed_out(made) == (None, None, None)


def test_the_cheapest_variant_gives_the_price_from_which_it_is_sold() -> None:
    with clock.travelled(timedelta(days=-60)):
        drafts = [
            VariantDraft(price_minor=price, stock=5, options={"size": size})
            for size, price in (("M", 2000), ("S", 1000))
        ]
        made = create_product(shop=cast.maison_zinc(), title="Bol", description="", variants=drafts)
    offer(cast.maison_zinc(), value=2000)
    shown = told(made)
    assert "from" in shown
    assert "€8.00" in shown
    page = text_of(visitor().get(f"/products/{made.pk}"))
    assert '"price": "16.00"' in page.replace("&quot;", '"')


def shares_told() -> list[int]:
    return list(Announcement.objects.order_by("at", "id").values_list("share_bp", flat=True))


def test_every_change_of_what_is_announced_is_written_down_once() -> None:
    made = offer(cast.maison_zinc(), value=1000)
    change_offer(offer=made, draft=draft(name="Other name"))
    assert shares_told() == [1000]
    change_offer(offer=made, draft=draft(value=2000))
    stop_offer(offer=made)
    stop_offer(offer=made)
    resume_offer(offer=made)
    change_offer(offer=made, draft=draft(value=2000, code="HIDDEN"))
    assert shares_told() == [1000, 2000, 0, 2000, 0]


def test_the_form_says_what_an_announced_percentage_comes_off() -> None:
    cast.staff(cast.maison_zinc(), cast.malo(), Role.MANAGER)
    shown = text_of(browser_of(cast.malo()).get("/counter/maison_zinc/offers/new"))
    assert "the lowest price that everyone was asked during the 30 days before" in shown
