"""The operator's room."""

import pytest

from comptoir.common.models import OutboxEvent
from comptoir.people.models import User
from tests import cast
from tests.cast import Person
from tests.web.visiting import browser_of, text_of, visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def odile() -> Person:
    return cast.person("Odile", "odile", language="en", is_operator=True)


def test_health_tells_what_waits_and_what_failed(odile: Person) -> None:
    browser = browser_of(odile)
    assert "All is well." in text_of(browser.get("/operator"))
    OutboxEvent.objects.create(name="x", aggregate="x", payload={}, parked=True)
    page = text_of(browser.get("/operator"))
    assert "Something needs your hand" in page
    assert "PostgreSQL" in page


@pytest.mark.parametrize("path", ["/operator", "/operator/shops", "/operator/profiles"])
def test_for_all_others_there_is_no_such_room(path: str) -> None:
    cast.maison_zinc()
    for client in (visitor(), browser_of(cast.malo()), browser_of(cast.zoe())):
        assert client.get(path).status_code == 404


def test_suspended_a_person_is_signed_out_at_once(odile: Person) -> None:
    theirs = browser_of(cast.malo())
    assert theirs.get("/orders").status_code == 200
    browser_of(odile).post("/operator/profiles/malo/suspension", {"on": "1"})
    assert theirs.get("/orders").headers["Location"].startswith("/accounts/login")
    assert visitor().get("/@malo").status_code == 404
    browser_of(odile).post("/operator/profiles/malo/suspension", {"on": "0"})
    assert visitor().get("/@malo").status_code == 200


def test_suspended_a_shop_and_its_products_are_seen_nowhere(odile: Person) -> None:
    bowl = cast.product(cast.maison_zinc(), "Bol")
    browser_of(odile).post("/operator/profiles/maison_zinc/suspension", {"on": "1"})
    assert visitor().get(f"/products/{bowl.pk}").status_code == 404
    assert visitor().get(f"/products/{bowl.pk}/buy").status_code == 404


def test_the_operator_cannot_be_suspended(odile: Person) -> None:
    browser = browser_of(odile)
    page = browser.post("/operator/profiles/odile/suspension", {"on": "1"}, follow=True)
    assert "The operator cannot be suspended." in text_of(page)


def test_nobody_else_suspends(odile: Person) -> None:
    for who in (cast.zoe(), cast.malo()):
        answer = browser_of(who).post("/operator/profiles/odile/suspension", {"on": "1"})
        assert answer.status_code == 404


def test_a_shop_is_closed_and_let_in_again(odile: Person) -> None:
    zinc = cast.maison_zinc()
    browser = browser_of(odile)
    browser.post("/operator/shops/maison_zinc/admission", {"on": "0"})
    zinc.refresh_from_db()
    assert zinc.status == "closed"
    assert "La Maison Zinc" in text_of(browser.get("/operator/shops?status=closed"))
    again = browser.post("/operator/shops/maison_zinc/admission", {"on": "0"})
    assert again.status_code == 409
    browser.post("/operator/shops/maison_zinc/admission", {"on": "1"})
    zinc.refresh_from_db()
    assert zinc.status == "open"


def test_profiles_are_found_by_handle_name_and_mail(odile: Person) -> None:
    cast.malo()
    browser = browser_of(odile)
    for search in ("@mal", "Malo", "malo@example.org"):
        assert "@malo" in text_of(browser.get("/operator/profiles", {"q": search}))
    assert "@malo" not in text_of(browser.get("/operator/profiles", {"q": "nobody"}))


def test_an_operator_without_a_page_comes_to_the_room() -> None:
    user = User.objects.create_user("odile@example.org", cast.PASSWORD, is_operator=True)
    browser = visitor()
    browser.force_login(user, backend="comptoir.people.authentication.AccountBackend")
    assert browser.get("/").headers["Location"] == "/operator"
    assert 'href="/welcome"' in text_of(browser.get("/operator"))
