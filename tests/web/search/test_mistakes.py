"""Mistakes in names, in what posts say and while one types, mended as those in products are."""

from datetime import timedelta

import pytest

from comptoir.common import clock
from comptoir.discovery.models import Spelling
from comptoir.discovery.search.upkeep import count_words, learn_words
from comptoir.people.models import Profile
from comptoir.people.models.profile import Audience
from comptoir.people.services import leave
from comptoir.people.services.suspend import suspend_profile
from tests import cast, circle
from tests.web.visiting import browser_of, links, parsed, text_of, visitor, worker_turn

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("asked", "kind", "found"),
    [
        ("maisn zinc", "", "/@maison_zinc"),
        ("maison znic", "shops", "/@maison_zinc"),
        ("Inse", "people", "/@ines"),
        ("inees", "", "/@ines"),
    ],
)
def test_mistakes_in_names_are_mended_and_said(asked: str, kind: str, found: str) -> None:
    cast.ines()
    cast.product(cast.maison_zinc(), "Théière émaillée")
    count_words()

    page = visitor().get("/search", {"q": asked, "in": kind})

    assert found in links(page)
    assert "These are results for" in text_of(page)
    same = next(href for href in links(page) if "exactly=1" in href)
    assert found not in links(visitor().get(same))


def test_who_leaves_or_is_suspended_lends_no_word_any_more() -> None:
    zoe = cast.person("Zoé Kerbrat", "zoe_k")
    cast.person("Basile Kerbrat", "basile_k")
    cast.person("Tristan Le Bihan", "tristan")
    count_words()

    leave(actor=zoe.actor)
    operator = cast.person("Régis", "regis", is_operator=True)
    suspend_profile(actor=operator.actor, handle="tristan")
    worker_turn()

    words = set(Spelling.objects.filter(kind=Spelling.Kind.NAME).values_list("word", flat=True))
    assert not {"zoe", "tristan", "bihan"} & words
    assert {"kerbrat", "basile"} <= words


def test_a_name_is_not_mended_where_products_are_found() -> None:
    cast.person("Bola", "bola")
    cast.product(cast.maison_zinc(), "Bole ancien")
    count_words()
    page = visitor().get("/search", {"q": "bole"})
    assert "/@bola" not in links(page)
    assert "/@bola" in links(visitor().get("/search", {"q": "bole", "in": "people"}))


def test_who_came_a_moment_ago_is_found_with_a_mistake_and_who_left_is_not() -> None:
    ana = cast.person("Anastasia", "anastasia")
    learn_words()
    assert "/@anastasia" in links(visitor().get("/search?q=anastaisa"))
    Profile.objects.filter(pk=ana.profile.pk).update(is_suspended=True)
    assert "/@anastasia" not in links(visitor().get("/search?q=anastaisa"))
    count_words()
    assert not Spelling.objects.filter(word="anastasia").exists()


def test_those_who_were_there_before_mistakes_were_forgiven_are_found_soon() -> None:
    malo = cast.malo()
    Profile.objects.filter(pk=malo.profile.pk).update(created_at=clock.now() - timedelta(days=90))
    learn_words()
    assert "/@malo" in links(visitor().get("/search?q=malp"))


def test_mistakes_in_what_posts_say_are_mended_but_never_into_a_secret() -> None:
    ines, malo = cast.ines(), cast.malo()
    first, second = (circle.says(ines, f"Les hirondelles {day}") for day in ("hier", "demain"))
    for day in ("hier", "demain"):
        circle.says(malo, f"Mes cachotteries {day}", audience=Audience.ME)
    count_words()

    page = visitor().get("/search?q=hirodelles&in=posts")

    assert {f"/posts/{first.pk}", f"/posts/{second.pk}"} <= set(links(page))
    assert "These are results for “hirondelles”" in text_of(page)
    assert not Spelling.objects.filter(word="cachotteries").exists()


def test_proposals_forgive_mistakes_where_there_is_nothing_else_to_propose() -> None:
    zinc = cast.maison_zinc()
    pot = cast.product(zinc, "Théière émaillée")
    count_words()
    page = parsed(visitor().get("/search/suggest", {"q": "théirre"}))
    assert page.xpath("//*[@data-words]/@data-words") == ["théière"]
    assert page.xpath("//*[@data-href]/@data-href") == [f"/products/{pot.pk}"]
    named = parsed(visitor().get("/search/suggest", {"q": "maisom"}))
    assert named.xpath("//*[@data-href]/@data-href") == ["/@maison_zinc"]


def test_a_name_is_found_with_the_products_whose_words_were_mended() -> None:
    zinc = cast.maison_zinc()
    cast.product(zinc, "Cuillère de la maison, en zinc")
    count_words()
    page = visitor().get("/search", {"q": "maisn zinc"})
    assert "“maison zinc”" in text_of(page)
    assert "/@maison_zinc" in parsed(page).xpath("//*[@class='search-faces']//@href")


@pytest.mark.parametrize("asked", ["théières", "bougie"])
def test_another_ending_is_no_mistake(asked: str) -> None:
    zinc = cast.maison_zinc()
    for title in ("Théière Lune", "Théière ronde", "Bougies de table"):
        cast.product(zinc, title)
    count_words()
    page = visitor().get("/search", {"q": asked})
    assert "Did you mean" not in text_of(page)


def test_what_others_than_the_circle_say_is_no_mistake() -> None:
    ines, malo, ana = cast.ines(), cast.malo(), cast.person("Mala", "mala")
    circle.follows(ines, ana)
    circle.says(malo, "Le phare")
    for day in ("hier", "demain"):
        circle.says(ana, f"La phase {day}")
    count_words()
    reading = browser_of(ines)
    assert "Nothing from your circle" in text_of(reading.get("/search?q=phare&in=posts&circle=1"))
    assert "Nothing from your circle" in text_of(reading.get("/search?q=malo&in=people&circle=1"))
