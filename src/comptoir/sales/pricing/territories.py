"""Which VAT applies where: countries, and the parts of them that have a VAT of their own.

Sources: articles 5 to 7 of directive 2006/112/EC; articles 256-0 and 294 of the French tax code;
the Windsor Framework for Northern Ireland. A part is told from its country by the postcode.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

NORTHERN_IRELAND = "XI"
ALIASES = {"EL": "GR", "UK": "GB"}

# Country, form of the postcode, and the code of the part.
PARTS = (
    ("FR", r"97133", "BL"),
    ("FR", r"97150", "MF"),
    ("FR", r"971\d\d", "GP"),
    ("FR", r"972\d\d", "MQ"),
    ("FR", r"973\d\d", "GF"),
    ("FR", r"974\d\d", "RE"),
    ("FR", r"975\d\d", "PM"),
    ("FR", r"976\d\d", "YT"),
    ("FR", r"977\d\d", "BL"),
    ("FR", r"978\d\d", "MF"),
    ("FR", r"980\d\d", "MC"),
    ("FR", r"986\d\d", "WF"),
    ("FR", r"987\d\d", "PF"),
    ("FR", r"988\d\d", "NC"),
    ("GP", r"97133", "BL"),
    ("GP", r"97150", "MF"),
    ("GB", r"BT\d.*", NORTHERN_IRELAND),
    ("GB", r"(JE|GY|IM)\d.*", "IM"),
    ("ES", r"(35|38)\d{3}", "IC"),
    ("ES", r"(51|52)\d{3}", "EA"),
    ("PT", r"9[0-4]\d\d.*", "PT-30"),
    ("PT", r"9[5-9]\d\d.*", "PT-20"),
    ("AT", r"(6691|6991|6992|6993)", "AT-JM"),
    ("DE", r"(27498|78266)", "DE-OUT"),
    ("IT", r"(23041|22061)", "IT-OUT"),
    ("GR", r"(63086|63087)", "GR-OUT"),
    ("FI", r"22\d{3}", "AX"),
)
# Parts in the Union's VAT, by the country whose VAT it is: they differ by their rates alone.
SAME_VAT = {"MC": "FR", "PT-20": "PT", "PT-30": "PT", "AT-JM": "AT"}

# Guadeloupe and Martinique are one market; both and Réunion are abroad for goods, France for
# services (art. 294 of the French tax code). In Guiana and Mayotte no VAT is charged.
OVERSEAS_MARKET = {"GP": "GP", "MQ": "GP", "RE": "RE"}


@dataclass(frozen=True, slots=True)
class Territory:
    """``code``: whose rates apply. ``goods`` and ``services``: the country whose VAT it is for
    things that are sent and for those that are not."""

    code: str
    goods: str
    services: str

    def market(self, *, digital: bool) -> str:
        """The country whose VAT it is."""
        return self.services if digital else self.goods


@lru_cache(maxsize=4096)
def territory_of(country: str, postcode: str = "") -> Territory:
    """The territory of an address; ``country``: ISO 3166-1, "XI" or "EL"."""
    code = part_of(country, postcode)
    if code in OVERSEAS_MARKET:
        market = OVERSEAS_MARKET[code]
        return Territory(market, goods=market, services="FR")
    if code == NORTHERN_IRELAND:
        return Territory(code, goods=code, services="GB")
    market = SAME_VAT.get(code, code)
    return Territory("FR" if code == "MC" else code, goods=market, services=market)


@lru_cache(maxsize=4096)
def part_of(country: str, postcode: str) -> str:
    """The code of the part of the country that has a VAT of its own, or the country's."""
    whole, bare = ALIASES.get(country.upper(), country.upper()), bare_postcode(postcode)
    for of, form, part in PARTS:
        if whole == of and re.fullmatch(form, bare):
            return part
    return whole


def bare_postcode(postcode: str) -> str:
    """Without spaces, hyphens and the country's letters before a figure: "FI-22100" is "22100"."""
    bare = re.sub(r"[\s-]", "", postcode.upper())
    return re.sub(r"^(FR|F|ES|E|PT|P|AT|A|DE|D|IT|I|GR|EL|FI|AX)(?=\d{4})", "", bare)
