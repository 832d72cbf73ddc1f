"""Until when one may withdraw: on calendar days, whatever the day of delivery."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from comptoir.common import clock
from comptoir.sales.models import LineTally, Order, OrderLine
from comptoir.sales.withdrawal.deadline import (
    is_working_day,
    last_day,
    refund_due_on,
    withdrawal_ends,
)
from comptoir.sales.withdrawal.right import Closed, right_of

DAYS = st.dates(date(2000, 1, 1), date(2199, 12, 1))
MOMENTS = st.datetimes(datetime(2000, 1, 2), datetime(2199, 1, 1), timezones=st.just(UTC))


@pytest.mark.parametrize(
    ("delivered", "last"),
    [
        (date(2026, 3, 2), date(2026, 3, 16)),  # a Monday
        (date(2026, 3, 7), date(2026, 3, 23)),  # ends on a Saturday
        (date(2026, 3, 8), date(2026, 3, 23)),  # ends on a Sunday
        (date(2026, 3, 23), date(2026, 4, 7)),  # ends on Easter Monday
        (date(2026, 3, 20), date(2026, 4, 7)),  # ends on Good Friday, before Easter
        (date(2026, 4, 30), date(2026, 5, 15)),  # ends on Ascension
        (date(2026, 5, 11), date(2026, 5, 26)),  # ends on Whit Monday
        (date(2026, 6, 30), date(2026, 7, 15)),  # ends on the 14th of July
        (date(2026, 12, 11), date(2026, 12, 28)),  # ends on Christmas, a Friday
        (date(2026, 12, 18), date(2027, 1, 4)),  # ends on New Year's Day, a Friday
    ],
)
def test_known_days(delivered: date, last: date) -> None:
    assert last_day(delivered) == last


@given(DAYS)
def test_it_is_a_working_day_fourteen_days_later_or_the_first_one_after(delivered: date) -> None:
    last = last_day(delivered)
    assert is_working_day(last)
    assert last >= delivered + timedelta(days=14)
    between = range(14, (last - delivered).days)
    assert not any(is_working_day(delivered + timedelta(days=n)) for n in between)


@given(DAYS)
def test_a_later_delivery_never_ends_earlier(delivered: date) -> None:
    assert last_day(delivered + timedelta(days=1)) >= last_day(delivered)


@given(st.integers(2000, 2199))
def test_each_year_has_thirteen_holidays_besides_weekends_at_most(year: int) -> None:
    first = date(year, 1, 1)
    days = [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]
    off = [day for day in days if day.weekday() < 5 and not is_working_day(day)]
    assert 5 <= len(off) <= 13
    assert date(year, 12, 25) in off or date(year, 12, 25).weekday() >= 5


@given(MOMENTS)
def test_it_ends_with_the_last_hour_of_the_last_day_there(delivered_at: datetime) -> None:
    ends = withdrawal_ends(delivered_at, "Europe/Paris")
    there = delivered_at.astimezone(ends.tzinfo)
    assert (ends.hour, ends.minute, ends.second) == (0, 0, 0)
    assert (ends - timedelta(seconds=1)).date() == last_day(there.date())
    assert ends.date() == last_day(there.date()) + timedelta(days=1)


def test_the_day_is_the_one_of_the_place() -> None:
    late = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)  # half past midnight in Paris, the 3rd
    assert withdrawal_ends(late, "Europe/Paris").date() == date(2026, 3, 18)
    assert refund_due_on(late, "Europe/Paris") == date(2026, 3, 17)


def test_the_first_moment_after_it_is_too_late(monkeypatch: pytest.MonkeyPatch) -> None:
    arrived = datetime(2026, 3, 2, 12, tzinfo=UTC)
    order = Order(status="delivered", delivered_at=arrived, total_minor=100, delivery_kind="post")
    tallies = {1: LineTally(line=OrderLine(), ordered=1)}
    ends = withdrawal_ends(arrived, settings.TIME_ZONE)
    for now, closed in ((ends - timedelta(microseconds=1), None), (ends, Closed.TOO_LATE)):
        monkeypatch.setattr(clock, "now", iter([now]).__next__)
        assert right_of(order, tallies, {}).closed is closed
