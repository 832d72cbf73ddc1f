"""A product's page, and what one does there."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from comptoir.catalog.models import Product
from comptoir.catalog.services.products import VariantDraft, create_product
from comptoir.people.models import Profile
from comptoir.people.services import block
from comptoir.reviews.models import Keep, Recommendation
from comptoir.shops.models import Shop
from tests import cast, circle
from tests.web.visiting import (
    SCRIPT,
    Answer,
    browser_of,
    links,
    parsed,
    text_of,
    visitor,
    worker_turn,
)

pytestmark = pytest.mark.django_db
AtMost = Callable[[int], AbstractContextManager[object]]


def shirt(at: Shop) -> Product:
    """In three sizes: sold out, the last two, and plenty on sale."""
    drafts = [
        VariantDraft(price_minor=4500, stock=0, options={"taille": "S"}),
        VariantDraft(price_minor=4500, stock=2, options={"taille": "M"}),
        VariantDraft(price_minor=5000, sale_price_minor=4000, stock=40, options={"taille": "L"}),
    ]
    return create_product(shop=at, title="Marinière", description="Rayée", variants=drafts)


def data_of(response: Answer) -> dict[str, object]:
    (block_,) = parsed(response).xpath("//script[@type='application/ld+json']/text()")
    return dict(json.loads(block_))


def test_the_page_shows_variants_stock_and_the_price_from() -> None:
    made = shirt(cast.maison_zinc())

    response = visitor().get(f"/products/{made.pk}")

    tree = parsed(response)
    radios = tree.xpath("//form[@action='/checkout/new']//input[@type='radio']")
    assert [radio.get("disabled") is not None for radio in radios] == [True, False, False]
    assert [radio.get("checked") is not None for radio in radios] == [False, True, False]
    page = text_of(response)
    assert "2 left" in page
    assert "€40.00" in page
    assert tree.xpath("string(//form[@action='/checkout/new']/@method)") == "get"


def test_the_variant_asked_for_is_chosen() -> None:
    made = shirt(cast.maison_zinc())
    large = made.variants.get(options={"taille": "L"}).pk

    response = visitor().get(f"/products/{made.pk}", {"variant": large})

    checked = parsed(response).xpath("//input[@name='variant'][@checked]/@value")
    assert checked == [str(large)]
    for nonsense in ("x", "-1", "9" * 30):
        assert visitor().get(f"/products/{made.pk}", {"variant": nonsense}).status_code == 200


def test_search_engines_read_the_offer() -> None:
    made = shirt(cast.maison_zinc())
    Product.objects.filter(pk=made.pk).update(title="</script><script>alert(1)</script>")

    response = visitor().get(f"/products/{made.pk}")

    data = data_of(response)
    assert data["name"] == "</script><script>alert(1)</script>"
    offers = data["offers"]
    assert isinstance(offers, list)
    assert [(o["price"], o["availability"].rsplit("/", 1)[1]) for o in offers] == [
        ("45.00", "OutOfStock"),
        ("45.00", "InStock"),
        ("40.00", "InStock"),
    ]
    canonical = parsed(response).xpath("string(//link[@rel='canonical']/@href)")
    assert canonical.endswith(f"/products/{made.pk}")


@pytest.mark.parametrize("why", ["sold out", "withdrawn", "shop closed"])
def test_what_cannot_be_bought_offers_no_way_to_buy(why: str) -> None:
    zinc = cast.maison_zinc()
    made = cast.product(zinc, stock=0 if why == "sold out" else 5)
    if why == "withdrawn":
        Product.objects.filter(pk=made.pk).update(status="withdrawn")
    if why == "shop closed":
        Shop.objects.filter(pk=zinc.pk).update(status="closed")

    response = visitor().get(f"/products/{made.pk}")

    assert response.status_code == 200
    assert not parsed(response).xpath("//form[@action='/checkout/new']")
    offers = data_of(response)["offers"]
    assert isinstance(offers, list)
    assert offers[0]["availability"].endswith("OutOfStock")


def test_reasons_words_and_keepers_with_friends_first() -> None:
    ines, malo, zoe = cast.ines(), cast.malo(), cast.zoe()
    made = cast.product(cast.maison_zinc())
    circle.follows(malo, ines)
    circle.recommends(ines, made, "Je ne la quitte plus")
    circle.keeps(zoe, made)

    page = text_of(browser_of(malo).get(f"/products/{made.pk}"))

    assert "Inès recommends it" in page
    assert "Je ne la quitte plus" in page
    assert "you follow" in page
    assert "1 person keeps it" in page
    nobody = text_of(visitor().get(f"/products/{made.pk}"))
    assert "Inès recommends it" not in nobody
    assert "Je ne la quitte plus" in nobody


def test_acts_meant_for_followers_are_neither_shown_nor_counted() -> None:
    ines = cast.ines()
    made = cast.product(cast.maison_zinc())
    circle.keeps(ines, made, audience="followers")
    circle.recommends(ines, made, "Entre nous", audience="followers")
    address = f"/products/{made.pk}"

    for client in (visitor(), browser_of(cast.zoe())):
        page = text_of(client.get(address))
        assert "Entre nous" not in page
        assert "keeps it" not in page
        assert "recommends it" not in page
        assert not parsed(client.get(address)).xpath("//*[@data-count='1']")
    circle.follows(cast.malo(), ines)
    assert "Entre nous" in text_of(browser_of(cast.malo()).get(address))


def test_keeping_with_a_script_and_with_a_form() -> None:
    made = cast.product(cast.maison_zinc())
    malo = browser_of(cast.malo())
    address = f"/products/{made.pk}/keep"

    assert malo.post(address, {"on": "1"}, headers=SCRIPT).status_code == 204
    assert Keep.objects.count() == 1
    response = malo.post(address, {"on": "0", "next": "/search?q=pot"})
    assert response.headers["Location"] == "/search?q=pot"
    assert Keep.objects.count() == 0
    malo.post(address, {"on": "1", "audience": "me"})
    assert Keep.objects.get().audience == "me"
    assert malo.post(address, {"on": "1", "audience": "x"}, headers=SCRIPT).status_code == 422
    assert malo.get(address).status_code == 405


def test_recommending_with_a_word_changing_it_and_taking_it_back() -> None:
    made = cast.product(cast.maison_zinc())
    malo = browser_of(cast.malo())
    address = f"/products/{made.pk}/recommend"

    assert "<html" not in text_of(malo.get(address, headers=SCRIPT))
    done = malo.post(address, {"word": "Solide", "audience": "everyone"})
    assert done.headers["Location"] == f"/products/{made.pk}"
    assert "Solide" in text_of(malo.get(address))

    long = malo.post(address, {"word": "m" * 501, "audience": "everyone"})
    assert long.status_code == 422
    assert "m" * 501 in text_of(long)
    assert Recommendation.objects.get().word == "Solide"

    malo.post(f"{address}/delete")
    assert not Recommendation.objects.exists()


@pytest.mark.parametrize("audience", ["everyone", "followers", "me"])
def test_changing_a_word_starts_from_who_may_see_it_already(audience: str) -> None:
    made, malo = cast.product(cast.maison_zinc()), cast.malo()
    circle.recommends(cast.ines(), made, "Pour tous")
    circle.recommends(malo, made, "Entre nous", audience=audience)

    page = parsed(browser_of(malo).get(f"/products/{made.pk}/recommend"))

    assert page.xpath("//select[@name='audience']/option[@selected]/@value") == [audience]


def test_a_product_of_a_shop_that_blocks_one_is_not_there() -> None:
    zinc, malo = cast.maison_zinc(), cast.malo()
    made = cast.product(zinc)
    browser = browser_of(malo)
    assert browser.get(f"/products/{made.pk}").status_code == 200

    block(actor=malo.actor, profile_id=zinc.pk)

    assert browser.get(f"/products/{made.pk}").status_code == 404
    assert browser.post(f"/products/{made.pk}/keep", {"on": "1"}).status_code == 404
    assert browser.post(f"/products/{made.pk}/recommend", {"word": ""}).status_code == 404
    assert not Keep.objects.exists()
    assert visitor().get(f"/products/{made.pk}").status_code == 200


def test_a_suspended_shop_takes_its_products_with_it() -> None:
    zinc = cast.maison_zinc()
    made = cast.product(zinc)
    Profile.objects.filter(pk=zinc.pk).update(is_suspended=True)
    assert visitor().get(f"/products/{made.pk}").status_code == 404
    for number in (0, 10**12, 10**30):
        assert visitor().get(f"/products/{number}").status_code == 404


def test_posts_that_show_it_and_more_from_the_shop() -> None:
    zinc = cast.maison_zinc()
    made, other = cast.product(zinc, "Cocotte"), cast.product(zinc, "Poêle")
    post = circle.says(cast.ines(), "Regardez ça", made)

    found = links(visitor().get(f"/products/{made.pk}"))

    assert f"/posts/{post.pk}" in found
    assert f"/products/{other.pk}" in found
    assert "/@maison_zinc/products" in found


def test_sharing_offers_the_address_and_a_post() -> None:
    made = cast.product(cast.maison_zinc())
    response = visitor().get(f"/products/{made.pk}/share")
    assert f"/posts/new?product={made.pk}" in links(response)
    assert f"/products/{made.pk}" in links(response)


def test_the_page_takes_eight_queries_however_much_is_said(
    django_assert_max_num_queries: AtMost,
) -> None:
    zinc, malo = cast.maison_zinc(), cast.malo()
    made = shirt(zinc)
    for n in range(8):
        cast.product(zinc, f"Clou {n}")
        friend = cast.person(f"Voisin {n}", f"voisin_{n}")
        circle.follows(malo, friend)
        circle.keeps(friend, made)
        circle.recommends(friend, made, f"Mot {n}")
        circle.says(friend, f"n° {n}", made)
    worker_turn()
    browser = browser_of(malo)

    with django_assert_max_num_queries(8):
        page = text_of(browser.get(f"/products/{made.pk}"))

    assert "8 people recommend it" in page
