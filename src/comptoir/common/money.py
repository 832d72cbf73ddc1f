"""Money as integer minor units and an ISO 4217 code, printed by locale."""

from decimal import Decimal

from babel.core import UnknownLocaleError
from babel.numbers import format_currency
from moneyed import Money, get_currency


def decimals(currency: str) -> int:
    """Digits after the point: 2 for EUR, 0 for JPY, 3 for TND.

    Raises:
        moneyed.CurrencyDoesNotExist: not an ISO 4217 code.
    """
    unit = int(get_currency(currency).sub_unit)
    return len(str(unit)) - 1


def money(minor: int, currency: str) -> Money:
    """``money(1290, "EUR")`` is 12.90 EUR."""
    return Money(Decimal(minor).scaleb(-decimals(currency)), currency)


def show_money(minor: int, currency: str, language: str) -> str:
    """The amount as people write it there: «12,90 €» in French, "€12.90" in English."""
    amount = Decimal(minor).scaleb(-decimals(currency))
    try:
        return str(format_currency(amount, currency, locale=language.replace("-", "_")))
    except UnknownLocaleError:
        return str(format_currency(amount, currency, locale="en"))


def share_of(minor: int, share_bp: int) -> int:
    """That part of an amount, in basis points (2000 is 20 %), half up."""
    return (minor * share_bp + 5_000) // 10_000


def vat_within(gross_minor: int, rate_bp: int) -> int:
    """VAT contained in a gross amount; ``rate_bp`` in basis points (2000 is 20 %), half up."""
    net_scaled = 10_000 + rate_bp
    return (gross_minor * rate_bp * 2 + net_scaled) // (2 * net_scaled)
