"""Opening a shop."""

import pytest

from comptoir.shops.models import Shop
from comptoir.shops.queries import desks_of
from tests import cast
from tests.web.visiting import SCRIPT, browser_of, text_of

pytestmark = pytest.mark.django_db

BAKERY = {"name": "Le Fournil de Malo", "handle": "fournil", "sells": "Pain au levain"}


def test_three_answers_open_a_shop() -> None:
    browser = browser_of(cast.malo())
    opened = browser.post("/shops/new", BAKERY)
    assert opened.headers["Location"] == "/counter/fournil"
    assert "/counter/fournil" in text_of(browser.get("/counter"))
    counter = text_of(browser.get("/counter/fournil"))
    assert "Add your first product" in counter
    assert 'href="/@fournil"' in counter
    assert text_of(browser.get("/@fournil")).count("Le Fournil de Malo") > 0
    assert [desk.role for desk in desks_of(cast.malo().actor)] == ["owner"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("sells", "   "),
        ("handle", "a b"),
        ("handle", "admin"),
        ("handle", "maison_zinc"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(field: str, value: str) -> None:
    cast.maison_zinc()
    refused = browser_of(cast.malo()).post("/shops/new", {**BAKERY, field: value})
    assert refused.status_code == 422
    assert f'id="id_{field}-error"' in text_of(refused)
    assert Shop.objects.count() == 1


def test_a_handle_is_suggested_while_the_name_is_typed() -> None:
    cast.maison_zinc()
    browser = browser_of(cast.malo())
    ask = "/shops/new/handle"
    free = text_of(browser.get(ask, {"name": "L'Épicerie du Port"}, headers=SCRIPT))
    assert 'value="l_epicerie_du_port"' in free
    assert "This handle is free." in free
    second = text_of(browser.get(ask, {"name": "Maison Zinc"}, headers=SCRIPT))
    assert 'value="maison_zinc2"' in second
    mine = text_of(browser.get(ask, {"name": "X", "handle": "maison_zinc"}, headers=SCRIPT))
    assert "This handle is taken." in mine
    kept = text_of(
        browser.get(ask, {"name": "Autre", "handle": "mine_own", "suggested": "x"}, headers=SCRIPT)
    )
    assert 'value="mine_own"' in kept
