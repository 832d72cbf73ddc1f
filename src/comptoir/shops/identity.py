"""Who trades: what the law asks a shop to say before it sells, and in what form.

Directive 2011/83/EU art. 6 and Code de la consommation L221-5 (name, form, address, registration,
contact), L616-1 (mediator, for traders in France), Regulation (EU) 2023/988 art. 19 (safety).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, fields, replace

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext_lazy as _
from stdnum.eu import vat
from stdnum.exceptions import ValidationError as BadNumber
from stdnum.fr import siren, siret

from comptoir.common.errors import Refused
from comptoir.common.markup import clean_line, clean_text

PHONE = re.compile(r"\+?[\d\s().\-/]{6,30}")
LENGTHS = {
    "legal_name": 120,
    "legal_form": 60,
    "legal_address": 300,
    "registration": 40,
    "contact_email": 254,
    "contact_phone": 30,
    "vat_number": 20,
    "mediator_name": 120,
    "mediator_address": 300,
    "mediator_url": 200,
    "safety_contact": 300,
}
SEVERAL_LINES = ("legal_address", "mediator_address", "safety_contact")
# Greece writes EL in front of its VAT numbers, Northern Ireland XI.
VAT_PREFIXES = {"GR": "EL"}


@dataclass(frozen=True, slots=True)
class Identity:
    """A trader as it describes itself; the fields are ``Shop``'s. Empty ones are not said yet."""

    country: str = "FR"
    legal_name: str = ""
    legal_form: str = ""
    legal_address: str = ""
    registration: str = ""
    contact_email: str = ""
    contact_phone: str = ""
    vat_number: str = ""
    no_vat_number: bool = False
    mediator_name: str = ""
    mediator_address: str = ""
    mediator_url: str = ""
    safety_contact: str = ""


IDENTITY_FIELDS = tuple(field.name for field in fields(Identity))
ALWAYS_NEEDED = (
    *("legal_name", "legal_form", "legal_address", "registration"),
    *("contact_email", "contact_phone", "safety_contact"),
)


def missing_in(identity: Identity) -> tuple[str, ...]:
    """The fields that are still to be said before the shop may sell, in the form's order.

    The mediator is asked of traders in France; ``Shop``'s constraint ``shop_identified`` says the
    same as this.
    """
    missing = {name for name in ALWAYS_NEEDED if not getattr(identity, name)}
    if not identity.vat_number and not identity.no_vat_number:
        missing.add("vat_number")
    if identity.country == "FR":
        if not identity.mediator_name:
            missing.add("mediator_name")
        if not identity.mediator_address and not identity.mediator_url:
            missing.add("mediator_url")
    return tuple(name for name in IDENTITY_FIELDS if name in missing)


def checked(identity: Identity) -> Identity:
    """The identity in its kept form: spaces tidied, numbers as they are printed.

    Raises:
        Refused: ``text_too_long``, ``text_broken``, ``bad_country``, ``bad_registration``,
            ``bad_vat_number``, ``vat_number_of_another``, ``vat_said_twice``, ``bad_email``,
            ``bad_phone``, ``bad_mediator_url``; each with ``fields``.
    """
    cleaned = {name: _tidy(name, getattr(identity, name)) for name in LENGTHS}
    tidy = Identity(
        country=identity.country.upper(), no_vat_number=identity.no_vat_number, **cleaned
    )
    if not re.fullmatch("[A-Z]{2}", tidy.country):
        raise Refused("bad_country", _("Choose a country."), fields=["country"])
    _check_contact(tidy)
    registered = replace(tidy, registration=_registration(tidy))
    return replace(registered, vat_number=_vat_number(registered))


def siren_of(country: str, registration: str) -> str:
    """The nine digits of a French registration; '' elsewhere, and when there is none."""
    return siren.compact(registration)[:9] if country == "FR" and registration else ""


def _tidy(name: str, text: str) -> str:
    try:
        if name in SEVERAL_LINES:
            return clean_text(text, max_length=LENGTHS[name])
        return clean_line(text, max_length=LENGTHS[name])
    except Refused as refusal:
        raise Refused(refusal.code, refusal.message, fields=[name]) from refusal


def _registration(identity: Identity) -> str:
    """SIREN or SIRET in groups of three for France; elsewhere as it was typed."""
    typed = identity.registration
    if not typed or identity.country != "FR":
        return typed
    digits = siren.compact(typed)
    number = siren if len(digits) == 9 else siret
    if not digits.isdigit() or not number.is_valid(digits):
        message = _("This is no SIREN (9 digits) or SIRET (14 digits): a digit is wrong.")
        raise Refused("bad_registration", message, fields=["registration"])
    parts = (digits[:3], digits[3:6], digits[6:9], digits[9:])
    return " ".join(part for part in parts if part)


def _vat_number(identity: Identity) -> str:
    """Checked and compact in the EU; elsewhere as it was typed."""
    typed = identity.vat_number
    if not typed:
        return ""
    if identity.no_vat_number:
        message = _("Give a VAT number, or say that there is none: not both.")
        raise Refused("vat_said_twice", message, fields=["vat_number"])
    prefix = VAT_PREFIXES.get(identity.country, identity.country)
    if identity.country.lower() not in vat.MEMBER_STATES:
        return typed
    try:
        number = str(vat.validate(typed))
    except BadNumber as error:
        message = _("This VAT number is not right. It begins with the letters of your country.")
        raise Refused("bad_vat_number", message, fields=["vat_number"]) from error
    own = siren_of(identity.country, identity.registration)
    if not number.startswith(prefix) or (own and not number.endswith(own)):
        message = _("This VAT number is not that of the registration number above.")
        raise Refused("vat_number_of_another", message, fields=["vat_number"])
    return number


def _check_contact(identity: Identity) -> None:
    if identity.contact_email:
        _valid(validate_email, identity.contact_email, "contact_email", "bad_email")
    if identity.contact_phone and not PHONE.fullmatch(identity.contact_phone):
        message = _("Write a telephone number such as +33 1 99 00 12 34.")
        raise Refused("bad_phone", message, fields=["contact_phone"])
    if identity.mediator_url:
        web = URLValidator(schemes=["https", "http"])
        _valid(web, identity.mediator_url, "mediator_url", "bad_mediator_url")


def _valid(check: Callable[[str], None], value: str, field: str, code: str) -> None:
    try:
        check(value)
    except ValidationError as error:
        raise Refused(code, str(error.message), fields=[field]) from error
