"""The one source of "now", so that tests and the demo place can move it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta

from django.utils import timezone

_offset: ContextVar[timedelta] = ContextVar("clock_offset", default=timedelta())


def now() -> datetime:
    """The current time, aware, in UTC, moved by any ``travelled`` in force."""
    return timezone.now() + _offset.get()


@contextmanager
def travelled(offset: timedelta) -> Iterator[None]:
    """Within the block, ``now()`` is moved by ``offset`` (negative: into the past)."""
    token = _offset.set(_offset.get() + offset)
    try:
        yield
    finally:
        _offset.reset(token)
