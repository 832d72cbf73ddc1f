"""Offers at the counter: made, looked at, changed, stopped; by those who may."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from comptoir.common import clock
from comptoir.sales.models import Offer
from comptoir.sales.services.offer_uses import confirm_offers, use_offers
from comptoir.shops.models import Role
from tests import cast
from tests.sales.offering import offer, order_row
from tests.web.visiting import browser_of, parsed, text_of

pytestmark = pytest.mark.django_db

OFFERS = "/counter/maison_zinc/offers"
NEW = f"{OFFERS}/new"
TEN = {"name": "Welcome", "kind": "percent", "percent": "10", "audience": "everyone",
       "scope": "shop", "step": "save"}  # fmt: skip


@pytest.fixture
def desk() -> Any:
    """Malo manages la Maison Zinc, and reads English."""
    cast.staff(cast.maison_zinc(), cast.malo(), Role.MANAGER)
    return browser_of(cast.malo())


def made() -> Offer:
    return Offer.objects.get()


def errors(response: Any) -> str:
    return " ".join(parsed(response).xpath("//*[contains(@class, 'field-error')]/text()"))


def test_a_percentage_with_a_code_is_made_and_listed(desk: Any) -> None:
    answer = desk.post(NEW, {**TEN, "code": " bien venue ", "percent": "12,5"}, follow=True)
    assert (made().value, made().code, made().currency) == (1250, "BIENVENUE", "EUR")
    assert "BIENVENUE" in text_of(answer)
    assert "12.5% off" in text_of(answer)
    assert "Counts now" in text_of(answer)


@pytest.mark.parametrize(
    ("said", "kind", "value"),
    [
        ({"kind": "amount", "amount": "5,00"}, "amount", 500),
        ({"kind": "free_delivery", "percent": ""}, "free_delivery", 0),
        (
            {"kind": "buy_x_get_y", "buy_quantity": "2", "get_quantity": "1", "get_percent": "50"},
            "buy_x_get_y",
            5000,
        ),
    ],
)
def test_each_kind_is_made(desk: Any, said: dict[str, str], kind: str, value: int) -> None:
    desk.post(NEW, {**TEN, **said})
    assert (made().kind, made().value) == (kind, value)


def test_dates_limits_minimum_and_people_are_kept_and_shown_again(desk: Any) -> None:
    cast.ines()
    end = timezone.localtime(clock.now() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    more = {
        "audience": "segment", "people": "@ines, malo", "minimum": "50", "ends": end,
        "limit_total": "10", "limit_per_customer": "1",
    }  # fmt: skip
    desk.post(NEW, {**TEN, **more})
    assert (made().minimum_minor, made().limit_total, made().limit_per_customer) == (5000, 10, 1)
    page = parsed(desk.get(f"{OFFERS}/{made().pk}"))
    assert page.xpath("//textarea[@name='people']/text()")[0].strip() == "@ines @malo"
    assert page.xpath("//input[@name='ends']/@value") == [end]
    assert page.xpath("//input[@name='minimum']/@value") == ["50.00"]


def test_a_planned_offer_says_when_it_starts(desk: Any) -> None:
    desk.post(NEW, TEN)
    assert "starts on" not in text_of(desk.get(OFFERS))
    Offer.objects.update(starts=datetime(2099, 3, 4, 11, tzinfo=UTC))
    page = text_of(desk.get(OFFERS))
    assert "Planned" in page
    assert "starts on Mar" in page


def test_products_are_found_chosen_and_kept_without_a_script(desk: Any) -> None:
    bowl = cast.product(cast.maison_zinc(), "Bol")
    spoon = cast.product(cast.maison_zinc(), "Cuillère")
    chosen = {**TEN, "scope": "products", "product": [str(bowl.pk)]}
    found = parsed(desk.post(NEW, {**chosen, "step": "find", "find": "cuill"}))
    boxes = found.xpath("//input[@name='product']")
    assert [(box.get("value"), "checked" in box.attrib) for box in boxes] == [
        (str(bowl.pk), True), (str(spoon.pk), False),
    ]  # fmt: skip
    assert found.xpath("//input[@name='name']/@value") == ["Welcome"]
    desk.post(NEW, {**chosen, "product": [str(bowl.pk), str(spoon.pk)]})
    assert set(made().products.all()) == {bowl, spoon}


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"percent": ""}, "A percentage is between"),
        ({"percent": "101"}, "less than or equal to 100"),
        ({"kind": "amount", "amount": ""}, "Say how much"),
        ({"kind": "buy_x_get_y", "get_percent": "100"}, "Say how many pieces"),
        ({"code": "a b"}, "A code has 3 to 30"),
        ({"code": "taken"}, "Another offer has this code"),
        ({"starts": "2026-03-02T10:00", "ends": "2026-03-02T09:00"}, "ends after it starts"),
        ({"audience": "segment", "people": ""}, "Name the people"),
        ({"audience": "segment", "people": "@nobody_here"}, "@nobody_here"),
        ({"scope": "products"}, "Choose the products"),
        ({"scope": "products", "product": "999"}, "not in your shop"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(
    desk: Any, said: dict[str, str], message: str
) -> None:
    offer(cast.maison_zinc(), code="TAKEN")
    answer = desk.post(NEW, {**TEN, **said})
    assert (answer.status_code, Offer.objects.count()) == (422, 1)
    assert message in errors(answer)


def test_another_shops_product_cannot_be_chosen(desk: Any) -> None:
    vase = cast.product(cast.atelier_brume(), "Vase")
    answer = desk.post(NEW, {**TEN, "scope": "products", "product": str(vase.pk)})
    assert "not in your shop" in errors(answer)


def test_an_offer_is_changed(desk: Any) -> None:
    known = offer(cast.maison_zinc(), code="TEN")
    desk.post(f"{OFFERS}/{known.pk}", {**TEN, "code": "ten", "percent": "15"})
    assert (made().value, made().code) == (1500, "TEN")


def test_a_limit_below_what_was_used_is_refused(desk: Any) -> None:
    known = offer(cast.maison_zinc())
    for customer in ("p:1", "p:2"):
        use_offers(order_row(known.shop).pk, [(known.pk, 100)], customer)
    answer = desk.post(f"{OFFERS}/{known.pk}", {**TEN, "limit_total": "1"})
    assert "used more often already" in errors(answer)


def test_uses_and_what_was_given_away_are_counted(desk: Any) -> None:
    known = offer(cast.maison_zinc(), limit_total=10)
    paid, waiting = order_row(known.shop), order_row(known.shop)
    use_offers(paid.pk, [(known.pk, 350)], "p:1")
    use_offers(waiting.pk, [(known.pk, 500)], "p:2")
    confirm_offers(paid.pk)
    words = text_of(desk.get(OFFERS))
    assert "2 of 10 uses" in words
    assert "€3.50 given" in words


def test_an_offer_is_stopped_and_counts_again(desk: Any) -> None:
    known = offer(cast.maison_zinc())
    desk.post(f"{OFFERS}/{known.pk}/stop", {"on": "0"})
    assert not made().is_active
    assert "Over or stopped" in text_of(desk.get(OFFERS))
    desk.post(f"{OFFERS}/{known.pk}/stop", {"on": "1"})
    assert made().is_active


@pytest.mark.parametrize("role", [Role.PACKER, Role.SUPPORT])
def test_packers_and_support_make_no_offers(role: Role) -> None:
    known = offer(cast.maison_zinc())
    cast.staff(cast.maison_zinc(), cast.ines(), role)
    inside = browser_of(cast.ines())
    one = f"{OFFERS}/{known.pk}"
    pages = [inside.get(address) for address in (OFFERS, NEW, one)]
    pages += [inside.post(address, TEN) for address in (NEW, one, f"{one}/stop")]
    assert [page.status_code for page in pages] == [404] * 6
    assert "Offers" not in text_of(inside.get("/counter/maison_zinc/orders"))


def test_another_shops_offer_is_not_there(desk: Any) -> None:
    theirs = offer(cast.atelier_brume())
    assert desk.get(f"{OFFERS}/{theirs.pk}").status_code == 404


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("starts", "0001-01-01T00:00"),
        ("starts", "0026-03-01T10:00"),
        ("ends", "9999-12-31T23:59"),
        ("starts", "2026-02-30T10:00"),
        ("ends", "2026-03-29T02:30"),
    ],
)
def test_a_time_that_is_none_or_out_of_bounds_is_refused(desk: Any, field: str, typed: str) -> None:
    answer = desk.post(NEW, {**TEN, field: typed})
    assert answer.status_code == 422
    assert errors(answer)
    assert not Offer.objects.exists()
