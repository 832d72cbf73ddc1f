"""Which price may be crossed out: by the letter of the law, and by properties."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from comptoir.catalog.price_history import (
    PriceTerms,
    reference_of_last_sale,
    reference_price,
    timeline,
)

START = datetime(2026, 1, 1, tzinfo=UTC)


def day(number: float) -> datetime:
    return START + timedelta(days=number)


def at(number: float, price: int, sale: int | None = None, *dates: float | None) -> PriceTerms:
    """Said on that day; ``dates`` are those from and until which the sale price holds."""
    begin, until = (*dates, None, None)[:2]
    return PriceTerms(
        day(number), price, sale,
        None if begin is None else day(begin), None if until is None else day(until),
    )  # fmt: skip


def reference(on: float, *history: PriceTerms, perishable: bool = False) -> int | None:
    return reference_price(history, day(on), perishable=perishable)


def test_a_steady_price_is_its_own_reference() -> None:
    assert reference(61, at(0, 100), at(60, 100, 80)) == 100


def test_without_a_sale_nothing_is_crossed_out() -> None:
    assert reference(61, at(0, 100), at(60, 80)) is None


def test_a_price_raised_just_before_the_sale_does_not_count() -> None:
    assert reference(61, at(0, 100), at(50, 150), at(60, 150, 99)) == 100
    assert reference(61, at(0, 100), at(50, 150), at(60, 150, 100)) is None


def test_a_price_raised_together_with_its_sale_does_not_count() -> None:
    assert reference(61, at(0, 100), at(60, 500, 90)) == 100


def test_only_the_thirty_days_before_the_sale_are_looked_at() -> None:
    lower_once = (at(0, 50), at(29, 100), at(60, 100, 80))
    assert reference(61, *lower_once) == 100
    assert reference(61, at(0, 50), at(31, 100), at(60, 100, 80)) is None


def test_an_earlier_sale_of_these_days_counts_as_a_price() -> None:
    again = (at(0, 100), at(40, 100, 60), at(45, 100), at(60, 100, 70))
    assert reference(61, *again) is None
    assert reference(61, *again[:3], at(60, 100, 50)) == 60


def test_a_reduction_that_grows_keeps_the_price_before_its_first_step() -> None:
    steps = (at(0, 100), at(60, 100, 80), at(70, 100, 60), at(95, 100, 40))
    assert [reference(on, *steps) for on in (61, 71, 96, 300)] == [100, 100, 100, 100]


def test_a_reduction_that_shrinks_is_another_one() -> None:
    assert reference(71, at(0, 100), at(60, 100, 60), at(70, 100, 80)) is None


def test_a_reduction_that_paused_is_another_one() -> None:
    assert reference(76, at(0, 100), at(60, 100, 80), at(70, 100), at(75, 100, 60)) == 80


def test_what_is_new_has_the_lowest_price_since_it_is_on_sale() -> None:
    assert reference(11, at(0, 120), at(5, 100), at(10, 100, 70)) == 100


def test_what_was_reduced_from_its_first_day_has_no_reference() -> None:
    assert reference(90, at(0, 100, 70)) is None
    assert reference(90, at(0, 100, 70), at(60, 100, 50)) is None


def test_what_spoils_has_the_price_just_before() -> None:
    offers = (at(0, 100), at(40, 100, 50), at(41, 100), at(60, 100, 70))
    assert reference(61, *offers) is None
    assert reference(61, *offers, perishable=True) == 100


def test_a_sale_with_dates_begins_and_ends_with_them() -> None:
    dated = (at(0, 100), at(10, 100, 80, 60, 70))
    assert [reference(on, *dated) for on in (59, 60, 69, 70)] == [None, 100, 100, None]


def test_two_prices_of_the_same_moment_count_as_the_last_one() -> None:
    assert reference(61, at(0, 100), at(10, 1), at(10, 100), at(60, 100, 80)) == 100


DAYS = st.integers(0, 120)
AMOUNTS = st.integers(0, 9)


@st.composite
def histories(draw: st.DrawFn) -> list[PriceTerms]:
    moments = sorted(draw(st.lists(DAYS, min_size=1, max_size=8)))
    made = []
    for moment in moments:
        price = draw(st.integers(1, 9))
        sale = draw(st.none() | st.integers(0, price - 1))
        dates = draw(st.tuples(st.none() | DAYS, st.none() | DAYS)) if sale is not None else ()
        made.append(at(moment, price, sale, *dates))
    return made


def asked_on(history: list[PriceTerms], moment: datetime) -> int | None:
    """What was asked at that moment, read plainly from the terms of then."""
    said = [terms for terms in history if terms.at <= moment]
    if not said:
        return None
    terms = said[-1]
    begun = terms.sale_from is None or terms.sale_from <= moment
    over = terms.sale_until is not None and terms.sale_until <= moment
    runs = terms.sale_price_minor is not None and begun and not over
    return terms.sale_price_minor if runs else terms.price_minor


@given(histories(), DAYS)
def test_the_timeline_says_what_was_asked_at_any_moment(history: list[PriceTerms], on: int) -> None:
    found = [each.price_minor for each in timeline(history) if each.start <= day(on) < each.end]
    assert found == [price for price in [asked_on(history, day(on))] if price is not None]


@given(histories(), DAYS, st.booleans())
def test_a_reference_is_above_the_price_of_now_and_was_asked(
    history: list[PriceTerms], on: int, perishable: bool
) -> None:
    found = reference(on, *history, perishable=perishable)
    now = asked_on(history, day(on))
    if found is not None:
        assert now is not None
        assert found > now
        assert found in {asked_on(history, each.start) for each in timeline(history)}


def reference_by_days(history: list[PriceTerms], on: int) -> int | None:
    """The same rule, told day by day: everything here changes at midnight only."""
    asked = {d: price for d in range(on + 1) if (price := asked_on(history, day(d))) is not None}
    full = {d: [t for t in history if t.at <= day(d)][-1].price_minor for d in asked}
    if on not in asked or asked[on] == full[on]:
        return None
    first = on
    while asked.get(first - 1, 10) < full.get(first - 1, 10) and asked[first - 1] >= asked[first]:
        first -= 1
    lowest = min((asked[d] for d in range(first - 30, first) if d in asked), default=None)
    return lowest if lowest is not None and lowest > asked[on] else None


@given(histories(), DAYS)
def test_the_reference_is_the_lowest_price_of_the_thirty_days_before(
    history: list[PriceTerms], on: int
) -> None:
    assert reference(on, *history) == reference_by_days(history, on)


@given(histories(), st.booleans(), st.integers(0, 200))
def test_what_is_kept_beside_a_sale_holds_as_long_as_it_runs(
    history: list[PriceTerms], perishable: bool, later: int
) -> None:
    kept = reference_of_last_sale(history, perishable=perishable)
    now = max(history[-1].at, day(later))
    runs = asked_on(history, now) != history[-1].price_minor
    said = reference_price(history, now, perishable=perishable)
    assert said == (kept if runs else None)
