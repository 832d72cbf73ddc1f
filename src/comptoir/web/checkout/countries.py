"""The countries of the forms, named in the reader's language."""

import re
from functools import lru_cache

from babel import Locale

from comptoir.common.vat_rates import member_states

NEAREST = ("FR", "BE", "CH", "LU", "MC")
OVERSEAS = ("BL", "GF", "GP", "MF", "MQ", "NC", "PF", "PM", "RE", "WF", "YT")
# In the Union, and what is delivered to as its members are.
UNION = (*sorted(member_states() - {"XI"}), "MC")
OTHER_EUROPE = (
    *("AD", "AL", "BA", "CH", "FO", "GB", "GG", "GI", "IM", "IS", "JE", "LI", "MD", "ME", "MK"),
    *("NO", "RS", "SM", "TR", "UA", "VA", "XK"),
)
# Codes of the locale data that no parcel goes to: unions, exceptions, and the tests' own.
NO_COUNTRY = frozenset(
    {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
)


@lru_cache(maxsize=8)
def countries(language: str) -> list[tuple[str, str]]:
    """(ISO code, name): the nearest first, then all of the world by name."""
    nearest = [(code, name_of(code, language)) for code in NEAREST]
    names = Locale.parse(language).territories
    others = {str(code) for code in names if re.fullmatch("[A-Z]{2}", str(code))}
    return nearest + _named(others - NO_COUNTRY - {*NEAREST}, language)


@lru_cache(maxsize=8)
def country_groups(language: str) -> dict[str, list[tuple[str, str]]]:
    """The same by part of the world: union, europe, overseas (of France), world; by name."""
    known = {*UNION, *OTHER_EUROPE, *OVERSEAS}
    world = {code for code, _name in countries(language)} - known
    parts = {"union": {*UNION}, "europe": {*OTHER_EUROPE}, "overseas": {*OVERSEAS}, "world": world}
    return {part: _named(codes, language) for part, codes in parts.items()}


def name_of(code: str, language: str) -> str:
    """ "Belgium" for BE; the code itself for one that is unknown."""
    return str(Locale.parse(language).territories.get(code, code))


def _named(codes: set[str], language: str) -> list[tuple[str, str]]:
    pairs = [(code, name_of(code, language)) for code in codes]
    return sorted(pairs, key=lambda pair: _sort_key(pair[1]))


def _sort_key(name: str) -> str:
    return name.casefold().translate(str.maketrans("éèêîïôûçåÉÅ", "eeeiiouca" + "ea"))
