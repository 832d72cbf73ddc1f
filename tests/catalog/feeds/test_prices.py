import pytest
from hypothesis import given
from hypothesis import strategies as st

from comptoir.catalog.feeds.prices import Price, PriceRefused, decimals_of, parse_price


@pytest.mark.parametrize(
    ("text", "minor", "currency"),
    [
        ("12,90 EUR", 1290, "EUR"),
        ("12.90 EUR", 1290, "EUR"),
        ("€12.90", 1290, "EUR"),
        ("12,90 €", 1290, "EUR"),
        ("12,90€", 1290, "EUR"),
        ("EUR 12.90", 1290, "EUR"),
        ("EUR12.90", 1290, "EUR"),
        ("12.9 eur", 1290, "EUR"),
        ("12 EUR", 1200, "EUR"),
        (".90 EUR", 90, "EUR"),
        ("0,05 EUR", 5, "EUR"),
        ("1 299,00 EUR", 129900, "EUR"),
        ("1\u00a0299,00\u00a0€", 129900, "EUR"),
        ("1\u202f299,00 €", 129900, "EUR"),
        ("1,299.00 EUR", 129900, "EUR"),
        ("1.299,00 EUR", 129900, "EUR"),
        ("1.234.567 EUR", 123456700, "EUR"),
        ("1 234 567,8 EUR", 123456780, "EUR"),
        ("1'299.50 CHF", 129950, "CHF"),
        ("CHF 1’299.50", 129950, "CHF"),
        ("1 299 EUR", 129900, "EUR"),
        ("1299.000 EUR", 129900, "EUR"),
        ("1299,0000 EUR", 129900, "EUR"),
        ("£5", 500, "GBP"),
        ("49,99 zł", 4999, "PLN"),
        ("US$ 3.50", 350, "USD"),
        ("1,299 JPY", 1299, "JPY"),
        ("1.299 JPY", 1299, "JPY"),
        ("1299.00 JPY", 1299, "JPY"),
        ("500 XOF", 500, "XOF"),
        ("12.900 KWD", 12900, "KWD"),
        ("12.9 TND", 12900, "TND"),
        ("99999999.99 EUR", 9999999999, "EUR"),
        ("70368744.17 EUR", 7036874417, "EUR"),
    ],
)
def test_a_price_reads_as_its_writer_meant_it(text: str, minor: int, currency: str) -> None:
    assert parse_price(text) == Price(minor, currency)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1,299 EUR", "price_ambiguous"),
        ("1.299 EUR", "price_ambiguous"),
        ("12.900 EUR", "price_ambiguous"),
        ("-12.90 EUR", "price_negative"),
        ("EUR -12.90", "price_negative"),
        ("−5 EUR", "price_negative"),
        ("0 EUR", "price_zero"),
        ("0.00 EUR", "price_zero"),
        ("NaN EUR", "price_unreadable"),
        ("inf EUR", "price_unreadable"),
        ("1e5 EUR", "price_unreadable"),
        ("0x10 EUR", "price_unreadable"),
        ("12,90,50 EUR", "price_unreadable"),
        ("1.299.00 EUR", "price_unreadable"),
        ("12 90 EUR", "price_unreadable"),
        ("1,29,900.00 INR", "price_unreadable"),
        ("EUR", "price_unreadable"),
        ("", "price_unreadable"),
        ("12.90 EUR USD", "price_unreadable"),
        ("EUR 12.90 EUR", "price_unreadable"),
        ("12.90-15.90 EUR", "price_unreadable"),
        ("١٢ EUR", "price_unreadable"),
        ("9" * 500 + " EUR", "price_unreadable"),
        ("100000000 EUR", "price_too_large"),
        ("9" * 40 + " EUR", "price_too_large"),
        ("12.345678 EUR", "price_decimals"),
        ("0.999 EUR", "price_decimals"),
        ("12.50 JPY", "price_decimals"),
        ("12.90", "currency_missing"),
        ("12.90 XYZ", "currency_unknown"),
        ("12.90 euroo", "currency_unknown"),
        ("$12.90", "currency_ambiguous"),
        ("120 kr", "currency_ambiguous"),
        ("¥1200", "currency_ambiguous"),
    ],
)
def test_what_is_no_price_or_reads_in_two_ways_is_refused(text: str, code: str) -> None:
    with pytest.raises(PriceRefused) as refused:
        parse_price(text)
    assert refused.value.code == code


def test_a_shared_sign_means_the_shops_currency_where_it_can() -> None:
    assert parse_price("$12.90", default_currency="CAD") == Price(1290, "CAD")
    assert parse_price("120 kr", default_currency="SEK") == Price(12000, "SEK")
    with pytest.raises(PriceRefused, match="currency_ambiguous"):
        parse_price("$12.90", default_currency="EUR")


def test_a_price_without_currency_is_in_the_shops() -> None:
    assert parse_price("12,90", default_currency="EUR") == Price(1290, "EUR")


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused_and_nothing_else(text: str) -> None:
    try:
        price = parse_price(text, default_currency="EUR")
    except PriceRefused:
        return
    assert 0 < price.minor < 10**11
    assert decimals_of(price.currency) is not None


@given(
    minor=st.integers(1, 10**10 - 1),
    currency=st.sampled_from(["EUR", "JPY", "KWD", "USD", "HUF"]),
    group=st.sampled_from(["", " ", "\u202f", "'"]),
    mark=st.sampled_from([".", ","]),
    before=st.booleans(),
)
def test_what_is_written_in_full_reads_back(
    minor: int, currency: str, group: str, mark: str, before: bool
) -> None:
    decimals = decimals_of(currency) or 0
    whole, part = divmod(minor, 10**decimals)
    if whole >= 10**8:
        return
    number = f"{whole:,}".replace(",", group)
    if decimals:
        number += f"{mark}{part:0{decimals}}"
    text = f"{currency} {number}" if before else f"{number} {currency}"
    assert parse_price(text) == Price(minor, currency)
