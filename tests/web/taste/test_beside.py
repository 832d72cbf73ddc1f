"""Beside a product: what is like it, what was bought with it, and words in order of taste."""

import pytest

from comptoir.catalog.models import Product
from tests import cast, circle
from tests.web.taste.test_for_you import taste_of_basile
from tests.web.visiting import SCRIPT, browser_of, links, text_of, visitor

pytestmark = pytest.mark.django_db


def test_a_product_leads_to_what_is_like_it() -> None:
    bowl, lamp = taste_of_basile()
    assert f"/products/{bowl.pk}/beside" in links(visitor().get(f"/products/{bowl.pk}"))
    page = visitor().get(f"/products/{bowl.pk}/beside")
    assert f"/products/{lamp.pk}" in links(page)
    part = visitor().get(f"/products/{bowl.pk}/beside", headers=SCRIPT)
    assert "<html" not in text_of(part)
    assert f"/products/{lamp.pk}" in links(part)


def test_what_was_bought_together_is_a_shelf_of_its_own() -> None:
    bowl, lamp = taste_of_basile()
    for who in (cast.ines(), cast.basile(), cast.malo()):
        circle.shows_bought(who, bowl)
        circle.shows_bought(who, lamp)
    page = text_of(visitor().get(f"/products/{bowl.pk}/beside"))
    assert "Bought together" in page
    assert page.count(f'href="/products/{lamp.pk}"') == 1
    assert "2 people bought both" in page, "Malo, whom nobody follows, is not counted"


def test_what_is_beside_says_why_to_who_knows_nobody_behind_it() -> None:
    bowl, lamp = taste_of_basile()
    other = cast.product(bowl.shop, "Bol bleu")
    Product.objects.filter(pk__in=[bowl.pk, other.pk]).update(category="Bols")
    page = text_of(visitor().get(f"/products/{bowl.pk}/beside"))
    assert "1 person chose both" in page
    assert "Of the same kind, from the same shop" in page
    circle.follows(cast.malo(), cast.basile())
    mine = text_of(browser_of(cast.malo()).get(f"/products/{bowl.pk}/beside"))
    assert "Basile keeps it" in mine
    assert f"/products/{lamp.pk}/why" in mine


def test_words_of_people_who_share_my_taste_come_first() -> None:
    bowl, lamp = taste_of_basile()
    circle.recommends(cast.malo(), lamp, "De Malo")
    circle.recommends(cast.basile(), lamp, "De Basile")
    circle.recommends(cast.person("Eve", "eve"), lamp, "De Eve")
    page = text_of(visitor().get(f"/products/{lamp.pk}/words"))
    assert page.index("De Eve") < page.index("De Basile"), "to nobody in particular: the newest"
    me = browser_of(cast.ines())
    assert f"/products/{lamp.pk}/words" in links(me.get(f"/products/{lamp.pk}"))
    said = text_of(me.get(f"/products/{lamp.pk}/words", headers=SCRIPT))
    assert said.index("De Basile") < said.index("De Eve")
    assert "People who share your taste speak first" in said
    assert f"/products/{bowl.pk}" not in said
