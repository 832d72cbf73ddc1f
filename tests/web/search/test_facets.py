"""Facets beside a plain recount on random shelves; listings beside the truth they come from."""

import random
from collections import Counter
from urllib.parse import parse_qs, urlsplit

import pytest
from lxml.html import HtmlElement

from comptoir.catalog.models import Product, StockItem, Variant
from comptoir.catalog.services.products import set_price
from comptoir.discovery.models import Listing
from comptoir.discovery.search import Wish, chosen, find_products
from comptoir.discovery.search.facets import PRICE_BANDS
from comptoir.discovery.search.upkeep import (
    list_everything,
    relist_due,
)
from comptoir.people.actor import ANYONE
from comptoir.people.models import Profile
from comptoir.people.services import block
from tests import cast
from tests.web.visiting import browser_of, parsed, visitor

pytestmark = pytest.mark.django_db


def titles(address: str, client: object = None) -> list[str]:
    page = parsed((client or visitor()).get(address))  # type: ignore[attr-defined]
    return [str(one.text_content()).strip() for one in page.xpath("//*[@class='card-title']")]


def facet(page: HtmlElement, name: str) -> dict[str, int]:
    """What the page says: value to how many."""
    rows = page.xpath(f"//input[@type='checkbox'][@name='{name}']/parent::label")
    return {
        row.xpath("string(input/@value)"): int(row.xpath("string(*[@class='facet-count'])"))
        for row in rows
    }


def town_of_soaps(seed: int) -> dict[int, dict[str, str]]:
    """Random products named soap in two shops; what each is, as a plain reader would count it."""
    chance, made = random.Random(seed), {}
    shops = [cast.maison_zinc(), cast.atelier_brume()]
    Profile.objects.filter(pk=shops[0].pk).update(place="Brest")
    for number in range(25):
        shop, price = chance.choice(shops), chance.choice((450, 1000, 2400, 4999, 12000, 30000))
        stock, brand = chance.choice((0, 3)), chance.choice(("", "Zinc", "Brume & fils"))
        category = chance.choice(("", "Maison > Bain > Savons", "Maison > Bain", "Beauté"))
        product = cast.product(shop, f"Savon {number}", price_minor=price, stock=stock)
        Product.objects.filter(pk=product.pk).update(brand=brand, category=category)
        if chance.random() < 0.2:
            Product.objects.filter(pk=product.pk).update(status="withdrawn")
            continue
        band = next(
            at for at, (low, high) in enumerate(PRICE_BANDS) if high is None or price < high
        )
        made[product.pk] = {
            "shop": str(shop.pk), "price": str(band), "brand": brand,
            "category": " > ".join(category.split(" > ")[:2]),
            "place": "Brest" if shop == shops[0] else "", "stock": "1" if stock else "",
        }  # fmt: skip
    return made


@pytest.mark.parametrize("seed", range(3))
def test_facets_count_what_a_plain_recount_counts(seed: int) -> None:
    made = town_of_soaps(seed)
    page = parsed(visitor().get("/search", {"q": "savon"}))
    for name in ("shop", "price", "brand", "category", "place", "stock"):
        expected = Counter(one[name] for one in made.values() if one[name])
        assert facet(page, name) == expected, name


@pytest.mark.parametrize("seed", range(3))
def test_facets_combine_and_a_chosen_one_counts_what_its_others_would_give(seed: int) -> None:
    made = town_of_soaps(seed)
    address = "/search?q=savon&stock=1&price=0&price=2&category=Maison+%3E+Bain"
    page = parsed(visitor().get(address))

    def matching(*but: str) -> list[dict[str, str]]:
        tests = {"stock": {"1"}, "price": {"0", "2"}, "category": {"Maison > Bain"}}
        return [
            one for one in made.values()
            if all(one[name] in wanted for name, wanted in tests.items() if name not in but)
        ]  # fmt: skip

    assert len(titles(address)) == len(matching())
    for name in ("price", "brand", "shop"):
        counted = Counter(one[name] for one in matching(name) if one[name])
        said = {value: count for value, count in facet(page, name).items() if count}
        assert said == counted, name


def test_a_choice_survives_in_the_address_and_goes_one_by_one() -> None:
    town_of_soaps(1)
    page = parsed(visitor().get("/search?q=savon&stock=1&price=0&brand=Zinc"))

    hidden = page.xpath("//form[@id='facets']//input[@type='hidden']")
    assert [(one.get("name"), one.get("value")) for one in hidden] == [("q", "savon")]
    assert len(page.xpath("//form[@id='facets']//input[@checked]")) == 3
    removing = page.xpath("//ul[contains(@class,'facet-chosen')]//a/@href")
    left = [parse_qs(urlsplit(str(href)).query) for href in removing]
    assert [sorted(one) for one in left] == [
        ["brand", "q", "stock"], ["price", "q", "stock"], ["brand", "price", "q"], ["q"],
    ]  # fmt: skip


def test_blocked_and_suspended_shops_and_withdrawn_products_are_neither_shown_nor_counted() -> None:
    malo = cast.malo()
    zinc, brume = cast.maison_zinc(), cast.atelier_brume()
    for shop in (zinc, brume):
        cast.product(shop, "Savon")
    gone = cast.product(brume, "Savon passé")
    Product.objects.filter(pk=gone.pk).update(status="withdrawn")
    block(actor=malo.actor, profile_id=zinc.pk)

    page = parsed(browser_of(malo).get("/search?q=savon"))
    assert facet(page, "shop") == {str(brume.pk): 1}
    Profile.objects.filter(pk=brume.pk).update(is_suspended=True)
    assert titles("/search?q=savon", browser_of(malo)) == []
    assert facet(parsed(visitor().get("/search?q=savon")), "shop") == {str(zinc.pk): 1}


def test_a_closed_shop_has_nothing_in_stock() -> None:
    zinc = cast.maison_zinc()
    cast.product(zinc, "Savon")
    type(zinc).objects.filter(pk=zinc.pk).update(status="closed")
    page = parsed(visitor().get("/search?q=savon"))
    assert facet(page, "stock") == {}
    assert titles("/search?q=savon&stock=1") == []
    assert titles("/search?q=savon") == ["Savon"]


def listed() -> list[tuple[object, ...]]:
    rows = Listing.objects.order_by("product_id")
    return list(rows.values_list("product_id", "shop_id", "facets", "head", "whole"))


def test_a_listing_follows_its_product_in_the_same_transaction() -> None:
    zinc, chance = cast.maison_zinc(), random.Random(5)
    made = [cast.product(zinc, f"Savon {number}", stock=1) for number in range(4)]
    acts = [
        lambda p: Product.objects.filter(pk=p.pk).update(title="Savon changé"),
        lambda p: Product.objects.filter(pk=p.pk).update(
            status=chance.choice(("active", "withdrawn"))
        ),
        lambda p: StockItem.objects.filter(variant__product=p).update(
            available=chance.choice((0, 5))
        ),
        lambda p: Variant.objects.filter(product=p).update(
            status=chance.choice(("active", "withdrawn"))
        ),
        lambda p: Variant.objects.filter(product=p).update(price_minor=chance.randint(100, 90000)),
        lambda p: Profile.objects.filter(pk=p.shop_id).update(place=chance.choice("ABC")),
    ]
    for _ in range(40):
        chance.choice(acts)(chance.choice(made))
        kept = listed()
        Listing.objects.all().delete()
        list_everything()
        assert kept == listed()


def test_a_sale_that_begins_moves_the_price_by_a_job() -> None:
    product = cast.product(cast.maison_zinc(), "Savon", price_minor=6000)
    variant = cast.variant_of(product)
    set_price(product=product, variant_id=variant.pk, price_minor=6000, sale_price_minor=900)
    assert find_products(ANYONE, Wish("savon", chosen({"price": ["0"]}))).ids == [product.pk]
    Listing.objects.update(facets=["price:3"], due_at="2020-01-01T00:00Z")
    assert relist_due() == 1
    assert find_products(ANYONE, Wish("savon", chosen({"price": ["0"]}))).ids == [product.pk]
    assert relist_due() == 0
