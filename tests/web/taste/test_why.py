"""Why one sees a product, and saying: less of it, not this person, do not count this."""

import pytest

from comptoir.catalog.models import Product
from comptoir.discovery.live.engine import ENGINE
from comptoir.discovery.models import Signal
from comptoir.discovery.preferences import preferences_of
from comptoir.posts.services import react
from tests import cast, circle
from tests.web.taste.test_for_you import shown, taste_of_basile
from tests.web.visiting import SCRIPT, Answer, browser_of, parsed, text_of, visitor, worker_turn

pytestmark = pytest.mark.django_db


def why(product: Product) -> str:
    return f"/products/{product.pk}/why"


def test_it_names_the_people_their_acts_and_the_weights() -> None:
    _bowl, lamp = taste_of_basile()
    page = browser_of(cast.ines()).get(why(lamp))
    tree = parsed(page)
    row = " ".join(tree.xpath("//ul[@class='why-rows']/li[.//a[@href='/@basile']]")[0]
                   .text_content().split())  # fmt: skip
    assert "keeps it" in row
    assert "shares your taste" in row
    weights = [int(value) for value in tree.xpath("//progress/@value")]
    assert weights
    assert all(0 <= weight <= 100 for weight in weights)
    assert sum(weights) <= 102, "rounded"


def test_in_the_sheet_it_is_the_same_without_the_shell() -> None:
    _bowl, lamp = taste_of_basile()
    part = text_of(browser_of(cast.ines()).get(why(lamp), headers=SCRIPT))
    assert "<html" not in part
    assert "/@basile" in part


def test_a_visitor_reads_what_is_public_and_nothing_more() -> None:
    bowl, lamp = taste_of_basile()
    page = text_of(visitor().get(why(bowl)))
    assert "loved by 2 different people" in page
    assert "/@basile" not in page
    assert "nobody has spoken for it" in text_of(visitor().get(why(lamp)))


def test_leaving_a_person_out_and_taking_them_back() -> None:
    _bowl, lamp = taste_of_basile()
    me = browser_of(cast.ines())
    assert shown(me.get("/for-you"))[0] == f"for-you-{lamp.pk}"
    answer = me.post("/@basile/drop", {"on": "1", "next": why(lamp)})
    assert answer["Location"] == why(lamp)
    page = me.get(why(lamp))
    assert "Take back: Basile" in text_of(page)
    assert not parsed(page).xpath("//section[@aria-labelledby='why-people']")
    assert "shares your taste" not in text_of(me.get("/for-you"))
    me.post("/@basile/drop", {"on": "0"})
    assert not preferences_of(cast.ines().actor).dropped


def test_less_of_a_product_a_shop_and_a_category_and_undoing_it() -> None:
    _bowl, lamp = taste_of_basile()
    Product.objects.filter(pk=lamp.pk).update(category="Maison > Lampes")
    me = browser_of(cast.ines())
    for what in ("product", "shop", "category"):
        me.post(f"/products/{lamp.pk}/less", {"what": what})
    wishes = preferences_of(cast.ines().actor).less
    assert {wish.kind for wish in wishes} == {"product", "shop", "category"}
    assert f"for-you-{lamp.pk}" not in shown(me.get("/for-you"))
    page = text_of(me.get(why(lamp)))
    assert "not suggested to you any more" in page
    assert "Less from La Maison Zinc" not in page
    for wish in wishes:
        undo = f"/settings/taste/less/{wish.id}/delete"
        assert browser_of(cast.malo()).post(undo).status_code == 404
        me.post(undo)
    assert shown(me.get("/for-you"))[0] == f"for-you-{lamp.pk}"


def test_what_one_did_may_be_taken_out_and_counted_again() -> None:
    bowl, lamp = taste_of_basile()
    me = browser_of(cast.ines())
    assert "Goes with “Bol”" in text_of(me.get(why(lamp)))
    me.post(f"/products/{bowl.pk}/signals/kept", {"on": "0"})
    assert Signal.objects.get(actor=cast.ines().profile, product=bowl).forgotten
    assert "does not count" in text_of(me.get(why(bowl)))
    assert "Goes with “Bol”" not in text_of(me.get(why(lamp)))
    me.post(f"/products/{bowl.pk}/signals/kept", {"on": "1"})
    assert "shares your taste" in text_of(me.get(why(lamp)))
    ENGINE.forget()  # pairs in which an act was taken back wait for the next snapshot
    assert "Goes with “Bol”" in text_of(me.get(why(lamp)))
    assert me.post(f"/products/{lamp.pk}/signals/kept", {"on": "0"}).status_code == 404


def test_your_taste_shows_all_that_counts_and_switches_it_off() -> None:
    bowl, lamp = taste_of_basile()
    me = browser_of(cast.ines())
    me.post(f"/@{cast.malo().profile.handle}/drop", {"on": "1"})
    me.post(f"/products/{lamp.pk}/less", {"what": "shop"})
    page = text_of(me.get("/settings/taste"))
    assert "You both chose “Bol”" in page
    assert f"/products/{bowl.pk}/signals/kept" in page
    assert "Take back: Malo" in page
    assert "You want less of" in page
    me.post("/settings/taste", {"on": "0"})
    assert not preferences_of(cast.ines().actor).personalised
    assert "It is off" in text_of(me.get("/settings/taste"))
    assert "You switched personalisation off" in text_of(me.get(why(lamp)))


def misnamed(page: Answer) -> list[str]:
    """Buttons and links whose name does not begin with what they show (WCAG 2.5.3)."""
    named = parsed(page).xpath("//button[@aria-label] | //a[@aria-label]")
    said = [(" ".join(one.text_content().split()), one.get("aria-label")) for one in named]
    return [label for text, label in said if text and not label.startswith(text)]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_button_is_called_what_it_says(language: str) -> None:
    bowl, lamp = taste_of_basile()
    me = browser_of(cast.ines(), language)
    me.post("/@basile/drop", {"on": "1"})
    me.post(f"/products/{lamp.pk}/less", {"what": "shop"})
    for address in ("/settings/taste", why(lamp), why(bowl)):
        page = me.get(address)
        assert parsed(page).xpath("//button[@aria-label]"), address
        assert misnamed(page) == [], address


def test_a_friends_like_is_told_as_one_in_both_languages() -> None:
    ines, malo = cast.ines(), cast.malo()
    pot = cast.product(cast.maison_zinc(), "Pot")
    circle.follows(malo, ines)
    react(actor=ines.actor, post=circle.says(cast.basile(), "Voilà", pot))
    worker_turn()
    assert "liked a post showing it" in text_of(browser_of(malo).get(why(pot)))
    assert "a aimé une publication qui le montre" in text_of(browser_of(malo, "fr").get(why(pot)))
    assert "You liked a post showing it" in text_of(browser_of(ines).get(why(pot)))
    ines_says = browser_of(ines)
    ines_says.post(f"/products/{pot.pk}/signals/liked", {"on": "0"})
    assert Signal.objects.get().forgotten
