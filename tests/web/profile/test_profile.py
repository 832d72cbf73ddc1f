"""Pages of people and shops: what they say, keep, recommend, sell; following and blocking."""

from dataclasses import replace

import pytest

from comptoir.people.models import Block, Follow, Profile
from comptoir.shops.services import set_trader
from tests import cast, circle
from tests.web.visiting import SCRIPT, browser_of, links, parsed, text_of, visitor

pytestmark = pytest.mark.django_db
TABS = ["", "/kept", "/recommended", "/followers", "/following"]
SHOP_TABS = ["", "/products", "/about", "/followers", "/following"]


def test_a_person_shows_posts_keeps_and_recommendations() -> None:
    ines, zinc = cast.ines(), cast.maison_zinc()
    kept, advised = cast.product(zinc, "Cocotte"), cast.product(zinc, "Poêle")
    circle.says(ines, "Bonjour à tous")
    circle.keeps(ines, kept)
    circle.recommends(ines, advised, "La meilleure")
    client = visitor()

    assert "Bonjour à tous" in text_of(client.get("/@ines"))
    assert "Cocotte" in text_of(client.get("/@ines/kept"))
    page = text_of(client.get("/@ines/recommended"))
    assert "Poêle" in page
    assert "La meilleure" in page
    assert client.get("/@INES").status_code == 200


def test_what_is_kept_for_followers_shows_to_them_alone() -> None:
    ines, malo = cast.ines(), cast.malo()
    pot = cast.product(cast.maison_zinc(), "Cocotte")
    circle.keeps(ines, pot, audience="followers")
    circle.recommends(ines, pot, "Entre nous", audience="followers")
    circle.follows(malo, ines)

    for tab in ("kept", "recommended"):
        assert "Cocotte" in text_of(browser_of(malo).get(f"/@ines/{tab}"))
        assert "Cocotte" not in text_of(browser_of(cast.zoe()).get(f"/@ines/{tab}"))
        assert "Cocotte" not in text_of(visitor().get(f"/@ines/{tab}"))


def test_a_shop_shows_its_wall_its_products_and_who_trades() -> None:
    zinc = cast.maison_zinc()
    pot = cast.product(zinc, "Cocotte")
    circle.says(cast.zoe(), "Ouvert demain", as_shop=zinc)
    set_trader(shop=zinc, identity=replace(cast.trader(), legal_name="Zinc SARL"))
    client = visitor()

    assert "Ouvert demain" in text_of(client.get("/@maison_zinc"))
    assert f"/products/{pot.pk}/buy" in links(client.get("/@maison_zinc/products"))
    about = text_of(client.get("/@maison_zinc/about"))
    assert "Zinc SARL" in about
    assert "€5.90" in about


def test_people_have_no_shelves_and_shops_keep_nothing() -> None:
    cast.ines()
    cast.maison_zinc()
    for path in ("/@ines/products", "/@ines/about", "/@maison_zinc/kept"):
        assert visitor().get(path).status_code == 404


def test_following_from_the_page_and_the_lists_that_tell_it() -> None:
    ines, malo = cast.ines(), cast.malo()
    browser = browser_of(malo)

    assert browser.post("/@ines/follow", {"on": "1"}, headers=SCRIPT).status_code == 204
    assert "/@malo" in links(visitor().get("/@ines/followers"))
    assert "/@ines" in links(visitor().get("/@malo/following"))
    assert "follows you" in text_of(browser_of(ines).get("/@malo"))

    response = browser.post("/@ines/follow", {"on": "0"})
    assert response.headers["Location"] == "/@ines"
    assert not Follow.objects.exists()
    assert browser.post("/@malo/follow", {"on": "1"}).status_code == 422
    assert browser.post("/@personne/follow", {"on": "1"}).status_code == 404


def test_blocking_says_what_it_does_then_hides_each_from_the_other() -> None:
    ines, malo = cast.ines(), cast.malo()
    circle.follows(malo, ines)
    iness, malos = browser_of(ines), browser_of(malo)

    assert "nothing of each other" in text_of(iness.get("/@malo/block"))
    assert not Block.objects.exists()
    assert iness.post("/@malo/block").headers["Location"] == "/me/blocked"

    for tab in TABS:
        assert malos.get(f"/@ines{tab}").status_code == 404
        assert iness.get(f"/@malo{tab}").status_code == 404
    assert malos.post("/@ines/follow", {"on": "1"}).status_code == 404
    assert not Follow.objects.exists()
    assert visitor().get("/@ines").status_code == 200

    (form,) = parsed(iness.get("/me/blocked")).xpath("//form[contains(@action, '/me/blocked/')]")
    malos.post(form.get("action"))
    malos.post(f"/me/blocked/{ines.profile.pk}/delete")
    assert Block.objects.exists(), "whom one is blocked by, one does not unblock"
    iness.post(form.get("action"))
    assert not Block.objects.exists()
    assert malos.get("/@ines").status_code == 200


@pytest.mark.parametrize("tab", TABS)
def test_a_suspended_person_is_not_there(tab: str) -> None:
    ines = cast.ines()
    Profile.objects.filter(pk=ines.profile.pk).update(is_suspended=True)
    assert visitor().get(f"/@ines{tab}").status_code == 404
    assert browser_of(cast.malo()).get(f"/@ines{tab}").status_code == 404


def test_the_way_to_ones_own_page() -> None:
    assert browser_of(cast.malo()).get("/me").headers["Location"] == "/@malo"
    assert visitor().get("/me").headers["Location"].startswith("/accounts/login/")
    own = links(browser_of(cast.malo()).get("/@malo"))
    assert "/settings" in own
    assert "/@malo/block" not in own


@pytest.mark.parametrize("handle", ["a" * 300, "..", "%00", "é", "a b", "'"])
def test_handles_that_nobody_can_have(handle: str) -> None:
    assert visitor().get(f"/@{handle}").status_code in (400, 404)


def test_lists_go_on_by_real_links_and_fragments() -> None:
    ines = cast.ines()
    people = Profile.objects.bulk_create(
        Profile(handle=f"voisin_{n}", name=f"Voisin {n}") for n in range(35)
    )
    Follow.objects.bulk_create(Follow(follower=p, followee=ines.profile) for p in people)
    client = visitor()

    first = client.get("/@ines/followers")
    (onward,) = [str(href) for href in parsed(first).xpath("//a[@rel='next']/@href")]
    fragment = client.get(onward, headers=SCRIPT)

    assert "<html" not in text_of(fragment)
    seen = {href for page in (first, fragment) for href in links(page) if "voisin" in href}
    assert len(seen) == 35


def test_each_page_has_its_own_title_and_description() -> None:
    cast.ines()
    cast.maison_zinc()
    paths = [f"/@ines{tab}" for tab in TABS] + [f"/@maison_zinc{tab}" for tab in SHOP_TABS]
    titles = [parsed(visitor().get(path)).xpath("string(//title)") for path in paths]
    assert len(set(titles)) == len(paths)
    for path in paths:
        description = parsed(visitor().get(path)).xpath(
            "string(//meta[@name='description']/@content)"
        )
        assert description.strip()
