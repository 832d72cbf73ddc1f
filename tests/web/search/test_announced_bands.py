"""Percentages announced to all, where one narrows by price: what is found is what its card says."""

import random
from bisect import bisect
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import connection

from comptoir.catalog.cards import ProductCard, cards_of
from comptoir.catalog.collections import collection_cards
from comptoir.catalog.models import AskedPrice, PriceToAsk, Product, Variant
from comptoir.catalog.services.collections import set_collection
from comptoir.common import clock
from comptoir.common.errors import Refused
from comptoir.discovery.models import Listing
from comptoir.discovery.search.facets import PRICE_BANDS
from comptoir.discovery.search.upkeep import relist_due
from comptoir.people.actor import ANYONE
from comptoir.sales.models import Offer
from comptoir.sales.services.offers import resume_offer, stop_offer
from comptoir.shops.models import Shop
from tests import cast
from tests.catalog.test_price_changes import ask, bowl
from tests.sales.buying import Counted
from tests.sales.offering import offer
from tests.web.search.test_facets import titles

pytestmark = pytest.mark.django_db

UP_TO_TEN, UP_TO_25 = "/search?q=bol&price=0", "/search?q=bol&price=1"


def found() -> tuple[bool, bool]:
    """Whether the bowl is found up to 10.00, and from there to 25.00, a minute later."""
    relist_due()
    return bool(titles(UP_TO_TEN)), bool(titles(UP_TO_25))


def test_a_filter_finds_what_its_card_says() -> None:
    bowl(1100)
    assert found() == (False, True)
    announced = offer(cast.maison_zinc(), value=2000)
    assert found() == (True, False)
    stop_offer(offer=announced)
    assert found() == (False, True)


def test_an_offer_begins_and_ends_by_the_clock() -> None:
    bowl(1100)
    now = clock.now()
    offer(cast.maison_zinc(), starts=now + timedelta(hours=1), ends=now + timedelta(hours=3))
    seen = []
    for hours in range(0, 6, 2):
        with clock.travelled(timedelta(hours=hours)):
            seen.append(found())
    assert seen == [(False, True), (True, False), (False, True)]


def test_a_shop_whose_offer_ended_by_the_clock_is_asked_no_more() -> None:
    bowl(1100)
    offer(cast.maison_zinc(), ends=clock.now() + timedelta(hours=1))
    assert found() == (True, False)
    with clock.travelled(timedelta(hours=2)):
        assert found() == (False, True)
        assert not Shop.objects.filter(announces=True).exists()
        assert not AskedPrice.objects.exists()
        assert not PriceToAsk.objects.exists()


def test_a_price_that_changes_under_an_offer_moves_too() -> None:
    made = bowl(1100)
    offer(cast.maison_zinc(), value=500)
    assert found() == (False, True)
    ask(made, 1000)
    assert found() == (True, False)


def test_a_collection_s_highest_price_counts_what_its_cards_say() -> None:
    made, plain = bowl(1100), cast.product(cast.maison_zinc(), "Pot", price_minor=950)
    rule = set_collection(
        shop=cast.maison_zinc(), collection_id=None, title="Petits prix", most_minor=1000
    )
    assert [card.id for card in collection_cards(rule)] == [plain.pk]
    announced = offer(cast.maison_zinc(), value=1000, product_ids=[made.pk])
    relist_due()
    assert {card.id for card in collection_cards(rule)} == {plain.pk, made.pk}
    stop_offer(offer=announced)
    relist_due()
    assert [card.id for card in collection_cards(rule)] == [plain.pk]


def test_a_place_without_announcements_keeps_nothing_and_asks_for_nothing() -> None:
    made = bowl(1100)
    ask(made, 1200)
    Product.objects.update(status="withdrawn")
    assert not PriceToAsk.objects.exists()
    with Counted() as counted:
        relist_due()
    assert len(counted.statements) <= 5


@pytest.mark.parametrize("seed", range(4))
def test_after_anything_every_band_is_that_of_the_card(seed: int) -> None:
    chance, shop = random.Random(seed), cast.maison_zinc()
    made = [bowl(chance.randint(900, 6000)) for _number in range(6)]
    offer(shop, value=3000, product_ids=[made[0].pk])
    late = timedelta()
    acts: list[Callable[[Product], object]] = [
        lambda p: offer(shop, value=chance.randint(500, 6000), product_ids=[p.pk]),
        lambda _p: offer(
            shop, value=chance.randint(500, 6000), minimum_minor=chance.randint(0, 5000),
            starts=clock.now() + timedelta(hours=chance.randint(0, 40)),
            ends=clock.now() + timedelta(hours=chance.randint(41, 90)),
        ),
        lambda p: offer(shop, value=5000, product_ids=[p.pk], limit_total=5),
        lambda _p: stop_offer(offer=chance.choice(Offer.objects.all())),
        lambda _p: resume_offer(offer=chance.choice(Offer.objects.all())),
        lambda p: ask(p, chance.randint(900, 9000)),
        lambda p: ask(p, 9000, chance.randint(900, 8000)),
        lambda p: Product.objects.filter(pk=p.pk).update(
            withdrawal=chance.choice(("", "perishable"))
        ),
        lambda p: Product.objects.filter(pk=p.pk).update(
            buy_url=chance.choice(("", "https://zinc.example/bol"))
        ),
        lambda p: Variant.objects.filter(product=p).update(
            status=chance.choice(("active", "active", "withdrawn"))
        ),
    ]  # fmt: skip
    for _act in range(25):
        late += timedelta(hours=chance.randint(0, 12))
        with clock.travelled(late):
            with suppress(Refused):
                chance.choice(acts)(chance.choice(made))
            if chance.random() < 0.5:
                continue
            relist_due()
            said = {card.id: band_of(card.price_minor) for card in all_cards()}
            assert said == {one.pk: band_listed(one) for one in Listing.objects.all()}


def all_cards() -> list[ProductCard]:
    return list(cards_of(ANYONE, Product.objects.values_list("pk", flat=True)).values())


def band_of(price_minor: int) -> str:
    return f"price:{bisect([low for low, _high in PRICE_BANDS], price_minor) - 1}"


def band_listed(one: Listing) -> str:
    return next(each for each in one.facets if each.startswith("price:"))


def test_prices_are_worked_out_by_one_at_a_time() -> None:
    bowl(1100)
    offer(cast.maison_zinc(), value=2000)
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            name = ["discovery.relist_announced"]
            cursor.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", name)
            assert relist_due() == 0
            cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", name)
    finally:
        other.close()
    assert relist_due() == 1
