"""Where an order goes and to whom, checked before anything is written."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields

from babel import Locale
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from comptoir.common.errors import Refused
from comptoir.common.markup import one_line

COUNTRIES = frozenset(
    str(code) for code in Locale("en").territories if re.fullmatch("[A-Z]{2}", str(code))
)
POSTCODES = {"FR": r"\d{5}", "BE": r"\d{4}", "CH": r"\d{4}", "LU": r"\d{4}", "DE": r"\d{5}"}
LENGTHS = {"recipient": 120, "address1": 200, "address2": 200, "postcode": 16, "city": 100}
NEEDED_BY_POST = ("recipient", "address1", "postcode", "city")
NEEDED: dict[str, tuple[str, ...]] = {"post": NEEDED_BY_POST, "counter": ()}


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address as typed; for an order fetched at the shop the name is enough."""

    recipient: str
    address1: str = ""
    address2: str = ""
    postcode: str = ""
    city: str = ""
    country: str = "FR"

    def cleaned(self) -> "Address":
        """As lines are typed (see ``common.markup.clean_line``), country in capitals."""
        tidy = {f.name: one_line(getattr(self, f.name)) for f in fields(self)}
        return Address(**{**tidy, "country": tidy["country"].upper()})


def check_address(address: Address, kind: str) -> None:
    """``address`` is cleaned; ``kind`` is the delivery method's.

    Raises:
        Refused: the first of ``address_faults``.
    """
    for fault in address_faults(address, kind):
        raise fault


def address_faults(address: Address, kind: str) -> Iterator[Refused]:
    """All that is wrong with it, each with its ``fields``: ``address_incomplete``,
    ``address_too_long``, ``bad_country``, ``bad_postcode``."""
    needed = NEEDED.get(kind, ("recipient",))
    missing = [name for name in needed if not getattr(address, name)]
    if missing:
        yield Refused("address_incomplete", _("The address is incomplete."), fields=missing)
    long = [name for name, most in LENGTHS.items() if len(getattr(address, name)) > most]
    if long:
        yield Refused("address_too_long", _("A line of the address is too long."), fields=long)
    if address.country not in COUNTRIES:
        yield Refused("bad_country", _("Choose a country."), fields=["country"])
    form = POSTCODES.get(address.country)
    if address.postcode and form and not re.fullmatch(form, address.postcode):
        yield Refused("bad_postcode", _("This postcode is not right."), fields=["postcode"])


def check_email(email: str) -> str:
    """The address, trimmed.

    Raises:
        Refused: ``bad_email``.
    """
    trimmed = email.strip()
    try:
        validate_email(trimmed)
    except ValidationError as error:
        message = _("Write an e-mail address that can receive the confirmation.")
        raise Refused("bad_email", message, fields=["email"]) from error
    return trimmed
