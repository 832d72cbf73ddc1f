"""Numbers for which no VAT is charged: trusted by their form, then asked about at the register."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from comptoir.common.errors import Conflict
from comptoir.sales.adapters.vies import ViesDown
from comptoir.sales.models import Order, VatNumberCheck
from comptoir.sales.pricing.quote import Destination
from comptoir.sales.services import Address, place_order
from comptoir.sales.services.vat_number import check_vat_number, set_vat_number_aside
from comptoir.sales.sheet import sheet_of
from comptoir.shops.models import Shop
from tests import cast
from tests.common.fetch_server import LoopbackServer, loopback_server, says
from tests.sales.buying import Basket, jobs_waiting, order_of, return_url_for, work
from tests.web.visiting import browser_of, text_of

pytestmark = pytest.mark.django_db

BERLIN = Address("Lena Kraft", "Lindenweg 3", postcode="10115", city="Berlin", country="DE")
ADDRESS = "/ms/DE/vat/136695976"
NAMED = ADDRESS + "?requesterMemberStateCode=FR&requesterNumber=66000000018"


@pytest.fixture
def register(settings: Any) -> Iterator[LoopbackServer]:
    with loopback_server() as server:
        settings.FETCH_ALLOWED_PRIVATE = [f"127.0.0.1:{server.port}"]
        settings.VIES_API = server.url("")
        yield server


def answers(register: LoopbackServer, error: str, path: str = NAMED, **more: Any) -> None:
    said = {"isValid": error == "VALID", "userError": error, "name": "---", **more}
    register.answers[path] = says(json.dumps(said).encode(), content_type="application/json")


def ordered(vat_number: str = "DE136695976", address: Address = BERLIN) -> Order:
    """One bowl by post to a business."""
    bowl = cast.variant_of(cast.product(cast.maison_zinc(), "Bol", price_minor=2400))
    method = cast.by_post(cast.maison_zinc()).pk
    to = Destination(address.country, address.postcode, vat_number)
    total = sheet_of([(bowl.pk, 1)], to=to).quote_for(method).total_minor
    asked = Basket([(bowl.pk, 1)], method, total, address=address)
    placed = place_order(
        actor=asked.actor,
        checkout_key=asked.key,
        lines=asked.lines,
        delivery_method_id=method,
        address=address,
        email=asked.email,
        language=asked.language,
        expected_total_minor=total,
        return_url_for=return_url_for,
        company="Kraft GmbH",
        vat_number=vat_number,
    )
    return order_of(placed)


def check_of(order: Order) -> tuple[str, str, str]:
    check = VatNumberCheck.objects.get(order=order)
    return check.answer, check.consultation, check.name


def test_a_number_is_trusted_by_its_form_until_the_register_is_asked() -> None:
    order = ordered()
    assert check_of(order) == ("form", "", "")
    work(only="nothing")
    assert jobs_waiting("sales.check_vat_number") == [{"order_id": order.pk}]


def test_no_number_is_asked_about_that_changes_nothing() -> None:
    ordered("FR40303265045", cast.home())
    ordered("", BERLIN)
    assert not VatNumberCheck.objects.exists()


def test_a_valid_number_is_kept_with_its_proof(register: LoopbackServer) -> None:
    answers(register, "VALID", requestIdentifier="WAPIAAAAZ1", name="KRAFT GMBH")
    order = ordered()
    work()
    assert check_of(order) == ("valid", "WAPIAAAAZ1", "KRAFT GMBH")
    work()
    check_vat_number(order_id=order.pk)
    assert len(register.requests) == 1
    page = text_of(browser_of(cast.zoe()).get(f"/counter/maison_zinc/orders/{order.reference}"))
    assert "Consultation number: WAPIAAAAZ1." in page


def test_a_shop_that_the_register_does_not_know_asks_without_its_name(
    register: LoopbackServer,
) -> None:
    answers(register, "INVALID_REQUESTER_INFO")
    answers(register, "VALID", ADDRESS)
    order = ordered()
    work()
    assert check_of(order) == ("valid", "", "")


@pytest.mark.parametrize("error", ["INVALID", "INVALID_INPUT"])
def test_a_number_that_is_not_valid_is_the_shops_to_settle(
    register: LoopbackServer, error: str
) -> None:
    answers(register, error)
    order = ordered()
    work()
    assert check_of(order)[0] == "invalid"
    shop = browser_of(cast.zoe())
    waits = f"Order {order.reference}: the buyer's VAT number is not valid"
    assert waits in text_of(shop.get("/counter/maison_zinc"))
    at = f"/counter/maison_zinc/orders/{order.reference}"
    assert "or bill them the VAT" in text_of(shop.get(at))
    shop.post(f"{at}/vat-number")
    shop.post(f"{at}/vat-number")
    assert waits not in text_of(shop.get("/counter/maison_zinc"))
    assert "or bill them the VAT" not in text_of(shop.get(at))


@pytest.mark.parametrize("error", ["MS_UNAVAILABLE", "TIMEOUT", "IP_BLOCKED", ""])
def test_a_register_that_does_not_say_is_asked_again(register: LoopbackServer, error: str) -> None:
    answers(register, error)
    order = ordered()
    with pytest.raises(ViesDown):
        check_vat_number(order_id=order.pk)
    assert check_of(order)[0] == "form"
    answers(register, "VALID")
    work()
    assert check_of(order)[0] == "valid"


@pytest.mark.parametrize("body", [b"<html>", b"[]", b'{"userError": "VALID"}'])
def test_an_answer_that_is_none_says_nothing(register: LoopbackServer, body: bytes) -> None:
    register.answers[NAMED] = says(body, content_type="application/json")
    order = ordered()
    with pytest.raises(ViesDown):
        check_vat_number(order_id=order.pk)
    assert check_of(order)[0] == "form"


def test_a_shop_without_a_number_does_not_say_who_asks(register: LoopbackServer) -> None:
    Shop.objects.filter(pk=cast.maison_zinc().pk).update(vat_number="", no_vat_number=True)
    answers(register, "VALID", ADDRESS)
    order = ordered()
    work()
    assert check_of(order)[0] == "valid"


def test_nothing_is_settled_of_a_number_that_was_not_refused() -> None:
    order = ordered()
    with pytest.raises(Conflict):
        set_vat_number_aside(order=order, by_id=None)
