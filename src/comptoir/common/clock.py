"""The one source of "now", so that tests and the demo place can move it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta

from django.utils import timezone

# The days that people and files may name. Times near the ends of Python's own calendar cannot be
# told in another zone, and those before year 1 that PostgreSQL makes of them cannot be read.
FIRST_DAY, LAST_DAY = date(1970, 1, 1), date(2999, 12, 31)

_offset: ContextVar[timedelta] = ContextVar("clock_offset", default=timedelta())


def now() -> datetime:
    """The current time, aware, in UTC, moved by any ``travelled`` in force."""
    return timezone.now() + _offset.get()


def is_told(at: datetime) -> bool:
    """Whether a time lies within the days that may be named."""
    return FIRST_DAY <= at.date() <= LAST_DAY


def bounded(at: datetime) -> datetime:
    """An aware time, or the end of the days that may be named next to it, in UTC: files say so
    that something counts since ever, or for ever."""
    if is_told(at):
        return at
    year, month, day = min(max(at.date(), FIRST_DAY), LAST_DAY).timetuple()[:3]
    return datetime(year, month, day, tzinfo=UTC)


@contextmanager
def travelled(offset: timedelta) -> Iterator[None]:
    """Within the block, ``now()`` is moved by ``offset`` (negative: into the past)."""
    token = _offset.set(_offset.get() + offset)
    try:
        yield
    finally:
        _offset.reset(token)
