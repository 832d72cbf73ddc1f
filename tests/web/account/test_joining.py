"""Someone signs up, says how they are called, follows a few, and goes where they wanted to."""

from typing import Any

import pytest
from django.test import Client

from comptoir.people.models import Profile, User
from tests import cast

pytestmark = pytest.mark.django_db

ENGLISH = {"accept-language": "en"}


@pytest.fixture
def newcomer(client: Client) -> Client:
    """Signed up a moment ago, without a handle yet."""
    client.force_login(User.objects.create_user("rose.laval@example.org", cast.PASSWORD))
    return client


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def test_signing_up_leads_to_the_welcome_page(client: Client) -> None:
    form = {"email": "rose.laval@example.org", "password1": cast.PASSWORD}
    answer = client.post("/accounts/signup/", form)
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/welcome"
    assert not Profile.objects.exists()


def test_where_one_wanted_to_go_is_carried_through_the_welcome(client: Client) -> None:
    form = {"email": "rose.laval@example.org", "password1": cast.PASSWORD, "next": "/search?q=lin"}
    answer = client.post("/accounts/signup/", form)
    assert answer.headers["Location"] == "/welcome?next=%2Fsearch%3Fq%3Dlin"
    assert 'name="next" value="/search?q=lin"' in text_of(client.get(answer.headers["Location"]))
    named = client.post("/welcome", {"name": "Rose", "handle": "rose", "next": "/search?q=lin"})
    assert named.headers["Location"] == "/welcome/follow?next=%2Fsearch%3Fq%3Dlin"
    assert 'href="/search?q=lin"' in text_of(client.get(named.headers["Location"]))


def test_a_handle_is_suggested_from_the_address(newcomer: Client) -> None:
    assert 'value="rose_laval"' in text_of(newcomer.get("/welcome"))


def test_joining_makes_the_profile(newcomer: Client) -> None:
    answer = newcomer.post("/welcome", {"name": " Rose  Laval ", "handle": "@Rose"})
    assert answer.status_code == 302
    profile = Profile.objects.get(user__email="rose.laval@example.org")
    assert (profile.name, profile.handle) == ("Rose Laval", "rose")


def test_a_taken_handle_is_told_beside_its_field_with_a_free_one(newcomer: Client) -> None:
    cast.ines()
    answer = newcomer.post("/welcome", {"name": "Inès", "handle": "ines"}, headers=ENGLISH)
    assert answer.status_code == 422
    html = text_of(answer)
    assert "This handle is taken. Choose another." in html
    assert 'aria-describedby="id_handle-hint id_handle-error"' in html
    assert "This one is free: ines2" in html


@pytest.mark.parametrize("handle", ["ab", "admin", "crème", "a b c", "x" * 31])
def test_a_handle_that_cannot_be_is_refused(newcomer: Client, handle: str) -> None:
    answer = newcomer.post("/welcome", {"name": "Rose", "handle": handle})
    assert answer.status_code == 422
    assert not Profile.objects.filter(user__email="rose.laval@example.org").exists()


def test_first_people_and_shops_are_proposed_and_may_be_skipped(newcomer: Client) -> None:
    cast.malo()
    cast.maison_zinc()
    newcomer.post("/welcome", {"name": "Rose", "handle": "rose"})
    html = text_of(newcomer.get("/welcome/follow", headers=ENGLISH))
    assert 'formaction="/@malo/follow"' in html
    assert 'formaction="/@maison_zinc/follow"' in html
    assert "@rose" not in html.split("<main")[1].split("</main>")[0]
    assert ">Skip<" in html


def test_who_has_joined_does_not_join_again(client: Client) -> None:
    client.force_login(cast.ines().user)
    assert client.get("/welcome").headers["Location"] == "/"


def test_a_visitor_signs_in_first(client: Client) -> None:
    assert client.get("/welcome").headers["Location"] == "/accounts/login/?next=%2Fwelcome"
    assert client.get("/settings").headers["Location"] == "/accounts/login/?next=%2Fsettings"


def test_without_a_profile_one_is_led_to_the_welcome(newcomer: Client) -> None:
    assert newcomer.get("/settings").headers["Location"] == "/welcome?next=%2Fsettings"


def test_a_script_is_told_where_to_sign_in(client: Client) -> None:
    script = {"hx-request": "true", "hx-current-url": "http://testserver/products/3?a=b"}
    answer = client.get("/settings", headers=script)
    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"] == "/accounts/login/?next=%2Fproducts%2F3%3Fa%3Db"


def test_one_is_never_led_to_another_site(client: Client, newcomer: Client) -> None:
    script = {"hx-request": "true", "hx-current-url": "https://elsewhere.example/x"}
    assert Client().get("/settings", headers=script).headers["HX-Redirect"].endswith("next=%2F")
    form = {"name": "Rose", "handle": "rose", "next": "https://elsewhere.example/"}
    assert newcomer.post("/welcome", form).headers["Location"] == "/welcome/follow?next=%2F"


def test_signing_in_and_out(client: Client) -> None:
    cast.ines()
    wrong = client.post("/accounts/login/", {"login": "ines@example.org", "password": "non"})
    assert wrong.status_code == 200
    assert 'role="alert"' in text_of(wrong)
    right = {"login": "INES@example.org", "password": cast.PASSWORD, "next": "/orders"}
    assert client.post("/accounts/login/", right).headers["Location"] == "/orders"
    assert client.post("/accounts/logout/").headers["Location"] == "/"
    assert client.get("/settings").headers["Location"].startswith("/accounts/login/")
