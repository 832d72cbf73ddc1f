"""Until when a consumer may withdraw: a pure computation on calendar days.

Fourteen days after the day of delivery, which is not counted; a period that would end on a
Saturday, a Sunday or a public holiday ends with the next working day (art. L221-18 and L221-19 of
the French consumer code; Regulation 1182/71, art. 3). It ends with the last hour of that day.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from dateutil.easter import easter

DAYS = 14
SATURDAY = 5

# (month, day). The 26th of December and Good Friday are no holidays in most of France, but are in
# Alsace and Moselle and in most of the Union: they only ever lengthen the period.
FIXED = frozenset({(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25), (12, 26)})
# Days from Easter Sunday: Good Friday, Easter Monday, Ascension, Whit Monday.
MOVING = (-2, 1, 39, 50)


def last_day(delivered_on: date) -> date:
    """The last day on which one may withdraw from what was delivered on that day."""
    day = delivered_on + timedelta(days=DAYS)
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def is_working_day(day: date) -> bool:
    """Neither Saturday, nor Sunday, nor a public holiday of France."""
    if day.weekday() >= SATURDAY or (day.month, day.day) in FIXED:
        return False
    sunday = easter(day.year)
    return all(day != sunday + timedelta(days=offset) for offset in MOVING)


def withdrawal_ends(delivered_at: datetime, zone: str) -> datetime:
    """The first moment at which it is too late: the midnight that ends the last day, in ``zone``.

    ``delivered_at`` is aware; its day is the one of ``zone``.
    """
    there = ZoneInfo(zone)
    after = last_day(delivered_at.astimezone(there).date()) + timedelta(days=1)
    return datetime(after.year, after.month, after.day, tzinfo=there)


def refund_due_on(declared_at: datetime, zone: str) -> date:
    """The day by which the seller gives the money back: 14 days after being told (L221-24)."""
    return declared_at.astimezone(ZoneInfo(zone)).date() + timedelta(days=DAYS)
