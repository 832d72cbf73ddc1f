"""When a parcel placed today arrives, counted in working days."""

from datetime import date, timedelta
from functools import lru_cache

from babel.dates import format_date, format_interval

from comptoir.shops.delivery_terms import Method

SATURDAY = 5
ARRIVING = frozenset({"post", "pickup"})


def working_days_after(start: date, days: int) -> date:
    """``days`` working days (Monday to Friday) after ``start``; 0 is ``start`` itself."""
    day = start
    while days > 0:
        day += timedelta(days=1)
        if day.weekday() < SATURDAY:
            days -= 1
    return day


def arrival_of(method: Method, start: date) -> tuple[date, date]:
    """The first and the last day on which what is ordered on ``start`` arrives, or is ready."""
    return working_days_after(start, method.days_min), working_days_after(start, method.days_max)


def expected_days(method: Method, start: date) -> tuple[date, date] | tuple[None, None]:
    """``arrival_of``; none for what is taken along at the counter, or downloaded."""
    return arrival_of(method, start) if method.kind in ARRIVING else (None, None)


@lru_cache(maxsize=1024)
def arrival_words(earliest: date, latest: date, language: str) -> str:
    """ "Mar 3 – 5" or «3–5 mars»; one day alone when both are the same."""
    if earliest == latest:
        return str(format_date(earliest, "EEE d MMM", locale=language))
    return str(format_interval(earliest, latest, skeleton="MMMd", locale=language))
