"""The countries of the address form, named in the reader's language."""

from functools import lru_cache

from babel import Locale

NEAREST = ("FR", "BE", "CH", "LU", "MC")
EUROPE = (
    *("AD", "AT", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "GB", "GR", "HR", "HU"),
    *("IE", "IS", "IT", "LI", "LT", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK"),
)
OVERSEAS = ["BL", "GF", "GP", "MF", "MQ", "NC", "PF", "PM", "RE", "WF", "YT"]


@lru_cache(maxsize=8)
def countries(language: str) -> list[tuple[str, str]]:
    """(ISO code, name): the nearest first, the others by name."""
    names = Locale.parse(language).territories
    others = sorted([*EUROPE, *OVERSEAS], key=lambda code: _sort_key(names[code]))
    return [(code, str(names[code])) for code in (*NEAREST, *others)]


def _sort_key(name: str) -> str:
    return name.casefold().translate(str.maketrans("éèêîïôûç", "eeeiiouc"))
