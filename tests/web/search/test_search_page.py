"""The search page, and the discovery page that it is when nothing is asked."""

import pytest

from comptoir.people.services import block
from tests import cast, circle
from tests.web.visiting import SCRIPT, browser_of, links, parsed, text_of, visitor

pytestmark = pytest.mark.django_db


def test_products_with_their_reasons_people_and_shops() -> None:
    ines, malo, zinc = cast.ines(), cast.malo(), cast.maison_zinc()
    pot = cast.product(zinc, "Pot de zinc")
    circle.follows(malo, ines)
    circle.recommends(ines, pot)

    response = browser_of(malo).get("/search", {"q": "zinc"})

    assert {f"/products/{pot.pk}", "/@maison_zinc"} <= set(links(response))
    assert "Inès recommends it" in text_of(response)
    assert "/@ines" in links(visitor().get("/search", {"q": "inès"}))


def test_nothing_asked_shows_what_is_new() -> None:
    zinc = cast.maison_zinc()
    pot = cast.product(zinc, "Cocotte")
    cast.ines()

    found = links(visitor().get("/search"))

    assert {f"/products/{pot.pk}", "/@maison_zinc", "/@ines"} <= set(found)
    assert "Newest" in text_of(visitor().get("/search"))
    assert f"/products/{pot.pk}" in links(visitor().get("/search", {"q": "   "}))


def test_a_script_gets_the_results_alone() -> None:
    cast.product(cast.maison_zinc(), "Cocotte")
    part = text_of(visitor().get("/search", {"q": "coco"}, headers=SCRIPT))
    assert "Cocotte" in part
    assert "<html" not in part
    assert "search-box" not in part


def test_nothing_found_says_so_and_keeps_the_words() -> None:
    response = visitor().get("/search", {"q": "introuvable"})
    assert "Nothing found" in text_of(response)
    assert parsed(response).xpath("string(//input[@name='q']/@value)") == "introuvable"
    assert "noindex" in text_of(response)


def test_words_beyond_measure_are_refused_beside_the_field() -> None:
    response = visitor().get("/search", {"q": "m" * 201})
    assert response.status_code == 422
    assert parsed(response).xpath("//input[@name='q'][@aria-invalid='true']")


@pytest.mark.parametrize("words", ["'; --", "a & | !", "%", "\\", "<b>", "#port", "@ines", "😀"])
def test_anything_may_be_asked(words: str) -> None:
    assert visitor().get("/search", {"q": words}).status_code == 200


def test_those_who_block_each_other_do_not_find_each_other() -> None:
    malo, zinc = cast.malo(), cast.maison_zinc()
    pot = cast.product(zinc, "Cocotte")
    browser = browser_of(malo)
    assert "/@maison_zinc" in links(browser.get("/search", {"q": "zinc"}))

    block(actor=malo.actor, profile_id=zinc.pk)

    for path in ("/search", "/search?q=cocotte", "/search?q=zinc"):
        found = links(browser.get(path))
        assert "/@maison_zinc" not in found
        assert f"/products/{pot.pk}" not in found


def test_private_posts_and_acts_do_not_rank_or_show() -> None:
    ines, malo, zinc = cast.ines(), cast.malo(), cast.maison_zinc()
    circle.follows(malo, ines)
    hidden = cast.product(zinc, "Savon")
    cast.product(zinc, "Savon")
    circle.recommends(ines, hidden, "Pour moi", audience="me")

    page = browser_of(malo).get("/search", {"q": "savon"})

    assert "Inès" not in parsed(page).xpath("string(//*[@id='found'])")
    products = [href for href in links(page) if href.startswith("/products/")]
    assert not products[0].endswith(f"/{hidden.pk}")


def test_the_shelves_go_on_by_real_links() -> None:
    zinc = cast.maison_zinc()
    made = {f"/products/{cast.product(zinc, f'Clou {n}').pk}" for n in range(27)}
    first = visitor().get("/search")
    (onward,) = [str(href) for href in parsed(first).xpath("//a[@rel='next']/@href")]
    second = visitor().get(onward, headers=SCRIPT)
    assert made <= {*links(first), *links(second)}


def test_search_takes_thirteen_queries(django_assert_max_num_queries: object) -> None:
    malo, zinc = cast.malo(), cast.maison_zinc()
    for n in range(20):
        cast.product(zinc, f"Clou {n}")
    browser = browser_of(malo)
    browser.get("/search", {"q": "clou"})  # the process reads its place once
    with django_assert_max_num_queries(13):  # type: ignore[operator]
        browser.get("/search", {"q": "clou"})


@pytest.mark.parametrize("page", ["1234a", "9" * 400, "1234 ", "0000-1", "²", "0", "9999"])
def test_any_page_may_be_asked_for(page: str) -> None:
    cast.product(cast.maison_zinc(), "Cocotte")
    assert visitor().get("/search", {"q": "cocotte", "page": page}).status_code == 200
