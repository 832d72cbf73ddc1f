"""A shop's settings: how it is taxed, and who trades."""

from dataclasses import asdict
from typing import Any

import pytest

from comptoir.sales.links import signed_key
from comptoir.shops.models import Role, Shop
from tests import cast
from tests.sales.buying import basket
from tests.web.visiting import browser_of, text_of, visitor

pytestmark = pytest.mark.django_db

COUNTER = "/counter/maison_zinc"


@pytest.fixture
def desk() -> Any:
    """Malo owns la Maison Zinc too, and reads English."""
    cast.staff(cast.maison_zinc(), cast.malo(), Role.OWNER)
    return browser_of(cast.malo())


def test_who_trades_is_shown_on_orders(desk: Any) -> None:
    trader = {**asdict(cast.trader()), "legal_name": "Zinc SARL"}
    trader["registration"] = "00000001800002"
    del trader["no_vat_number"]
    assert desk.post(f"{COUNTER}/identity", trader).status_code == 302
    bowl = cast.variant_of(cast.product(cast.maison_zinc(), "Bol"))
    placed = basket((bowl, 1)).sent()
    page = text_of(visitor().get(f"/orders/{signed_key(placed.order_key)}"))
    assert "Zinc SARL" in page
    assert "000 000 018 00002" in page


def test_settings_say_how_they_stand(desk: Any) -> None:
    page = text_of(desk.get(f"{COUNTER}/settings"))
    assert "Livraison à domicile, Retrait en boutique" in page or "Home delivery, Pick up" in page
    assert "Your prices contain VAT." in page


def test_a_small_seller_charges_no_vat(desk: Any) -> None:
    answer = desk.post(f"{COUNTER}/tax", {"vat_regime": "franchise"})
    assert answer.status_code == 302
    zinc = Shop.objects.get(pk=cast.maison_zinc().pk)
    assert (zinc.vat_regime, zinc.oss) == ("franchise", False)
    assert "no VAT is charged" in text_of(desk.get(f"{COUNTER}/settings"))


def test_the_one_stop_shop_takes_a_vat_number(desk: Any) -> None:
    asked = {"vat_regime": "normal", "oss": "on"}
    zinc = Shop.objects.filter(pk=cast.maison_zinc().pk)
    zinc.update(vat_number="", no_vat_number=True)
    refused = desk.post(f"{COUNTER}/tax", asked)
    assert refused.status_code == 422
    assert "takes a VAT number" in text_of(refused)
    zinc.update(vat_number="FR40303265045", no_vat_number=False)
    assert desk.post(f"{COUNTER}/tax", asked).status_code == 302
    assert zinc.get().oss


def test_a_shop_that_declares_by_the_one_stop_shop_keeps_its_number(desk: Any) -> None:
    zinc = Shop.objects.filter(pk=cast.maison_zinc().pk)
    zinc.update(vat_number="FR40303265045", no_vat_number=False, oss=True)
    trader = {**asdict(cast.trader()), "vat_number": "", "no_vat_number": "on"}
    assert desk.post(f"{COUNTER}/identity", trader).status_code == 422
    assert zinc.get().vat_number == "FR40303265045"


def test_the_regime_is_one_of_two(desk: Any) -> None:
    assert desk.post(f"{COUNTER}/tax", {"vat_regime": "none"}).status_code == 422


def test_settings_are_the_owners() -> None:
    cast.staff(cast.maison_zinc(), cast.malo(), Role.MANAGER)
    browser = browser_of(cast.malo())
    assert browser.get(f"{COUNTER}/settings").status_code == 404
    for page in ("tax", "delivery", "delivery/methods/new", "delivery/zones/new"):
        assert browser.get(f"{COUNTER}/{page}").status_code == 404
