"""The arithmetic of a purchase, by properties."""

from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comptoir.common.money import vat_within
from comptoir.sales.pricing.lines import PricedLine
from comptoir.sales.pricing.offer_terms import OfferTerms
from comptoir.sales.pricing.quote import Destination, Quote, SellerTerms, price
from comptoir.shops.delivery_terms import DeliveryTerms, Method
from tests.sales.offering import terms

RATES = st.sampled_from([0, 210, 550, 1000, 2000, 2550, 10_000])
LINES = st.lists(
    st.builds(
        PricedLine,
        variant_id=st.integers(1, 50),
        quantity=st.integers(1, 999),
        unit_minor=st.integers(0, 10**11 - 1),
        vat_rate_bp=RATES,
        product_id=st.just(0),
        weight_grams=st.just(0),
        digital=st.just(False),
        discount_minor=st.just(0),
    ),
    min_size=1,
    max_size=12,
)
METHODS = st.builds(
    Method,
    id=st.just(1),
    kind=st.just("post"),
    name=st.just("Poste"),
    price_minor=st.integers(0, 100_000),
    free_from_minor=st.none() | st.integers(0, 10**6),
)

FRANCE = Destination("FR")
POST = Method(1, "post", "Poste", 0)
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def quote(
    lines: list[PricedLine],
    method: Method | None,
    offers: tuple[OfferTerms, ...] = (),
    to: Destination = FRANCE,
) -> Quote:
    """From a shop in France that delivers by ``method``."""
    methods = (method,) if method is not None else ()
    terms = SellerTerms("FR", "normal", False, DeliveryTerms(methods=methods), offers)
    priced = price(lines, terms, to, now=NOW)
    return priced.quote(priced.choices[0] if method is not None else None)


@given(LINES, METHODS)
def test_totals_are_the_sum_of_their_parts(lines: list[PricedLine], method: Method) -> None:
    made = quote(lines, method)
    assert made.items_minor == sum(line.unit_minor * line.quantity for line in lines)
    assert made.total_minor == made.items_minor + made.delivery_minor
    assert made.vat_minor == sum(share.vat_minor for share in made.vat_shares)
    assert made.total_minor == sum(share.gross_minor for share in made.vat_shares)


@given(LINES, METHODS)
def test_each_rate_s_vat_is_right_to_a_unit_for_each_rounding(
    lines: list[PricedLine], method: Method
) -> None:
    made = quote(lines, method)
    assert 0 <= made.vat_minor <= made.total_minor
    for share in made.vat_shares:
        exact = Fraction(share.gross_minor * share.rate_bp, 10_000 + share.rate_bp)
        roundings = 1 + sum(line.vat_rate_bp == share.rate_bp for line in lines)
        assert abs(share.vat_minor - exact) <= Fraction(roundings, 2)


@given(st.integers(0, 10**14), RATES)
def test_vat_of_a_line_is_rounded_half_up(gross: int, rate: int) -> None:
    exact = Fraction(gross * rate, 10_000 + rate)
    vat = vat_within(gross, rate)
    assert Fraction(-1, 2) < vat - exact <= Fraction(1, 2)


@given(LINES, METHODS)
def test_the_order_of_the_lines_changes_nothing(lines: list[PricedLine], method: Method) -> None:
    one, other = quote(lines, method), quote(lines[::-1], method)
    assert (one.total_minor, one.vat_shares) == (other.total_minor, other.vat_shares)


@given(LINES, st.integers(0, 100_000), st.integers(0, 10**6))
def test_delivery_is_free_from_its_amount_on(
    lines: list[PricedLine], price: int, free_from: int
) -> None:
    made = quote(lines, replace(POST, price_minor=price, free_from_minor=free_from))
    assert made.delivery_minor == (0 if made.items_minor >= free_from else price)


@pytest.mark.parametrize(
    ("lines", "fee", "shares"),
    [
        ([PricedLine(1, 1, 1200, 2000)], 590, [(2000, 1790, 298)]),
        ([PricedLine(1, 1, 1200, 2000), PricedLine(2, 1, 1055, 550)], 0,
         [(2000, 1200, 200), (550, 1055, 55)]),
        ([PricedLine(1, 1, 1000, 2000), PricedLine(2, 1, 2000, 550)], 100,
         [(2000, 1033, 167 + 6), (550, 2067, 104 + 3)]),
        ([PricedLine(1, 1, 0, 550)], 500, [(550, 500, 26)]),
    ],
)  # fmt: skip
def test_vat_shares_by_hand(
    lines: list[PricedLine], fee: int, shares: list[tuple[int, int, int]]
) -> None:
    made = quote(lines, replace(POST, price_minor=fee))
    assert [(s.rate_bp, s.gross_minor, s.vat_minor) for s in made.vat_shares] == shares


def test_goods_alone_have_no_delivery() -> None:
    assert quote([PricedLine(1, 2, 645, 2000)], None).total_minor == 1290


FREE_DELIVERY = OfferTerms(
    id=3, name="Port offert", kind="free_delivery", value=0, code="", minimum_minor=0,
    buy_quantity=0, get_quantity=0, starts=None, ends=None, audience="everyone", reached=True,
    left=None, left_for_buyer=None, product_ids=None,
)  # fmt: skip
TENTH_OFF = replace(FREE_DELIVERY, id=4, name="Dixième", kind="percent", value=1000)


def test_offers_then_delivery_then_taxes() -> None:
    """A tenth off 60.00 brings the goods below the amount from which delivery is free."""
    method = replace(POST, price_minor=590, free_from_minor=6000)
    made = quote([PricedLine(1, 2, 3000, 2000)], method, (TENTH_OFF,))
    assert (made.items_minor, made.discount_minor, made.delivery_minor) == (6000, 600, 590)
    assert (made.total_minor, made.vat_minor) == (5990, 900 + 98)
    assert made.uses == ((4, 600),)


def test_delivery_that_an_offer_pays_is_a_use_of_it() -> None:
    method = replace(POST, price_minor=590)
    made = quote([PricedLine(1, 1, 3000, 2000)], method, (FREE_DELIVERY,))
    assert (made.delivery_minor, made.uses) == (0, ((3, 590),))
    there = replace(POST, kind="pickup")
    assert quote([PricedLine(1, 1, 3000, 2000)], there, (FREE_DELIVERY,)).uses == ()


def test_a_business_abroad_pays_the_net_price_unless_it_fetches_the_goods() -> None:
    to = Destination("DE", "10115", "DE136695976")
    sent = quote([PricedLine(1, 1, 1200, 2000)], replace(POST, price_minor=600), to=to)
    assert (sent.total_minor, sent.vat_minor, sent.tax_scheme) == (1000 + 500, 0, "reverse_charge")
    there = quote([PricedLine(1, 1, 1200, 2000)], replace(POST, kind="pickup"), to=to)
    assert (there.total_minor, there.vat_minor, there.tax_scheme) == (1200, 200, "domestic")


def test_what_pieces_given_take_off_lowers_the_vat_of_each_rate() -> None:
    second_given = terms(kind="buy_x_get_y", value=10_000, buy_quantity=1)
    lines = [PricedLine(1, 1, 3000, 2000), PricedLine(2, 1, 1000, 550)]
    made = quote(lines, POST, (second_given,))
    shares = [(share.rate_bp, share.gross_minor, share.vat_minor) for share in made.vat_shares]
    assert (made.total_minor, shares) == (3000, [(2000, 2250, 375), (550, 750, 39)])
    abroad = quote(lines, POST, (second_given,), Destination("DE", "10115", "DE136695976"))
    assert [line.total_minor for line in abroad.lines] == [2500 - 625, 948 - 237]
    assert (abroad.vat_minor, abroad.uses) == (0, ((second_given.id, 1000),))
