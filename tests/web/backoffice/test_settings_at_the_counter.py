"""A shop's settings: its ways of delivery, and who trades."""

from dataclasses import asdict
from typing import Any

import pytest

from comptoir.shops.models import Role
from comptoir.shops.queries import delivery_methods_of
from tests import cast
from tests.sales.buying import basket
from tests.web.checkout.sheets import fields
from tests.web.visiting import browser_of, text_of, visitor

pytestmark = pytest.mark.django_db

COUNTER = "/counter/maison_zinc"
COURIER = {
    "name": "Courier",
    "kind": "post",
    "price": "9,50",
    "free_from": "80",
    "days_min": "1",
    "days_max": "1",
    "is_active": "on",
}


@pytest.fixture
def desk() -> Any:
    """Malo owns la Maison Zinc too, and reads English."""
    cast.staff(cast.maison_zinc(), cast.malo(), Role.OWNER)
    return browser_of(cast.malo())


def test_a_way_of_delivery_is_added_and_offered(desk: Any) -> None:
    desk.post(f"{COUNTER}/delivery", COURIER)
    added = delivery_methods_of(cast.maison_zinc().pk)[-1]
    assert (added.name, added.price_minor, added.free_from_minor) == ("Courier", 950, 8000)
    bowl = cast.product(cast.maison_zinc(), "Bol")
    sheet = visitor().get(f"/products/{bowl.pk}/buy")
    assert "Courier" in text_of(sheet)
    assert fields(sheet)["delivery"] != str(added.pk)


def test_a_price_is_changed_and_old_orders_keep_theirs(desk: Any) -> None:
    zinc = cast.maison_zinc()
    bowl = cast.variant_of(cast.product(zinc, "Bol", price_minor=2400))
    before = basket((bowl, 1)).sent()
    desk.post(f"{COUNTER}/delivery/{cast.by_post(zinc).pk}", {**COURIER, "price": "7"})
    assert cast.by_post(zinc).price_minor == 700
    assert "€5.90" in text_of(visitor().get(f"/orders/{before.order_key}"))


def test_the_last_way_of_delivery_stays(desk: Any) -> None:
    zinc = cast.maison_zinc()
    off = {name: value for name, value in COURIER.items() if name != "is_active"}
    desk.post(f"{COUNTER}/delivery/{cast.by_post(zinc).pk}", off)
    assert len(delivery_methods_of(zinc.pk)) == 1
    pick_up = {**off, "kind": "pickup"}
    refused = desk.post(f"{COUNTER}/delivery/{cast.pick_up(zinc).pk}", pick_up)
    assert refused.status_code == 422
    assert len(delivery_methods_of(zinc.pk)) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": " "},
        {"kind": "drone"},
        {"price": "-1"},
        {"price": "999999999"},
        {"days_min": "9", "days_max": "2"},
        {"days_max": "1e3"},
    ],
)
def test_what_cannot_be_is_refused(desk: Any, wrong: dict[str, str]) -> None:
    refused = desk.post(f"{COUNTER}/delivery", {**COURIER, **wrong})
    assert refused.status_code == 422
    assert len(delivery_methods_of(cast.maison_zinc().pk)) == 2


def test_who_trades_is_shown_on_orders(desk: Any) -> None:
    trader = {**asdict(cast.trader()), "legal_name": "Zinc SARL"}
    trader["registration"] = "00000001800002"
    del trader["no_vat_number"]
    assert desk.post(f"{COUNTER}/identity", trader).status_code == 302
    bowl = cast.variant_of(cast.product(cast.maison_zinc(), "Bol"))
    placed = basket((bowl, 1)).sent()
    page = text_of(visitor().get(f"/orders/{placed.order_key}"))
    assert "Zinc SARL" in page
    assert "000 000 018 00002" in page


def test_another_shop_s_delivery_is_out_of_reach(desk: Any) -> None:
    foreign = cast.by_post(cast.atelier_brume())
    assert desk.post(f"{COUNTER}/delivery/{foreign.pk}", COURIER).status_code == 404


def test_settings_are_the_owners() -> None:
    cast.staff(cast.maison_zinc(), cast.malo(), Role.MANAGER)
    browser = browser_of(cast.malo())
    assert browser.get(f"{COUNTER}/settings").status_code == 404
    assert browser.post(f"{COUNTER}/delivery", COURIER).status_code == 404
