"""Where a shop sends, how, and at what price, as its owner sets it."""

from typing import Any

import pytest

from comptoir.sales.links import signed_key
from comptoir.shops.models import DeliveryMethod, DeliveryZone, Role
from comptoir.shops.queries import delivery_methods_of, delivery_terms_of
from tests import cast
from tests.sales.buying import basket
from tests.web.checkout.sheets import fields
from tests.web.visiting import browser_of, parsed, text_of, visitor

pytestmark = pytest.mark.django_db

DELIVERY = "/counter/maison_zinc/delivery"
COURIER = {
    "name": "Courier",
    "kind": "post",
    "price_by": "flat",
    "price": "9,50",
    "free_from": "80",
    "days_min": "1",
    "days_max": "1",
    "is_active": "on",
}
BY_WEIGHT = {
    **COURIER,
    "price_by": "weight",
    "price": "",
    "band0-up_to": "2 kg",
    "band0-price": "7,90",
    "band1-up_to": "500",
    "band1-price": "4,90",
    "band2-up_to": "",
    "band2-price": "",
}


@pytest.fixture
def desk() -> Any:
    """Malo owns la Maison Zinc too, and reads English."""
    cast.staff(cast.maison_zinc(), cast.malo(), Role.OWNER)
    return browser_of(cast.malo())


def test_a_way_of_delivery_is_added_and_offered(desk: Any) -> None:
    desk.post(f"{DELIVERY}/methods/new", COURIER)
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
    desk.post(f"{DELIVERY}/methods/{cast.by_post(zinc).pk}", {**COURIER, "price": "7"})
    assert cast.by_post(zinc).price_minor == 700
    assert "€5.90" in text_of(visitor().get(f"/orders/{signed_key(before.order_key)}"))


def test_where_an_order_is_fetched_is_said_before_and_after_it_is_placed(desk: Any) -> None:
    zinc = cast.maison_zinc()
    bowl = cast.product(zinc, "Bol")
    fetched = f"{DELIVERY}/methods/{cast.pick_up(zinc).pk}"
    assert "say where and when" in text_of(desk.get(DELIVERY))
    where = "12 rue des Cordiers, Port-Garance\r\nTuesday to Saturday, 10 to 19"
    desk.post(fetched, {**COURIER, "kind": "pickup", "name": "At the shop", "place": where})
    assert "say where and when" not in text_of(desk.get(DELIVERY))
    assert "12 rue des Cordiers" in text_of(desk.get(fetched))
    assert "Tuesday to Saturday, 10 to 19" in text_of(visitor().get(f"/products/{bowl.pk}/buy"))
    placed = basket((cast.variant_of(bowl), 1), method=cast.pick_up(zinc)).sent()
    desk.post(fetched, {**COURIER, "kind": "pickup", "place": "Closed for the summer"})
    page = text_of(visitor().get(f"/orders/{signed_key(placed.order_key)}"))
    assert "Where to collect it" in page
    assert "Tuesday to Saturday, 10 to 19" in page


def test_what_is_sent_is_fetched_nowhere_and_a_place_has_its_length(desk: Any) -> None:
    zinc = cast.maison_zinc()
    here = f"{DELIVERY}/methods/{cast.pick_up(zinc).pk}"
    long = desk.post(here, {**COURIER, "kind": "pickup", "place": "x" * 301})
    assert long.status_code == 422
    assert parsed(long).get_element_by_id("id_place-error") is not None
    desk.post(here, {**COURIER, "kind": "pickup", "place": "12 rue des Cordiers"})
    assert cast.pick_up(zinc).place == "12 rue des Cordiers"
    assert desk.post(here, {**COURIER, "place": "12 rue des Cordiers"}).status_code == 302
    assert {way.place for way in delivery_methods_of(zinc.pk)} == {""}


def test_prices_by_weight_are_kept_in_order_and_shown_again(desk: Any) -> None:
    assert desk.post(f"{DELIVERY}/methods/new", BY_WEIGHT).status_code == 302
    method = delivery_terms_of(cast.maison_zinc().pk).methods[-1]
    assert [(band.up_to, band.price_minor) for band in method.bands] == [(500, 490), (2000, 790)]
    page = parsed(desk.get(f"{DELIVERY}/methods/{method.id}"))
    shown = [page.get_element_by_id(f"id_band{n}-up_to").value or "" for n in range(5)]
    assert shown == ["500 g", "2 kg", "", "", ""]
    assert "€4.90 – €7.90" in text_of(desk.get(DELIVERY))


def test_prices_by_amount_have_amounts_as_limits(desk: Any) -> None:
    by_amount = {**BY_WEIGHT, "price_by": "amount", "band0-up_to": "29,99", "band1-up_to": ""}
    assert desk.post(f"{DELIVERY}/methods/new", by_amount).status_code == 302
    method = delivery_terms_of(cast.maison_zinc().pk).methods[-1]
    assert [(band.up_to, band.price_minor) for band in method.bands] == [(2999, 790), (None, 490)]


def test_one_price_again_forgets_the_lines(desk: Any) -> None:
    post = cast.by_post(cast.maison_zinc())
    desk.post(f"{DELIVERY}/methods/{post.pk}", BY_WEIGHT)
    desk.post(f"{DELIVERY}/methods/{post.pk}", {**BY_WEIGHT, "price_by": "flat", "price": "3"})
    post.refresh_from_db()
    assert (post.price_by, post.price_minor, post.rates.count()) == ("flat", 300, 0)


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": " "},
        {"kind": "drone"},
        {"price": "-1"},
        {"price": ""},
        {"price": "999999999"},
        {"days_min": "9", "days_max": "2"},
        {"days_max": "1e3"},
        {"zone": "77"},
        {"price_by": "moon"},
        {"price_by": "weight"},
        {"price_by": "weight", "band0-up_to": "five", "band0-price": "4"},
        {"price_by": "weight", "band0-up_to": "0", "band0-price": "4"},
        {"price_by": "weight", "band0-up_to": "500 g", "band0-price": ""},
        {"price_by": "weight", "band0-up_to": "1 kg", "band0-price": "4", "band1-up_to": "1000",
         "band1-price": "5"},
        {"price_by": "amount", "band0-up_to": "1 kg", "band0-price": "4"},
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(desk: Any, wrong: dict[str, str]) -> None:
    refused = desk.post(f"{DELIVERY}/methods/new", {**COURIER, **wrong})
    assert refused.status_code == 422
    assert "field-error" in text_of(refused)
    assert len(delivery_methods_of(cast.maison_zinc().pk)) == 2


def test_the_last_way_of_delivery_stays(desk: Any) -> None:
    zinc = cast.maison_zinc()
    off = {name: value for name, value in COURIER.items() if name != "is_active"}
    desk.post(f"{DELIVERY}/methods/{cast.by_post(zinc).pk}", off)
    assert len(delivery_methods_of(zinc.pk)) == 1
    pick_up = {**off, "kind": "pickup"}
    refused = desk.post(f"{DELIVERY}/methods/{cast.pick_up(zinc).pk}", pick_up)
    assert refused.status_code == 422
    assert len(delivery_methods_of(zinc.pk)) == 1


def test_a_zone_is_made_of_countries(desk: Any) -> None:
    asked = {"name": "Near", "countries": ["BE", "LU"]}
    assert desk.post(f"{DELIVERY}/zones/new", asked).status_code == 302
    made = DeliveryZone.objects.get()
    assert (made.name, made.countries, made.prefixes) == ("Near", ["BE", "LU"], [])
    assert "Belgium, Luxembourg" in text_of(desk.get(DELIVERY))


def test_a_zone_is_the_whole_union(desk: Any) -> None:
    desk.post(f"{DELIVERY}/zones/new", {"name": "Union", "union": "on", "countries": ["CH"]})
    countries = DeliveryZone.objects.get().countries
    assert len(countries) == 29
    assert {"CH", "DE", "MC"} <= set(countries)


def test_a_zone_is_some_postcodes_of_a_country(desk: Any) -> None:
    asked = {"name": "Paris", "countries": ["FR"], "prefixes": "75, 92 ;93"}
    desk.post(f"{DELIVERY}/zones/new", asked)
    assert DeliveryZone.objects.get().prefixes == ["75", "92", "93"]
    assert "France, postcodes that begin with 75, 92, 93" in text_of(desk.get(DELIVERY))


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": " ", "countries": ["FR"]},
        {"name": "Nowhere"},
        {"name": "Moon", "countries": ["XX"]},
        {"name": "Two", "countries": ["FR", "BE"], "prefixes": "10"},
        {"name": "Odd", "countries": ["FR"], "prefixes": "1*"},
        {"name": "Rest again", "is_rest": "on"},
    ],
)
def test_a_zone_that_cannot_be_is_refused(desk: Any, wrong: dict[str, Any]) -> None:
    cast.zone(cast.maison_zinc(), "Rest", (), is_rest=True)
    assert desk.post(f"{DELIVERY}/zones/new", wrong).status_code == 422
    assert DeliveryZone.objects.count() == 1


def test_a_zone_in_use_stays_and_an_empty_one_goes(desk: Any) -> None:
    france = cast.zone(cast.maison_zinc())
    desk.post(f"{DELIVERY}/methods/new", {**COURIER, "zone": str(france.pk)})
    kept = desk.post(f"{DELIVERY}/zones/{france.pk}/removal", follow=True)
    assert "stop offering them" in text_of(kept)
    method = DeliveryMethod.objects.get(zone=france)
    off = {name: value for name, value in COURIER.items() if name != "is_active"}
    desk.post(f"{DELIVERY}/methods/{method.pk}", {**off, "zone": str(france.pk)})
    desk.post(f"{DELIVERY}/zones/{france.pk}/removal")
    assert not DeliveryZone.objects.exists()


def test_pick_up_is_in_no_zone(desk: Any) -> None:
    asked = {**COURIER, "kind": "pickup", "zone": str(cast.zone(cast.maison_zinc()).pk)}
    assert desk.post(f"{DELIVERY}/methods/new", asked).status_code == 302
    assert delivery_methods_of(cast.maison_zinc().pk)[-1].zone_id is None


def test_an_address_is_tried(desk: Any) -> None:
    corsica = cast.zone(cast.maison_zinc(), "Corsica", prefixes=["20"])
    desk.post(f"{DELIVERY}/methods/new", {**BY_WEIGHT, "name": "Boat", "zone": str(corsica.pk)})
    heavy = {"country": "FR", "postcode": "20200", "weight": "1,5 kg"}
    page = parsed(desk.get(DELIVERY, heavy))
    (answer,) = page.xpath("//*[@class='trial-answer']")
    assert "Boat" in answer.text_content()
    assert "€7.90" in answer.text_content()
    elsewhere = parsed(desk.get(DELIVERY, {**heavy, "postcode": "29200"}))
    assert "Boat" not in elsewhere.xpath("//*[@class='trial-answer']")[0].text_content()


def test_another_shop_s_delivery_is_out_of_reach(desk: Any) -> None:
    foreign = cast.by_post(cast.atelier_brume())
    theirs = cast.zone(cast.atelier_brume(), "Near", ["BE"])
    assert desk.post(f"{DELIVERY}/methods/{foreign.pk}", COURIER).status_code == 404
    assert desk.post(f"{DELIVERY}/zones/{theirs.pk}", {"name": "Mine"}).status_code == 404
    assert desk.post(f"{DELIVERY}/zones/{theirs.pk}/removal").status_code == 404
    refused = desk.post(f"{DELIVERY}/methods/new", {**COURIER, "zone": str(theirs.pk)})
    assert refused.status_code == 422
