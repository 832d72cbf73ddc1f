"""Amounts as people type them."""

import pytest

from comptoir.web.amounts import minor_units, typed_amount


@pytest.mark.parametrize(
    ("typed", "minor"),
    [("12", 1200), ("12.9", 1290), ("12,90", 1290), (" 1 234,50 € ", 123450), ("0", 0)],
)
def test_what_people_type_is_understood(typed: str, minor: int) -> None:
    assert minor_units(typed, "EUR") == minor


@pytest.mark.parametrize(
    "typed", ["", "-1", "+1", "1e3", "NaN", "Infinity", "12.345", "1.2.3", "١٢", "0x10", "9" * 12]
)
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r"amount|decimals"):
        minor_units(typed, "EUR")


def test_decimals_follow_the_currency() -> None:
    assert minor_units("1500", "JPY") == 1500
    assert minor_units("1.234", "TND") == 1234
    with pytest.raises(ValueError, match="decimals"):
        minor_units("1.5", "JPY")


@pytest.mark.parametrize("minor", [0, 5, 1290, 123450])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_a_form_shows_it_takes_again(minor: int, language: str) -> None:
    assert minor_units(typed_amount(minor, "EUR", language), "EUR") == minor
