"""Language and theme, chosen by anyone, kept in cookies; a person's language also in their row."""

import pytest
from django.test import Client

from comptoir.people.models import User
from tests import cast

pytestmark = pytest.mark.django_db


def test_a_visitor_chooses_the_theme_and_stays_where_they_were(client: Client) -> None:
    answer = client.post("/preferences", {"theme": "dark", "next": "/search?q=lin"})
    assert answer.headers["Location"] == "/search?q=lin"
    assert client.cookies["theme"].value == "dark"
    assert 'data-theme="dark"' in client.get("/accounts/login/").content.decode()


def test_auto_takes_the_choice_back(client: Client) -> None:
    client.post("/preferences", {"theme": "dark"})
    client.post("/preferences", {"theme": ""})
    assert "data-theme" not in client.get("/accounts/login/").content.decode()


def test_a_visitor_chooses_the_language(client: Client) -> None:
    french = {"accept-language": "fr"}
    client.post("/preferences", {"language": "en"}, headers=french)
    page = client.get("/accounts/login/", headers=french)
    assert page.headers["Content-Language"] == "en"
    assert "Good to see you again" in page.content.decode()


def test_a_persons_language_goes_with_them(client: Client) -> None:
    ines = cast.ines()
    client.force_login(ines.user)
    client.post("/preferences", {"language": "en"})
    assert User.objects.get(pk=ines.user.pk).language == "en"
    client.post("/preferences", {"language": ""})
    assert User.objects.get(pk=ines.user.pk).language == ""


def test_what_is_no_choice_is_not_kept(client: Client) -> None:
    client.post("/preferences", {"theme": "pink", "language": "xx"})
    assert client.cookies["theme"].value == ""
    assert client.cookies["language"].value == ""


def test_it_leads_to_no_other_site(client: Client) -> None:
    answer = client.post("/preferences", {"theme": "dark", "next": "//elsewhere.example/"})
    assert answer.headers["Location"] == "/"


def test_a_link_cannot_choose_for_someone(client: Client) -> None:
    assert client.get("/preferences?theme=dark").status_code == 405
