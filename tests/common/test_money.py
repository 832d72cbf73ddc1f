"""Money: minor units, printed by locale, VAT inside a gross amount."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from moneyed import CurrencyDoesNotExist

from comptoir.common.money import decimals, money, show_money, vat_within


@pytest.mark.parametrize(("currency", "digits"), [("EUR", 2), ("JPY", 0), ("TND", 3)])
def test_currencies_know_their_decimals(currency: str, digits: int) -> None:
    assert decimals(currency) == digits


def test_an_unknown_currency_is_refused() -> None:
    with pytest.raises(CurrencyDoesNotExist):
        decimals("ZZZ")


def test_minor_units_become_an_amount() -> None:
    assert money(1290, "EUR").amount == Decimal("12.90")
    assert money(1290, "JPY").amount == Decimal(1290)


@pytest.mark.parametrize(
    ("minor", "currency", "language", "shown"),
    [
        (1290, "EUR", "fr", "12,90\u00a0€"),
        (1290, "EUR", "en", "€12.90"),
        (123456789, "EUR", "fr", "1\u202f234\u202f567,89\u00a0€"),
        (500, "JPY", "en", "¥500"),
        (-1290, "EUR", "fr", "-12,90\u00a0€"),
        (1290, "EUR", "en-gb", "€12.90"),
        (1290, "EUR", "xx", "€12.90"),
    ],
)
def test_amounts_are_printed_as_people_write_them(
    minor: int, currency: str, language: str, shown: str
) -> None:
    assert show_money(minor, currency, language) == shown


@pytest.mark.parametrize(
    ("gross", "rate", "vat"),
    [(12000, 2000, 2000), (10550, 550, 550), (100, 0, 0), (0, 2000, 0), (1, 2000, 0), (3, 2000, 1)],
)
def test_the_vat_within_a_gross_amount(gross: int, rate: int, vat: int) -> None:
    assert vat_within(gross, rate) == vat


@given(gross=st.integers(0, 10**11), rate=st.integers(0, 10_000))
def test_vat_is_the_exact_share_rounded_half_up(gross: int, rate: int) -> None:
    exact = Decimal(gross) * rate / (10_000 + rate)
    assert vat_within(gross, rate) == int(exact.quantize(Decimal(1), ROUND_HALF_UP))
