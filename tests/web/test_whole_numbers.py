"""Whole numbers that come without a form's field."""

import pytest

from comptoir.web.whole_numbers import whole_number


@pytest.mark.parametrize(
    ("typed", "number"), [("0", 0), ("007", 7), ("9" * 18, 10**18 - 1), ("12", 12)]
)
def test_digits_are_a_number(typed: str, number: int) -> None:
    assert whole_number(typed) == number


@pytest.mark.parametrize("typed", ["", " 1", "-1", "+1", "1.0", "1e3", "٣", "²", "1_0", "9" * 19])
def test_anything_else_is_none(typed: str) -> None:
    assert whole_number(typed) is None


def test_longer_than_asked_for_is_none() -> None:
    assert whole_number("999", digits=3) == 999
    assert whole_number("1000", digits=3) is None
