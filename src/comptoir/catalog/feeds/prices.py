"""Reading a price as people and programs write it: `12,90 EUR`, `€12.90`, `1 299,00 EUR` …"""

import re
from dataclasses import dataclass
from functools import cache

import moneyed

from comptoir.catalog.feeds.limits import MAX_PRICE
from comptoir.common import money


@dataclass(frozen=True, slots=True)
class Price:
    """`minor` counts the smallest unit of `currency` (ISO 4217): cents for EUR, yen for JPY."""

    minor: int
    currency: str


class PriceRefused(ValueError):
    """`code` is one of the price and currency codes of `issues.EXPECTED`."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


# Signs that stand for one currency, and those that several share.
_SIGNS = {
    "€": "EUR", "£": "GBP", "₹": "INR", "₩": "KRW", "₺": "TRY", "₽": "RUB", "₪": "ILS",
    "zł": "PLN", "kč": "CZK", "ft": "HUF", "lei": "RON", "fr.": "CHF", "us$": "USD",
    "ca$": "CAD", "a$": "AUD", "r$": "BRL", "euro": "EUR", "euros": "EUR",
}  # fmt: skip
_SHARED_SIGNS = {
    "$": frozenset({"USD", "CAD", "AUD", "NZD", "MXN", "SGD", "HKD", "CLP", "ARS", "COP", "TWD"}),
    "¥": frozenset({"JPY", "CNY"}),
    "kr": frozenset({"SEK", "NOK", "DKK", "ISK"}),
    "kr.": frozenset({"SEK", "NOK", "DKK", "ISK"}),
}

# Spaces of every width, as thousands are parted with them: no-break, narrow, thin, figure.
_SPACES = str.maketrans(dict.fromkeys("\u00a0\u202f\u2009\u2007\u2008\u200a\u3000\t", " "))
_SHAPE = re.compile(
    r"(?P<sign>[+\-−–]?)(?P<before>(?:[^0-9.,+\-−–\s]+\.?)?)\s*(?P<sign2>[+\-−–]?)"
    r"(?P<number>[0-9][0-9.,'’ ]*?|[.,][0-9]+)\s*(?P<after>[^0-9,'’\s+\-−–]*)"
)
_PLAIN = re.compile(r"[0-9]+")
# One decimal mark, thousands in threes parted by one other mark throughout.
_GROUPED = re.compile(r"(?P<whole>[0-9]{1,3}(?P<by>[.,'’ ])[0-9]{3}(?:(?P=by)[0-9]{3})*)")
_DECIMAL = re.compile(r"(?P<whole>[0-9]*)(?P<mark>[.,])(?P<part>[0-9]+)")
_GROUPED_DECIMAL = re.compile(
    r"(?P<whole>[0-9]{1,3}(?P<by>[.,'’ ])[0-9]{3}(?:(?P=by)[0-9]{3})*)"
    r"(?!(?P=by))(?P<mark>[.,])(?P<part>[0-9]+)"
)


@cache
def decimals_of(currency: str) -> int | None:
    """Digits after the decimal mark (2 for EUR, 0 for JPY, 3 for KWD); None if unknown."""
    if not re.fullmatch("[A-Z]{3}", currency):
        return None
    try:
        return money.decimals(currency)
    except moneyed.CurrencyDoesNotExist:
        return None


def parse_price(text: str, *, default_currency: str = "") -> Price:
    """Read one price, in the currency it names or else in `default_currency`.

    Refuses rather than guesses: `1,299 EUR` may be a thousand or one and a bit. Raises
    `PriceRefused`. Digits are ASCII digits only, so that what is read is what is seen.
    """
    shape = _SHAPE.fullmatch(text.translate(_SPACES).strip()) if len(text) <= 60 else None
    if shape is None:
        raise PriceRefused("price_unreadable")
    if shape["before"] and shape["after"]:
        raise PriceRefused("price_unreadable")
    currency = _currency(shape["before"] or shape["after"], default_currency)
    if shape["sign"] in {"-", "−", "–"} or shape["sign2"] in {"-", "−", "–"}:
        raise PriceRefused("price_negative")
    decimals = decimals_of(currency)
    if decimals is None:
        raise PriceRefused("currency_unknown")
    whole, part = _split_number(shape["number"].strip(), decimals)
    part = part.rstrip("0") if len(part) > decimals else part
    if len(part) > decimals:
        raise PriceRefused("price_decimals", decimals=decimals, currency=currency)
    if len(whole) > 12 or int(whole) >= MAX_PRICE:
        raise PriceRefused("price_too_large", limit=MAX_PRICE)
    minor = int(whole) * 10**decimals + int(part.ljust(decimals, "0") or "0")
    if minor == 0:
        raise PriceRefused("price_zero")
    return Price(minor, currency)


def _currency(word: str, default: str) -> str:
    if not word:
        if not default:
            raise PriceRefused("currency_missing")
        return default
    folded = word.lower()
    if folded in _SHARED_SIGNS:
        if default in _SHARED_SIGNS[folded]:
            return default
        raise PriceRefused("currency_ambiguous")
    code = _SIGNS.get(folded, word.upper())
    if decimals_of(code) is None:
        raise PriceRefused("currency_unknown")
    return code


def _split_number(number: str, decimals: int) -> tuple[str, str]:
    """Whole and fractional digits of `1.299,00`, `1 299`, `12.9` …; refuses two readings."""
    if _PLAIN.fullmatch(number):
        return number, ""
    if found := _GROUPED_DECIMAL.fullmatch(number):
        return re.sub("[^0-9]", "", found["whole"]), found["part"]
    if grouped := _GROUPED.fullmatch(number):
        return _maybe_grouped(number, grouped["by"], decimals)
    if found := _DECIMAL.fullmatch(number):
        return found["whole"] or "0", found["part"]
    raise PriceRefused("price_unreadable")


def _maybe_grouped(number: str, by: str, decimals: int) -> tuple[str, str]:
    """`1.299` is a thousand in one country and not quite 1.30 in another."""
    parts = number.split(by)
    if by not in ".," or len(parts) > 2 or decimals == 0:
        return "".join(parts), ""
    if decimals == 3:
        return parts[0], parts[1]  # three decimals are the rule there, as in 12.900 KWD
    if parts[0] == "0":
        return parts[0], parts[1]
    raise PriceRefused("price_ambiguous")
