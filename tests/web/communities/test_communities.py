"""The pages of communities, as people of three tastes and a visitor see them."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from comptoir.discovery.communities.renewal import renew_communities
from comptoir.discovery.models import Community
from tests import cast, circle
from tests.cast import Person
from tests.discovery.communities.town import act, settle, shelves
from tests.web.visiting import browser_of, links, parsed, text_of, visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> dict[str, list[Person]]:
    made = settle()
    renew_communities()
    return made


def tea() -> Community:
    return Community.objects.get(terms__0__text="Thé")


def post(client: Client, act: str) -> int:
    return client.post(f"/communities/{tea().slug}/{act}").status_code


def test_mine_come_first_with_what_sets_each_apart(town: dict[str, list[Person]]) -> None:
    page = browser_of(town["Thé"][0]).get("/communities")
    names = parsed(page).xpath("//article[@class='community']//h3/a/text()")
    assert names[0] == tea().name
    assert len(names) == 3
    assert parsed(page).xpath("string(//section[1]//h2)") == "Yours"
    assert text_of(page).count("You were placed here") == 1
    assert text_of(page).count("7 people") == 3


def test_a_visitor_sees_what_is_loved_and_nobody(town: dict[str, list[Person]]) -> None:
    browser_of(town["Thé"][0]).post(f"/communities/{tea().slug}/join")
    page = visitor().get(f"/communities/{tea().slug}")
    words = text_of(page)
    assert "people of this community" in words
    assert "Sign in to see who joined." in words
    assert "Join this community" in words
    assert not [href for href in links(page) if href.startswith("/@t_")]
    assert visitor().get(f"/communities/{tea().slug}/members").status_code == 302


def test_joining_shows_one_to_the_others_and_leaving_hides_one(
    town: dict[str, list[Person]],
) -> None:
    me, other = town["Thé"][0], town["Thé"][1]
    mine, theirs = browser_of(me), browser_of(other)
    address = f"/communities/{tea().slug}"
    assert "/@t_00" not in links(theirs.get(address))

    assert post(mine, "join") == 302
    assert "You joined" in text_of(mine.get(address))
    assert "/@t_00" in links(theirs.get(address))
    assert "/@t_00" in links(theirs.get(f"{address}/members"))

    assert post(mine, "leave") == 302
    renew_communities()
    assert "you are not placed here again" in text_of(mine.get(address))
    assert "/@t_00" not in links(theirs.get(address))
    assert text_of(mine.get("/communities")).count("You were placed here") == 0


def test_why_i_am_here_is_told_to_me(town: dict[str, list[Person]]) -> None:
    address = f"/communities/{tea().slug}"
    mine = text_of(browser_of(town["Thé"][0]).get(address))
    assert "Why you are here" in mine
    assert "others of this community acted on it" in mine
    assert "Why you are here" not in text_of(browser_of(town["Vélo"][0]).get(address))


def test_members_posts_are_those_that_show_what_is_loved(town: dict[str, list[Person]]) -> None:
    member, silent = town["Thé"][0], town["Thé"][1]
    loved = next(one for one in shelves()["Thé"] if one.pk == tea().loved[0])
    circle.says(member, "Ma théière de tous les jours", loved)
    circle.says(member, "Un casque pour demain", shelves()["Vélo"][4])
    circle.says(silent, "Moi aussi, en silence", loved)
    post(browser_of(member), "join")
    words = text_of(browser_of(town["Vélo"][0]).get(f"/communities/{tea().slug}"))
    assert "Ma théière de tous les jours" in words
    assert "Un casque pour demain" not in words
    assert "Moi aussi, en silence" not in words


def test_one_that_dissolved_tells_those_who_joined_and_is_not_there_for_others(
    town: dict[str, list[Person]],
) -> None:
    gone, me = tea(), browser_of(town["Thé"][0])
    post(me, "join")
    for who in town["Thé"]:
        act(who, [*shelves()["Thé"], *shelves()["Jardin"]], audience="me")
    renew_communities()
    address = f"/communities/{gone.slug}"
    assert "dissolved on" in text_of(me.get(address))
    assert "Dissolved" in text_of(me.get("/communities"))
    assert browser_of(town["Thé"][1]).get(address).status_code == 404
    assert browser_of(town["Thé"][1]).post(f"{address}/join").status_code == 404

    assert me.post(f"{address}/leave")["Location"] == "/communities"
    assert me.get(address).status_code == 404


def test_the_operator_names_one(town: dict[str, list[Person]]) -> None:
    operator = browser_of(cast.person("Odile", "odile", is_operator=True))
    address = f"/communities/{tea().slug}"
    assert "Name given by the operator" in text_of(operator.get(address))
    operator.post(f"{address}/name", {"name": "Les infusés"})
    assert parsed(visitor().get(address)).xpath("string(//h1)") == "Les infusés"
    garden = Community.objects.get(terms__0__text="Jardin")
    refused = operator.post(
        f"/communities/{garden.slug}/name", {"name": "les infusés"}, follow=True
    )
    assert "Another community has this name." in text_of(refused)
    assert "Name given by the operator" not in text_of(browser_of(town["Thé"][0]).get(address))


def test_a_place_without_communities_says_what_will_be() -> None:
    assert "No community yet" in text_of(visitor().get("/communities"))
    assert visitor().get("/communities/nowhere").status_code == 404


def test_communities_are_found_from_search_and_from_one_s_own_page(
    town: dict[str, list[Person]],
) -> None:
    me = browser_of(town["Thé"][0])
    assert "/communities" in links(me.get("/search"))
    assert "/communities" in links(me.get("/@t_00"))


def test_pages_cost_the_same_however_many_communities_and_people(
    town: dict[str, list[Person]], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    me = browser_of(town["Thé"][0])
    for who in town["Thé"]:
        post(browser_of(who), "join")
    me.get("/communities")
    with django_assert_max_num_queries(8):
        me.get("/communities")
    with django_assert_max_num_queries(14):
        me.get(f"/communities/{tea().slug}")
