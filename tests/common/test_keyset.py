"""Keyset cursors: read back exactly, refused when damaged."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comptoir.common.errors import Refused
from comptoir.common.keyset import Cursor

moments = st.datetimes(
    min_value=datetime(1970, 1, 2), max_value=datetime(2200, 1, 1), timezones=st.just(UTC)
)


@given(at=moments, row=st.integers(min_value=0, max_value=2**63 - 1))
def test_a_token_reads_back_exactly(at: datetime, row: int) -> None:
    cursor = Cursor(at, row)
    token = cursor.token()
    assert Cursor.parse(token) == cursor
    assert token.isascii()
    assert not set(token) & set("=+/&? ")


def test_a_moment_of_another_time_zone_is_the_same_moment() -> None:
    at = datetime(2026, 3, 29, 1, 59, 59, 999_999, tzinfo=timezone(timedelta(hours=2)))
    parsed = Cursor.parse(Cursor(at, 1).token())
    assert parsed is not None
    assert parsed.at == at


def test_no_token_is_the_first_page() -> None:
    assert Cursor.parse(None) is None
    assert Cursor.parse("") is None


@given(st.text(max_size=60))
def test_any_text_is_a_cursor_or_refused(text: str) -> None:
    with suppress(Refused):
        parsed = Cursor.parse(text)
        assert parsed is None or Cursor.parse(parsed.token()) == parsed


@pytest.mark.parametrize("token", ["!!!!", "é", "MTIz", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTkuMQ"])
def test_a_damaged_token_is_refused(token: str) -> None:
    with pytest.raises(Refused):
        Cursor.parse(token)
