"""Percentages announced off prices: what they must be true of, by hand and by properties."""

from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from comptoir.catalog.price_history import (
    Announced,
    Asked,
    PriceTerms,
    asked_of_all,
    off_reference,
    prior_prices,
    reference_of_last_sale,
    reference_price,
)
from tests.catalog.test_price_history import AMOUNTS, DAYS, at, day, histories

ONE, TWO = 1, 2


def said(number: float, share: int, offer: int = ONE, **more: object) -> Announced:
    """Announced from that day on, ``share`` in percent."""
    return Announced(offer, day(number), share * 100, **more)  # type: ignore[arg-type]


def prior(
    on: float, history: list[PriceTerms], *told: Announced, spoils: bool = False
) -> int | None:
    return prior_prices(history, told, day(on), perishable=spoils).get(ONE)


def asked(on: float, history: list[PriceTerms], *told: Announced) -> int:
    (price,) = [
        each.price_minor for each in asked_of_all(history, told) if each.start <= day(on) < each.end
    ]
    return price


def test_a_percentage_is_of_the_lowest_price_of_the_thirty_days_before_it() -> None:
    raised = [at(0, 1000), at(50, 1500)]
    assert prior(61, raised, said(60, 20)) == 1000
    assert asked(61, raised, said(60, 20)) == 800
    assert prior(99, [at(0, 1000), at(20, 1500)], said(60, 20)) == 1500


def test_a_sale_that_ended_in_these_days_counts() -> None:
    after_a_sale = [at(0, 1000), at(40, 1000, 600), at(50, 1000)]
    assert prior(61, after_a_sale, said(60, 20)) == 600
    assert asked(61, after_a_sale, said(60, 20)) == 480


def test_a_price_that_is_lower_now_is_what_the_percentage_comes_off() -> None:
    assert asked(71, [at(0, 1000), at(70, 700)], said(60, 20)) == 560


def test_a_percentage_that_follows_a_sale_without_a_break_and_lowers_it_is_the_same_reduction() -> (
    None
):
    sale = [at(0, 1000), at(50, 1000, 900)]
    assert prior(61, sale, said(60, 20)) == 1000
    assert asked(61, sale, said(60, 20)) == 720


def test_a_percentage_that_was_announced_in_these_days_makes_a_price() -> None:
    again = (said(40, 50), said(45, 0), said(60, 20))
    assert prior(61, [at(0, 1000)], *again) == 500
    assert prior(61, [at(0, 1000)], said(10, 50), said(20, 0), said(60, 20)) == 1000


def test_a_percentage_that_grows_keeps_the_price_before_its_first_step() -> None:
    steps = (said(40, 10), said(50, 20), said(60, 30))
    assert prior(61, [at(0, 1000)], *steps) == 1000
    assert prior(61, [at(0, 1000)], said(40, 30), said(50, 10)) == 700


def test_raising_the_price_under_a_percentage_changes_nothing() -> None:
    assert asked(71, [at(0, 1000), at(70, 3000)], said(60, 20)) == 800


def test_what_is_new_under_a_percentage_has_no_prior_price() -> None:
    assert prior(61, [at(61, 1000)], said(0, 20)) is None
    assert asked(61, [at(61, 1000)], said(0, 20)) == 800


def test_what_spoils_has_the_price_just_before() -> None:
    evening = [at(0, 1000), at(58, 1000, 500), at(59, 1000)]
    assert prior(61, evening, said(60, 20)) == 500
    assert prior(61, evening, said(60, 20), spoils=True) == 1000


def test_what_is_for_followers_makes_no_price_for_all_and_is_true_of_one() -> None:
    raised = [at(0, 1000), at(50, 1500)]
    for_followers = said(60, 20, for_everyone=False)
    assert prior(61, raised, for_followers) == 1000
    assert asked(61, raised, for_followers) == 1500
    both = (for_followers, said(60, 10, TWO))
    assert prior(61, raised, *both) == 1000
    assert asked(61, raised, *both) == 900


def test_an_offer_from_an_amount_makes_a_price_of_what_reaches_it_alone() -> None:
    dear = said(60, 20, minimum_minor=2000)
    assert asked(61, [at(0, 1000)], dear) == 1000
    assert prior(61, [at(0, 1000)], dear) == 1000
    assert asked(61, [at(0, 2000)], dear) == 1600


def test_a_sale_after_a_percentage_has_what_that_made_of_the_price() -> None:
    told = (said(40, 20), said(45, 0))
    sale = [at(0, 1000), at(60, 1000, 900)]
    assert reference_of_last_sale(sale) == 1000
    assert reference_of_last_sale(sale, told) is None
    deeper = [at(0, 1000), at(60, 1000, 700)]
    assert reference_of_last_sale(deeper, told) == 800


@st.composite
def announcements(draw: st.DrawFn) -> list[Announced]:
    moments = sorted(draw(st.lists(DAYS, max_size=6)))
    whens = st.none() | DAYS.map(day)
    return [
        Announced(
            draw(st.sampled_from([ONE, TWO])), day(moment), draw(st.sampled_from([0, 1000, 5000])),
            draw(st.booleans()), draw(AMOUNTS) * 100, draw(whens), draw(whens),
        )
        for moment in moments
    ]  # fmt: skip


def in_cents(history: list[PriceTerms]) -> list[PriceTerms]:
    return [
        PriceTerms(
            each.at,
            each.price_minor * 100,
            None if each.sale_price_minor is None else each.sale_price_minor * 100,
            each.sale_from,
            each.sale_until,
        )
        for each in history
    ]


HISTORIES = histories().map(in_cents)


def live(said: Announced, told: list[Announced], now: datetime) -> bool:
    words = [each for each in told if each.offer == said.offer and each.at <= now]
    begun = said.starts is None or said.starts <= now
    over = said.ends is not None and said.ends <= now
    return bool(words) and words[-1] is said and said.share_bp > 0 and begun and not over


@given(HISTORIES, announcements(), DAYS)
def test_whoever_is_given_a_percentage_pays_no_more_than_that_share_of_the_prior_price(
    history: list[PriceTerms], told: list[Announced], on: int
) -> None:
    priors = prior_prices(history, told, day(on))
    running = {each.offer: each for each in told if live(each, told, day(on))}
    assert set(priors) <= set(running)
    now = [each for each in asked_of_all(history) if each.start <= day(on)]
    for offer, prior_minor in priors.items():
        share = running[offer].share_bp
        paid = off_reference(now[-1].price_minor, prior_minor, share)
        assert paid <= prior_minor * (10_000 - share) // 10_000 + 1


@given(HISTORIES, announcements(), DAYS)
def test_a_reference_is_the_lowest_that_anyone_was_asked_in_the_thirty_days_before(
    history: list[PriceTerms], told: list[Announced], on: int
) -> None:
    """Told plainly, day by day: everything changes at midnight. A reduction goes on as long as what
    its reference makes of the day's price is no rise; a smaller percentage most often is one."""
    by_day, bare = days(asked_of_all(history, told)), days(asked_of_all(history))
    found = reference_price(history, day(on), told)
    if found is None:
        return
    first = on
    while first - 1 in by_day and by_day[first - 1].reduced:
        before, price = by_day[first - 1], bare[first].price_minor
        share = share_on(first, price, told)
        if off_reference(price, before.reference_minor, share) > before.price_minor:
            break
        first -= 1
    assert by_day[on].reduced
    assert found == min(by_day[d].price_minor for d in range(first - 30, first) if d in by_day)


def test_a_percentage_that_shrinks_is_of_the_price_it_shrank_from() -> None:
    """Half price, then ten percent: ten percent off half the price, with that crossed out."""
    from_day_one = [at(0, 10_000)]
    told = [said(1, 50), said(2, 10)]
    assert [asked(number, from_day_one, *told) for number in range(3)] == [10_000, 5000, 4500]
    assert reference_price(from_day_one, day(2), told) == 5000
    assert reference_price(from_day_one, day(1), [said(0, 50), said(1, 10)]) == 5000


def days(asked: list[Asked]) -> dict[int, Asked]:
    found = {}
    for each in asked:
        first, last = (each.start - day(0)).days, min((each.end - day(0)).days, 200)
        found.update(dict.fromkeys(range(first, last), each))
    return found


def share_on(number: int, price_minor: int, told: list[Announced]) -> int:
    """The greatest percentage that everyone is given off that price on that day."""
    running = [each for each in told if each.for_everyone and live(each, told, day(number))]
    return max((o.share_bp for o in running if o.minimum_minor <= price_minor), default=0)
