"""VAT numbers of the European Union (and Northern Ireland): form and checksum, by python-stdnum.

That a number is well made does not say that it is in force; only the tax authority knows (VIES).
"""

from dataclasses import dataclass

from stdnum.eu import vat
from stdnum.exceptions import ValidationError

LONGEST = 40
PREFIX_OF = {"GR": "EL"}
COUNTRY_OF = {"EL": "GR"}
# Numbers of the one-stop shops, which identify sellers and free no buyer from VAT.
ONE_STOP = ("EU", "IM")


@dataclass(frozen=True, slots=True)
class VatNumber:
    """``country``: ISO 3166-1 ("GR" for EL), or "XI"; ``text``: as it is printed on an invoice."""

    country: str
    text: str


def read_vat_number(typed: str) -> VatNumber | None:
    """The number in one form however it was typed, such as "FR40303265045".

    ``None``: not a number of that country, by its form or its checksum.
    """
    text = "".join(typed.split()).upper()
    if not 4 <= len(text) <= LONGEST or text.startswith(ONE_STOP):
        return None
    text = PREFIX_OF.get(text[:2], text[:2]) + text[2:]
    try:
        valid = vat.validate(text)
    except ValidationError:
        return None
    prefix = text[:2]
    return VatNumber(COUNTRY_OF.get(prefix, prefix), prefix + valid.removeprefix(prefix))
