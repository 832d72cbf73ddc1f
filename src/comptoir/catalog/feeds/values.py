"""Reading single values as feeds write them. Each function refuses by returning nothing."""

import re
from datetime import UTC, datetime
from functools import lru_cache

from stdnum import ean

from comptoir.catalog.feeds.items import Availability
from comptoir.catalog.feeds.limits import MAX_QUANTITY, MAX_URL
from comptoir.common import clock

_AVAILABILITY = {
    Availability.IN_STOCK: (
        "in stock", "instock", "available", "available for order", "en stock", "disponible",
        "limited availability", "limitedavailability", "onlineonly", "instoreonly", "yes", "oui",
        "true", "1",
    ),
    Availability.OUT_OF_STOCK: (
        "out of stock", "outofstock", "oos", "sold out", "soldout", "discontinued", "unavailable",
        "en rupture de stock", "rupture de stock", "en rupture", "rupture", "épuisé",
        "indisponible", "no", "non", "false", "0",
    ),
    Availability.PREORDER: ("preorder", "pre order", "presale", "précommande", "pré commande"),
    Availability.BACKORDER: (
        "backorder", "back order", "on backorder", "sur commande", "en réapprovisionnement",
    ),
}  # fmt: skip
_AVAILABILITY_WORDS = {word: kind for kind, words in _AVAILABILITY.items() for word in words}
_CONDITIONS = {
    "new": "new", "neuf": "new", "nouveau": "new", "newcondition": "new",
    "refurbished": "refurbished", "reconditionné": "refurbished", "reconditionne": "refurbished",
    "refurbishedcondition": "refurbished", "remis à neuf": "refurbished",
    "used": "used", "occasion": "used", "d'occasion": "used", "usedcondition": "used",
    "used like new": "used", "used good": "used", "used fair": "used", "like new": "used",
}  # fmt: skip
_GENDERS = {
    "male": "male", "homme": "male", "men": "male", "masculin": "male",
    "female": "female", "femme": "female", "women": "female", "féminin": "female",
    "unisex": "unisex", "unisexe": "unisex", "mixte": "unisex",
}  # fmt: skip
_AGES = {
    "newborn": "newborn", "nouveau-né": "newborn", "nouveau-nés": "newborn",
    "infant": "infant", "bébé": "infant", "nourrisson": "infant", "nourrissons": "infant",
    "toddler": "toddler", "tout-petit": "toddler", "tout-petits": "toddler",
    "kids": "kids", "enfant": "kids", "enfants": "kids", "all ages": "all ages",
    "adult": "adult", "adulte": "adult", "adultes": "adult", "teen": "teen",
}  # fmt: skip
# Letters, digits and the marks of RFC 3986, and letters beyond ASCII as people paste them.
_ADDRESS = re.compile(
    r"https?://[^\s<>\"\\^`{|}\x00-\x20/?#@]+(?:[/?#][^\s<>\"\\^`\x00-\x20]*)?", re.IGNORECASE
)
_ADDRESS_START = re.compile(r"(?:^|(?<=[,;|\s]))(?=https?://)", re.IGNORECASE)
_WEIGHT = re.compile(r"([0-9]{1,6})(?:[.,]([0-9]{1,4}))?\s*([a-zµ]{1,9})\.?", re.IGNORECASE)
_GRAMS = {
    "kg": 1000.0, "kilo": 1000.0, "kilos": 1000.0, "g": 1.0, "gr": 1.0, "grams": 1.0,
    "lb": 453.59237, "lbs": 453.59237, "oz": 28.349523125,
}  # fmt: skip
_WHOLE = re.compile(r"([0-9]{1,9})(?:[.,]0{1,4})?")


@lru_cache(maxsize=256)
def availability(text: str) -> Availability | None:
    """`in stock`, `in_stock`, `InStock`, `https://schema.org/InStock`, `en stock` …"""
    word = text.rpartition("/")[2] if "schema.org" in text else text
    return _AVAILABILITY_WORDS.get(" ".join(re.split(r"[\s_-]+", word.strip().lower())))


@lru_cache(maxsize=256)
def condition(text: str) -> str:
    """`new`, `refurbished` or `used`; "" if none of them."""
    word = text.rpartition("/")[2] if "schema.org" in text else text
    return _CONDITIONS.get(" ".join(word.replace("_", " ").lower().split()), "")


def gender(text: str) -> str:
    """`male`, `female` or `unisex`; "" if none of them, as nothing hangs on it."""
    return _GENDERS.get(text.lower(), "")


def age_group(text: str) -> str:
    """Google's age groups; "" if none of them, as nothing hangs on it."""
    return _AGES.get(text.lower(), "")


def quantity(text: str) -> int | None:
    """A whole number from 0; one below 0 counts as 0, as stock systems write oversold goods."""
    if re.fullmatch(r"-[0-9]{1,9}(?:[.,]0{1,4})?", text):
        return 0
    found = _WHOLE.fullmatch(text)
    number = int(found[1]) if found else MAX_QUANTITY + 1
    return number if number <= MAX_QUANTITY else None


def gtin(text: str) -> str:
    """The digits of an EAN-8, UPC, EAN-13 or ITF-14 whose check digit is right, else ""."""
    digits = re.sub(r"[\s.-]", "", text)
    if not digits.isascii() or not digits.isdigit() or not digits.strip("0"):
        return ""
    return digits if ean.is_valid(digits) else ""


def web_address(text: str) -> str:
    """`text` if it is an http or https address of bearable length without sign-in, else ""."""
    if len(text) > MAX_URL or not _ADDRESS.fullmatch(text):
        return ""
    return text


def split_addresses(text: str) -> list[str]:
    """The addresses of a list parted by commas; a comma within an address does not part."""
    parts = (part.strip(" ,;|\t\r\n") for part in _ADDRESS_START.split(text))
    return [part for part in parts if part]


@lru_cache(maxsize=256)
def date_range(text: str) -> tuple[datetime, datetime] | None:
    """Two ISO 8601 times parted by a slash, aware, in order; without an offset they are UTC. Those
    of long ago or far ahead are the first and the last that ``clock`` knows."""
    parts = re.split(r"\s*/\s*", text.strip())
    if len(parts) != 2:
        return None
    try:
        start, end = (datetime.fromisoformat(part) for part in parts)
    except ValueError:
        return None
    start = start if start.tzinfo else start.replace(tzinfo=UTC)
    end = end if end.tzinfo else end.replace(tzinfo=UTC)
    start, end = clock.bounded(start), clock.bounded(end)
    return (start, end) if start < end else None


def grams(text: str) -> int | None:
    """`1.2 kg`, `250 g`, `1,5 lb` in grams, rounded."""
    found = _WEIGHT.fullmatch(text.strip())
    factor = _GRAMS.get(found[3].lower()) if found else None
    if found is None or factor is None:
        return None
    return round(float(f"{found[1]}.{found[2] or 0}") * factor)
