"""For you: what one's circle speaks for, with why; a visitor sees what many people love."""

import pytest

from comptoir.catalog.models import Product
from comptoir.discovery.services import set_personalised
from comptoir.reviews.models import Keep
from tests import cast, circle
from tests.web.visiting import SCRIPT, Answer, browser_of, links, parsed, text_of, visitor

pytestmark = pytest.mark.django_db


def taste_of_basile() -> tuple[Product, Product]:
    """Inès and Basile, strangers to each other whom Ana knows, keep the same bowl; Basile keeps a
    lamp too."""
    ana = cast.person("Ana", "ana")
    for who in (cast.ines(), cast.basile()):
        circle.follows(ana, who)
        circle.follows(who, ana)
    bowl, lamp = (cast.product(cast.maison_zinc(), title) for title in ("Bol", "Lampe"))
    for who in (cast.ines(), cast.basile()):
        circle.keeps(who, bowl)
    circle.keeps(cast.basile(), lamp)
    return bowl, lamp


def shown(response: Answer) -> list[str]:
    return [str(id_) for id_ in parsed(response).xpath("//ul[@data-rows]/li/@id")]


def test_what_somebody_of_my_taste_keeps_comes_first_and_says_so() -> None:
    bowl, lamp = taste_of_basile()
    cast.product(cast.maison_zinc(), "Clou")
    page = browser_of(cast.ines()).get("/for-you")
    assert shown(page)[0] == f"for-you-{lamp.pk}"
    assert "Basile, who shares your taste, keeps it" in text_of(page)
    assert f"for-you-{bowl.pk}" not in shown(page), "what I have is not suggested"
    assert f"/products/{lamp.pk}/why" in links(page)


def test_a_friend_speaks_before_strangers() -> None:
    _bowl, lamp = taste_of_basile()
    circle.follows(cast.ines(), cast.malo())
    circle.keeps(cast.malo(), lamp)
    page = text_of(browser_of(cast.ines()).get("/for-you"))
    assert "Malo keeps it" in page


def test_an_act_for_followers_alone_is_no_reason_for_a_stranger() -> None:
    _bowl, lamp = taste_of_basile()
    circle.keeps(cast.basile(), lamp, audience="followers")
    page = text_of(browser_of(cast.ines()).get("/for-you"))
    assert "Basile, who shares" not in page


def test_a_visitor_sees_what_several_people_love() -> None:
    bowl, lamp = taste_of_basile()
    page = visitor().get("/for-you")
    assert shown(page)[0] == f"for-you-{bowl.pk}"
    assert "Loved by 2 different people" in text_of(page)
    assert f"for-you-{lamp.pk}" in shown(page)
    assert "Loved by many different people" in text_of(page)


def test_without_personalisation_one_sees_what_a_visitor_sees_and_is_told() -> None:
    _bowl, lamp = taste_of_basile()
    set_personalised(actor=cast.ines().actor, personalised=False)
    page = browser_of(cast.ines()).get("/for-you")
    assert "every visitor sees" in text_of(page)
    assert "shares your taste" not in text_of(page)
    assert f"for-you-{lamp.pk}" in shown(page)


def test_somebody_near_is_shown_with_one_thing_that_both_chose() -> None:
    _bowl, lamp = taste_of_basile()
    circle.keeps(cast.ines(), lamp)
    page = text_of(browser_of(cast.ines()).get("/for-you"))
    assert "You both chose “" in page
    assert "” and “" not in page


def test_a_newcomer_is_taught_two_steps_and_picks_what_they_like() -> None:
    zinc = cast.maison_zinc()
    pots = [cast.product(zinc, f"Pot {n}") for n in range(4)]
    circle.keeps(cast.basile(), pots[0])
    me = browser_of(cast.ines())
    page = me.get("/for-you")
    assert "Keep three things you like" in text_of(page)
    assert "/@basile" in links(page)
    ticked = [str(pot.pk) for pot in pots[:3]]
    answer = me.post("/for-you/picks", {"product": [*ticked, "999999999", "x"]})
    assert answer["Location"] == "/for-you"
    assert Keep.objects.filter(profile=cast.ines().profile).count() == 3


def test_a_script_gets_the_list_and_is_told_only_what_is_new() -> None:
    _bowl, lamp = taste_of_basile()
    me = browser_of(cast.ines())
    first = me.get("/for-you", headers=SCRIPT)
    assert "<html" not in text_of(first)
    assert shown(first)
    again = {**SCRIPT, "Live-Known": first["Live-Digest"]}
    assert me.get("/for-you", headers=again).status_code == 204
    circle.keeps(cast.malo(), lamp)
    circle.follows(cast.ines(), cast.malo())
    changed = me.get("/for-you", headers=again)
    assert changed.status_code == 200
    assert changed["Live-Digest"] != first["Live-Digest"]


def test_the_list_goes_on_from_page_to_page_without_a_script() -> None:
    zinc = cast.maison_zinc()
    made = {cast.product(zinc, f"Pot {n}").pk for n in range(30)}
    page = visitor().get("/for-you")
    (onward,) = parsed(page).xpath("//a[@rel='next']/@href")
    found = shown(page) + shown(visitor().get(str(onward)))
    assert {f"for-you-{pk}" for pk in made} == set(found)
    assert len(found) == len(set(found))


@pytest.mark.parametrize("start", ["-1", "x", "99999", "601", ""])
def test_any_beginning_is_answered(start: str) -> None:
    cast.product(cast.maison_zinc())
    assert visitor().get("/for-you", {"from": start}).status_code == 200


def test_an_empty_place_teaches_the_first_step() -> None:
    assert "Nothing on the shelves yet" in text_of(browser_of(cast.ines()).get("/for-you"))


def test_an_app_gets_the_list_as_data_with_the_reasons() -> None:
    _bowl, lamp = taste_of_basile()
    answer = browser_of(cast.ines()).get("/for-you", HTTP_ACCEPT="application/json")

    assert answer["Content-Type"] == "application/json"
    assert "Accept" in answer["Vary"]
    found = answer.json()
    first = found["products"][0]
    assert (first["id"], first["title"], first["address"]) == (
        lamp.pk, "Lampe", f"/products/{lamp.pk}",
    )  # fmt: skip
    assert (first["reason"]["kind"], first["reason"]["count"]) == ("taste", 1)
    (act,) = first["reason"]["acts"]
    assert (act["person"]["handle"], act["act"]) == ("basile", "kept")
    assert not first["kept"]
    assert found["next"] is None


def test_the_list_as_data_goes_on_from_page_to_page() -> None:
    zinc = cast.maison_zinc()
    made = {cast.product(zinc, f"Pot {n}").pk for n in range(30)}
    shown, address = list[int](), "/for-you"
    while address:
        found = visitor().get(address, HTTP_ACCEPT="application/json").json()
        shown += [one["id"] for one in found["products"]]
        address = found["next"]
    assert (len(shown), set(shown)) == (30, made)


def test_data_of_for_you_says_no_more_than_the_page() -> None:
    _bowl, lamp = taste_of_basile()
    circle.keeps(cast.basile(), lamp, audience="followers")
    answer = browser_of(cast.ines()).get("/for-you", HTTP_ACCEPT="application/json")
    assert b"basile" not in answer.content
