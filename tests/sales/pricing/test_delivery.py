"""Which ways of delivery there are for an address, and at what price."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comptoir.sales.pricing.delivery import DIGITAL_METHOD_ID, offered, price_of, zones_of
from comptoir.shops.delivery_terms import Band, DeliveryTerms, Method, Zone

FRANCE = Zone(1, is_rest=False, countries=("FR", "MC"))
CORSICA = Zone(2, is_rest=False, countries=("FR",), prefixes=("20",))
AJACCIO = Zone(3, is_rest=False, countries=("FR",), prefixes=("2000", "2009"))
OVERSEAS = Zone(4, is_rest=False, countries=("GP", "MQ", "RE"))
NEAR = Zone(5, is_rest=False, countries=("BE", "LU"))
REST = Zone(6, is_rest=True)
REUNION = Zone(7, is_rest=False, countries=("FR",), prefixes=("974",))
LONDON = Zone(8, is_rest=False, countries=("GB",), prefixes=("SW", "E1"))
ZONES = (FRANCE, CORSICA, AJACCIO, OVERSEAS, NEAR, REST, LONDON)


@pytest.mark.parametrize(
    ("country", "postcode", "zones"),
    [
        ("FR", "29200", {1}),
        ("FR", "", {1}),
        ("MC", "98000", {1}),
        ("FR", "20200", {2}),
        ("FR", "20000", {3}),
        ("FR", "97110", {4}),  # Guadeloupe typed as France
        ("GP", "97110", {4}),
        ("FR", "97300", {6}),  # Guiana is nobody's but the rest's
        ("BE", "1000", {5}),
        ("JP", "100-0001", {6}),
        ("GB", "sw1a 1aa", {8}),
        ("GB", "M1 1AE", {6}),
    ],
)
def test_the_zone_that_says_most_counts(country: str, postcode: str, zones: set[int]) -> None:
    assert zones_of(ZONES, country, postcode) == zones


def test_overseas_is_in_a_zone_of_france_that_names_its_postcodes() -> None:
    assert zones_of((FRANCE, REUNION), "RE", "97400") == {7}
    assert zones_of((FRANCE, REUNION), "FR", "97400") == {7}
    assert zones_of((FRANCE,), "FR", "97400") == set()


def test_a_zone_without_a_way_of_delivery_is_where_the_shop_does_not_send() -> None:
    post = Method(1, "post", "Home", 590, zone_id=1)
    terms = DeliveryTerms((FRANCE, CORSICA), (post,))
    assert offered(terms, "FR", "20200", 0, 1000) == ()
    assert [c.method for c in offered(terms, "FR", "29200", 0, 1000)] == [post]


def test_pick_up_is_there_wherever_one_lives() -> None:
    pick_up = Method(2, "pickup", "Shop", 0)
    terms = DeliveryTerms((FRANCE,), (Method(1, "post", "Home", 590, zone_id=1), pick_up))
    assert [c.method for c in offered(terms, "JP", "", 0, 1000)] == [pick_up]


def test_before_the_address_is_known_every_way_is_there() -> None:
    methods = (Method(1, "post", "Home", 590, zone_id=1), Method(2, "post", "Far", 1990, zone_id=6))
    terms = DeliveryTerms((FRANCE, REST), methods)
    assert [c.price_minor for c in offered(terms, "", "", 0, 1000)] == [590, 1990]


BY_WEIGHT = Method(
    1, "post", "Parcel", 0, "weight", bands=(Band(500, 490), Band(2000, 790), Band(10_000, 1490))
)
BY_AMOUNT = Method(2, "post", "Parcel", 0, "amount", 8000, bands=(Band(2999, 690), Band(None, 390)))


@pytest.mark.parametrize(
    ("method", "weight", "goods", "price"),
    [
        (BY_WEIGHT, 0, 100, 490),
        (BY_WEIGHT, 500, 100, 490),
        (BY_WEIGHT, 501, 100, 790),
        (BY_WEIGHT, 10_000, 100, 1490),
        (BY_WEIGHT, 10_001, 100, None),
        (BY_AMOUNT, 9, 2999, 690),
        (BY_AMOUNT, 9, 3000, 390),
        (BY_AMOUNT, 9, 7999, 390),
        (BY_AMOUNT, 9, 8000, 0),
        (Method(3, "post", "Home", 590, free_from_minor=6000), 0, 6000, 0),
        (Method(3, "post", "Home", 590, free_from_minor=6000), 0, 5999, 590),
    ],
)
def test_a_price_by_its_band(method: Method, weight: int, goods: int, price: int | None) -> None:
    assert price_of(method, weight, goods) == price


def test_a_parcel_too_heavy_to_be_sent_is_not_sent_free() -> None:
    free = Method(1, "post", "Parcel", 0, "weight", 1000, bands=(Band(500, 490),))
    assert price_of(free, 501, 5000) is None


def test_files_alone_are_downloaded() -> None:
    terms = DeliveryTerms((), (Method(1, "post", "Home", 590),))
    (choice,) = offered(terms, "", "", 0, 1000, all_digital=True)
    assert (choice.method.id, choice.method.kind, choice.price_minor) == (
        DIGITAL_METHOD_ID,
        "digital",
        0,
    )


@given(
    st.lists(st.tuples(st.integers(0, 50_000), st.integers(0, 9999)), max_size=8),
    st.integers(0, 60_000),
)
def test_a_price_is_that_of_the_lowest_band_that_holds(
    rows: list[tuple[int, int]], weight: int
) -> None:
    bands = tuple(Band(up_to, price) for up_to, price in sorted(dict(rows).items()))
    price = price_of(Method(1, "post", "Parcel", 0, "weight", bands=bands), weight, 0)
    holding = [band for band in bands if band.up_to is not None and band.up_to >= weight]
    assert price == (min(holding, key=lambda b: b.up_to or 0).price_minor if holding else None)
