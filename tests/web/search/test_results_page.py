"""What a search gives back: mistakes mended, facets, tabs, looks and posts, and nothing private."""

import random
from collections import Counter
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml.html import HtmlElement

from comptoir.catalog.models import Product, StockItem, Variant
from comptoir.catalog.services.products import set_price
from comptoir.discovery.models import Listing
from comptoir.discovery.search import Wish, chosen, find_products
from comptoir.discovery.search.facets import PRICE_BANDS
from comptoir.discovery.search.upkeep import (
    count_loved,
    count_words,
    learn_words,
    list_everything,
    relist_due,
)
from comptoir.people.actor import ANYONE
from comptoir.people.models import Profile
from comptoir.people.models.profile import Audience
from comptoir.people.services import block
from tests import cast, circle
from tests.web.visiting import SCRIPT, browser_of, links, parsed, text_of, visitor

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


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("theieres emaillees", "Théière émaillée"),
        ("THÉIÈRE", "Théière émaillée"),
        ("chevaux", "Cheval de bois"),
        ("knife", "Small paring knife"),
        ("candle", "Scented candles"),
        ("the green candles", "Scented candles"),
        ("bougie pour la maison", "Bougie de la maison"),
        ("boug", "Bougie de la maison"),
        ("tire-bouchon 1.5", "Tire-bouchon 1.5 cl"),
        ("bouchon tire", "Tire-bouchon 1.5 cl"),
    ],
)
def test_words_are_forgiven_their_endings_accents_and_what_is_not_typed_yet(
    asked: str, found: str
) -> None:
    zinc = cast.maison_zinc()
    for title in ("Théière émaillée", "Cheval de bois", "Small paring knife", "Scented candles"):
        cast.product(zinc, title)
    for title in ("Bougie de la maison", "Tire-bouchon 1.5 cl"):
        cast.product(zinc, title)
    Product.objects.filter(title="Scented candles").update(description="Green wax")
    count_words()
    assert titles(f"/search?q={asked}")[:1] == [found]


@pytest.mark.parametrize("asked", ["theirre", "teiere", "émailllée", "thiéère", "theieere"])
def test_mistakes_are_mended_and_said(asked: str) -> None:
    cast.product(cast.maison_zinc(), "Théière émaillée")
    count_words()

    response = visitor().get("/search", {"q": asked})

    assert titles(f"/search?q={asked}") == ["Théière émaillée"]
    assert "Shown: results for" in text_of(response)
    same = next(href for href in links(response) if "exactly=1" in href)
    assert titles(same) == []


def test_a_rare_word_near_a_common_one_is_asked_about_not_replaced() -> None:
    zinc = cast.maison_zinc()
    cast.product(zinc, "Bole ancien")
    for number in range(4):
        cast.product(zinc, f"Bol {number}")
    count_words()

    response = visitor().get("/search", {"q": "bole"})

    assert "Bole ancien" in titles("/search?q=bole")
    assert "Shown: results for" not in text_of(response)


def test_with_no_product_of_all_words_those_of_some_are_shown_and_it_is_said() -> None:
    cast.product(cast.maison_zinc(), "Théière émaillée")
    response = visitor().get("/search", {"q": "théière couteau"})
    assert titles("/search?q=théière couteau") == ["Théière émaillée"]
    assert "Nothing has all of these words" in text_of(response)


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


def test_more_than_a_page_goes_on_where_it_ended() -> None:
    zinc = cast.maison_zinc()
    for number in range(30):
        cast.product(zinc, f"Clou {number}")
    first = visitor().get("/search", {"q": "clou"})
    following = parsed(first).xpath("string(//a[@rel='next']/@href)")
    second = titles(str(following))
    assert len(titles("/search?q=clou")) == 24
    assert len(second) == 6
    assert not set(second) & set(titles("/search?q=clou"))
    assert "30 products" in text_of(first)
    assert titles("/search?q=clou&page=99") == []


def test_my_circle_shows_only_what_people_near_me_acted_on() -> None:
    ines, malo, zinc = cast.ines(), cast.malo(), cast.maison_zinc()
    circle.follows(ines, malo)
    liked, other = cast.product(zinc, "Savon noir"), cast.product(zinc, "Savon blanc")
    circle.recommends(malo, liked)
    reading = browser_of(ines)

    assert titles("/search?q=savon", reading) == [liked.title, other.title]
    assert titles("/search?q=savon&circle=1", reading) == [liked.title]
    assert "Malo recommends it" in text_of(reading.get("/search?q=savon&circle=1"))
    assert "My circle" in text_of(reading.get("/search?q=savon"))
    assert "My circle" not in text_of(visitor().get("/search?q=savon"))
    assert "Nothing from your circle" in text_of(reading.get("/search?q=blanc&circle=1"))


@pytest.mark.parametrize("audience", [Audience.ME, Audience.FOLLOWERS])
def test_acts_that_are_not_for_me_neither_move_nor_show(audience: str) -> None:
    ines, malo, zinc = cast.ines(), cast.malo(), cast.maison_zinc()
    if audience == Audience.ME:
        circle.follows(ines, malo)
    hidden, newer = cast.product(zinc, "Savon noir"), cast.product(zinc, "Savon blanc")
    circle.recommends(malo, hidden, audience=audience)
    count_loved()

    assert titles("/search?q=savon", browser_of(ines)) == [newer.title, hidden.title]
    assert titles("/search?q=savon&circle=1", browser_of(ines)) == []
    assert titles("/search?q=savon") == [newer.title, hidden.title]


def test_a_visitor_sees_what_many_different_people_love_first() -> None:
    zinc = cast.maison_zinc()
    loved, newer = cast.product(zinc, "Savon noir"), cast.product(zinc, "Savon blanc")
    for who in (cast.ines(), cast.malo(), cast.basile()):
        circle.recommends(who, loved)
    assert titles("/search?q=savon") == [newer.title, loved.title]
    count_loved()
    assert titles("/search?q=savon") == [loved.title, newer.title]


def test_posts_and_looks_are_found_by_those_who_may_read_them() -> None:
    ines, malo, zoe = cast.ines(), cast.malo(), cast.zoe()
    circle.follows(malo, ines)
    said = {
        audience: circle.says(ines, f"Les hirondelles {audience}", audience=audience)
        for audience in (Audience.EVERYONE, Audience.FOLLOWERS, Audience.ME)
    }

    def found(client: object) -> set[str]:
        page = client.get("/search?q=hirondelle&in=posts")  # type: ignore[attr-defined]
        return {href for href in links(page) if href in {p.address for p in addressed}}

    addressed = [_Addressed(post.pk) for post in said.values()]
    all_of = {name: f"/posts/{post.pk}" for name, post in said.items()}
    assert found(browser_of(ines)) == set(all_of.values())
    assert found(browser_of(malo)) == {all_of["everyone"], all_of["followers"]}
    assert found(browser_of(zoe)) == {all_of["everyone"]}
    assert found(visitor()) == {all_of["everyone"]}
    block(actor=ines.actor, profile_id=zoe.profile.pk)
    assert found(browser_of(zoe)) == set()
    Profile.objects.filter(pk=ines.profile.pk).update(is_suspended=True)
    assert found(visitor()) == set()


class _Addressed:
    def __init__(self, post_id: int) -> None:
        self.address = f"/posts/{post_id}"


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


@pytest.mark.parametrize(
    "asked",
    [
        "q=" + "a " * 90, "q=%27%27%27", "q=a%26%7C!%3A*", "q=%3C-%3E%28%29", "q=.*%2B%3F[a-z",
        "q=%5C%5C%5C", "q=" + "%F0%9F%A7%BC", "q=savon&price=%27&shop=x&brand=%00&stock=9",
        "q=savon&page=-1", "q=savon&page=9" + "9" * 30, "q=savon&in=nothing&circle=2",
        "q=savon&shop=" + "9" * 40, "q=le+la+les+de", "q=the", "q=savon&page=%C2%B2",
        "q=" + "x" * 199, "q=" + "&".join(f"brand=b{n}" for n in range(60)),
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["", "&in=looks", "&in=posts", "&in=people"])
def test_anything_may_be_asked(asked: str, kind: str) -> None:
    cast.product(cast.maison_zinc(), "Savon")
    expected = 400 if "%00" in asked else 200
    assert visitor().get(f"/search?{asked}{kind}").status_code == expected
    assert visitor().get(f"/search/suggest?{asked}").status_code == expected


def test_a_search_takes_so_many_statements_whatever_it_finds() -> None:
    ines, malo, zinc = cast.ines(), cast.malo(), cast.maison_zinc()
    circle.follows(ines, malo)
    for number in range(30):
        circle.recommends(malo, cast.product(zinc, f"Savon {number}"))
    count_words()
    reading = browser_of(ines)
    reading.get("/search?q=savon")
    with CaptureQueriesContext(
        connection,
    ) as spent:
        reading.get("/search?q=savon")
    assert len(spent) <= 13
    with CaptureQueriesContext(connection) as narrowed:
        reading.get("/search?q=savon&stock=1&price=1", headers=SCRIPT)
    assert len(narrowed) <= len(spent)


def test_suggestions_are_words_products_shops_and_people_at_most_eight() -> None:
    zinc = cast.maison_zinc()
    for number in range(6):
        cast.product(zinc, f"Théière zinguée {number}")
    cast.person("Théo", "theo")
    count_words()
    page = parsed(visitor().get("/search/suggest", {"q": "thé"}))
    rows = page.xpath("//*[@role='option']")
    assert 4 <= len(rows) <= 8
    assert page.xpath("//@data-words")[0] == "théière"
    assert "/@theo" in page.xpath("//@data-href")
    assert any(str(href).startswith("/products/") for href in page.xpath("//@data-href"))
    two = parsed(visitor().get("/search/suggest", {"q": "belle thé"}))
    assert two.xpath("//@data-words")[0] == "belle théière"
    assert "option" not in text_of(visitor().get("/search/suggest", {"q": "t"}))


def test_words_of_shops_out_of_sight_are_not_proposed() -> None:
    zinc = cast.maison_zinc()
    cast.product(zinc, "Secretaire")
    Profile.objects.filter(pk=zinc.pk).update(is_suspended=True)
    count_words()
    assert "ecretaire" not in text_of(visitor().get("/search/suggest", {"q": "secr"}))
    assert "ecretaire" not in text_of(visitor().get("/search", {"q": "secretairr"})).replace(
        "secretairr", ""
    )


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


def test_words_that_are_new_are_learnt_before_the_night() -> None:
    cast.product(cast.maison_zinc(), "Théière")
    learn_words()
    assert titles("/search?q=teiere") == ["Théière"]
