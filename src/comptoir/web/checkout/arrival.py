"""When a parcel placed today arrives, counted in working days."""

from datetime import date, timedelta
from functools import lru_cache

from babel.dates import format_date, format_interval

SATURDAY = 5


def working_days_after(start: date, days: int) -> date:
    """``days`` working days (Monday to Friday) after ``start``; 0 is ``start`` itself."""
    day = start
    while days > 0:
        day += timedelta(days=1)
        if day.weekday() < SATURDAY:
            days -= 1
    return day


@lru_cache(maxsize=1024)
def arrival_words(earliest: date, latest: date, language: str) -> str:
    """ "Mar 3 – 5" or «3–5 mars»; one day alone when both are the same."""
    if earliest == latest:
        return str(format_date(earliest, "EEE d MMM", locale=language))
    return str(format_interval(earliest, latest, skeleton="MMMd", locale=language))
