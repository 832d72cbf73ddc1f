"""What offers take off: by hand, and by properties."""

import random
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comptoir.common.money import share_of
from comptoir.sales.pricing.lines import PricedLine
from comptoir.sales.pricing.offer_terms import OfferTerms, Reason, as_follower, folded_code
from comptoir.sales.pricing.offers import Applied, apply, piece_under
from tests.sales.offering import NOON, line, terms


def applied(lines: list[PricedLine], *offers: OfferTerms, codes: tuple[str, ...] = ()) -> Applied:
    return apply(lines, offers, now=NOON, codes=codes)


def off(lines: list[PricedLine], *offers: OfferTerms, codes: tuple[str, ...] = ()) -> list[int]:
    return [each.discount_minor for each in applied(lines, *offers, codes=codes).lines]


def reason(offer: OfferTerms, *lines: PricedLine) -> tuple[Reason, int]:
    """Why the code of the offer takes nothing off."""
    (refused,) = applied(list(lines), offer, codes=(offer.code,)).refused
    return refused.reason, refused.missing_minor


def test_a_percentage_is_rounded_on_the_piece_so_that_the_price_shown_is_the_price_paid() -> None:
    assert off([line(333, quantity=3)], terms()) == [99]  # 33 a piece, not 100 in all
    assert off([line(5)], terms()) == [1]  # half up


def test_each_line_takes_the_best_percentage_and_no_second_one() -> None:
    goods = [line(1000, product=1), line(1000, product=2)]
    on_two = terms(2, value=3000, product_ids=frozenset({2}))
    assert off(goods, terms(1, value=1000), on_two) == [100, 300]


def test_the_cheapest_pieces_are_given_for_pieces_bought_across_lines() -> None:
    two_for_one = terms(kind="buy_x_get_y", value=10_000)
    goods = [line(500, quantity=2, product=1), line(900, quantity=5, product=2)]
    assert sum(off(goods, two_for_one)) == 1000  # seven pieces: two are given
    assert off(goods[:1], two_for_one) == [0]


def test_what_pieces_given_take_off_is_shared_by_all_that_make_the_offer() -> None:
    second_given = terms(kind="buy_x_get_y", value=10_000, buy_quantity=1)
    assert off([line(3000, product=1), line(1000, product=2)], second_given) == [750, 250]
    assert off([line(1000, product=1), line(1000, product=2)], second_given) == [500, 500]
    third_given = terms(kind="buy_x_get_y", value=10_000)
    assert off([line(1000, product=number) for number in (1, 2, 3)], third_given) == [333, 333, 334]


def test_a_piece_beyond_those_that_make_the_offer_keeps_its_price() -> None:
    second_given = terms(kind="buy_x_get_y", value=10_000, buy_quantity=1)
    goods = [line(9000, product=1), line(3000, product=2), line(1000, product=3)]
    assert off(goods, second_given) == [0, 750, 250]


def test_pieces_at_half_price() -> None:
    half = terms(kind="buy_x_get_y", value=5000, buy_quantity=1)
    assert off([line(999, quantity=3)], half) == [500]


def test_pieces_given_replace_percentages_only_when_they_give_more() -> None:
    goods = [line(1000, quantity=3)]
    third_free = terms(2, kind="buy_x_get_y", value=10_000)
    assert off(goods, terms(1, value=3000), third_free) == [1000]
    assert off(goods, terms(1, value=4000), third_free) == [1200]


def test_an_amount_comes_after_percentages_and_is_divided_to_the_last_cent() -> None:
    goods = [line(1000, product=1), line(1000, product=2), line(1000, product=3)]
    result = applied(goods, terms(1, value=1000), terms(2, kind="amount", value=1000))
    assert sorted(each.discount_minor for each in result.lines) == [433, 433, 434]
    assert result.uses(0) == ((1, 300), (2, 1000))


def test_an_amount_takes_no_more_than_the_goods_in_its_scope_cost() -> None:
    gift = terms(kind="amount", value=5000, product_ids=frozenset({1}))
    assert off([line(1200, product=1), line(900, product=2)], gift) == [1200, 0]


def test_delivery_is_free_and_counts_as_a_use_only_when_it_would_have_cost() -> None:
    result = applied([line(1000)], terms(7, kind="free_delivery", value=0))
    assert result.free_delivery
    assert (result.uses(590), result.uses(0)) == (((7, 590),), ())


def test_a_code_works_in_any_spelling_and_only_when_it_is_given() -> None:
    spring = terms(code="ÉTÉ-26")
    assert off([line(1000)], spring) == [0]
    assert off([line(1000)], spring, codes=(" été-26 ",)) == [100]


def test_a_code_is_not_used_up_where_an_offer_to_all_gives_as_much() -> None:
    result = applied([line(1000)], terms(1, code="TEN"), terms(2), codes=("ten",))
    assert result.uses(0) == ((2, 100),)
    assert [(each.code, each.reason) for each in result.refused] == [("TEN", Reason.NOT_BETTER)]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"starts": NOON + timedelta(hours=1)}, Reason.NOT_STARTED),
        ({"ends": NOON}, Reason.ENDED),
        ({"left": 0}, Reason.USED_UP),
        ({"left_for_buyer": 0}, Reason.USED_BY_YOU),
        ({"product_ids": frozenset({9})}, Reason.OTHER_PRODUCTS),
        ({"audience": "followers", "reached": False}, Reason.FOLLOWERS_ONLY),
        ({"audience": "segment", "reached": False}, Reason.UNKNOWN),
    ],
)
def test_a_code_that_takes_nothing_off_says_why(said: dict[str, Any], why: Reason) -> None:
    assert reason(terms(code="TEN", **said), line(1000)) == (why, 0)


def test_a_minimum_counts_the_goods_in_scope_before_reductions_and_says_what_lacks() -> None:
    offer = terms(code="TEN", minimum_minor=2000, product_ids=frozenset({1}))
    assert reason(offer, line(1500, product=1), line(900, product=2)) == (Reason.MINIMUM, 500)
    assert off([line(1000, quantity=2)], offer, codes=("ten",)) == [200]


def test_an_unknown_code_is_refused_once_however_often_it_is_typed() -> None:
    result = applied([line(1000)], codes=("nope", "NOPE", ""))
    assert [(each.code, each.reason) for each in result.refused] == [("NOPE", Reason.UNKNOWN)]


def test_the_price_for_followers_is_what_following_would_give() -> None:
    for_followers = terms(audience="followers", reached=False, name="For you")
    assert piece_under(line(333, quantity=7), [for_followers], NOON) == (333, None)
    (followed,) = as_follower([for_followers])
    assert piece_under(line(333), [followed], NOON) == (300, followed)


@given(st.text(max_size=40))
def test_folding_a_code_twice_changes_nothing(typed: str) -> None:
    folded = folded_code(typed)
    assert folded_code(folded) == folded == folded.upper()


SCOPES = st.none() | st.frozensets(st.integers(1, 4), min_size=1)
MINIMUMS = st.sampled_from([0, 0, 1, 5_000])
PRICES = st.integers(0, 500) | st.integers(0, 10**11 - 1)
GOODS = st.lists(
    st.builds(line, PRICES, quantity=st.integers(1, 999), product=st.integers(1, 4)),
    min_size=1,
    max_size=6,
)


@st.composite
def some_offers(draw: st.DrawFn, most: int = 6) -> list[OfferTerms]:
    kinds = st.sampled_from(["percent", "buy_x_get_y", "amount", "free_delivery"])
    count = draw(st.integers(0, most))
    return [
        terms(
            number,
            kind=(kind := draw(kinds)),
            value={"free_delivery": 0, "amount": draw(PRICES) or 1}.get(
                kind, draw(st.integers(1, 10_000))
            ),
            code=draw(st.sampled_from(["", "", f"CODE{number}"])),
            minimum_minor=draw(MINIMUMS),
            buy_quantity=draw(st.integers(1, 5)),
            get_quantity=draw(st.integers(1, 3)),
            product_ids=draw(SCOPES),
        )
        for number in range(1, count + 1)
    ]


ALL_CODES = tuple(f"code{number}" for number in range(1, 6))


@given(GOODS, some_offers())
def test_no_line_goes_below_zero_and_every_cent_off_is_someones(
    goods: list[PricedLine], offers: list[OfferTerms]
) -> None:
    result = applied(goods, *offers, codes=ALL_CODES)
    for before, after in zip(goods, result.lines, strict=True):
        assert 0 <= after.discount_minor <= before.total_minor
        assert (after.unit_minor, after.quantity) == (before.unit_minor, before.quantity)
    assert sum(amount for _offer, amount in result.uses(0)) == result.discount_minor
    assert all(each.amount_minor > 0 for each in result.given)


@given(GOODS, st.integers(1, 5), st.integers(1, 3), st.integers(1, 10_000))
def test_pieces_are_given_to_the_cent_and_each_line_bears_its_share(
    goods: list[PricedLine], bought: int, given_away: int, value: int
) -> None:
    """Piece by piece, which the computation never does."""
    offer = terms(kind="buy_x_get_y", value=value, buy_quantity=bought, get_quantity=given_away)
    prices = sorted(
        (each.unit_minor, n) for n, each in enumerate(goods) for _ in range(each.quantity)
    )
    times = len(prices) // (bought + given_away)
    amount = sum(share_of(price, value) for price, _n in prices[: times * given_away])
    making = prices[: times * (bought + given_away)]
    whole = sum(price for price, _n in making)
    for place, taken_off in enumerate(off(goods, offer)):
        mine = sum(price for price, n in making if n == place)
        assert taken_off == 0 if not mine else abs(taken_off * whole - amount * mine) < whole
    assert sum(off(goods, offer)) == amount


@given(GOODS, some_offers(), st.randoms(use_true_random=False))
def test_the_order_in_which_offers_are_read_makes_no_difference(
    goods: list[PricedLine], offers: list[OfferTerms], chance: random.Random
) -> None:
    shuffled = chance.sample(offers, len(offers))
    assert applied(goods, *offers, codes=ALL_CODES) == applied(goods, *shuffled, codes=ALL_CODES)


@given(GOODS, some_offers())
def test_together_offers_give_at_least_what_any_gives_alone(
    goods: list[PricedLine], offers: list[OfferTerms]
) -> None:
    together = applied(goods, *offers, codes=ALL_CODES).discount_minor
    for offer in offers:
        assert together >= applied(goods, offer, codes=ALL_CODES).discount_minor


@given(GOODS, some_offers())
def test_every_code_is_either_useful_or_refused(
    goods: list[PricedLine], offers: list[OfferTerms]
) -> None:
    result = applied(goods, *offers, codes=ALL_CODES)
    useful = {each.code for each in result.given} | {
        result.delivery.code if result.delivery else ""
    }
    refused = {each.code for each in result.refused}
    assert {code.upper() for code in ALL_CODES} == (useful - {""}) | refused
    assert not useful & refused


@given(GOODS, st.integers(1, 10_000))
def test_a_percentage_alone_is_the_shown_price_times_the_quantity(
    goods: list[PricedLine], value: int
) -> None:
    offer = terms(value=value)
    for each in applied(goods, offer).lines:
        shown, _offer = piece_under(each, [offer], NOON)
        assert each.total_minor == shown * each.quantity


@given(GOODS, some_offers())
def test_what_is_shown_adds_up_to_what_is_charged(
    goods: list[PricedLine], offers: list[OfferTerms]
) -> None:
    result = applied(goods, *offers, codes=ALL_CODES)
    told = result.announced_off_minor + sum(each.amount_minor for each in result.beside)
    assert told == result.discount_minor
    assert all(each.amount_minor > 0 for each in result.beside)
    by_themselves = {offer.id for offer in offers if offer.announced}
    assert not by_themselves & {each.offer_id for each in result.beside}
