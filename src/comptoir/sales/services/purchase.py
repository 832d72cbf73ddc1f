"""A purchase as asked for: checked in form, and with a fingerprint that tells it from another."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from comptoir.common.errors import Refused
from comptoir.common.markup import one_line
from comptoir.sales.pricing.offer_terms import folded_codes
from comptoir.sales.pricing.vat_number import check_vat_number
from comptoir.sales.services.address import Address, check_email

MOST_PIECES = 999
MOST_LINES = 100
MOST_LETTERS = 120
LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)


@dataclass(frozen=True, slots=True)
class Purchase:
    """What a buyer asks; ``lines`` are (variant id, quantity) in the buyer's order.

    ``provider`` and ``instrument`` are how they pay ('' for the shop's first way), ``codes`` those
    of offers, ``company`` and ``vat_number`` the buyer's when a business buys. ``basket_id``: where
    the lines are taken out of once they are paid, or wait to be paid later. ``at_counter``: handed
    over on the spot, so that no address is asked, and no e-mail either; amounts of the counter are
    sold so alone.
    ``consented``: to be given at once what is digital, which ends the right to withdraw from it.
    """

    buyer_id: int | None
    checkout_key: UUID
    lines: tuple[tuple[int, int], ...]
    delivery_method_id: int
    address: Address
    email: str
    language: str
    expected_total_minor: int
    provider: str = ""
    instrument: str = ""
    codes: tuple[str, ...] = ()
    company: str = ""
    vat_number: str = ""
    basket_id: int | None = None
    at_counter: bool = False
    consented: bool = False

    def fingerprint(self) -> str:
        """SHA-256 of everything but the key: the same body gives the same text."""
        body = [getattr(self, name) for name in self.__slots__ if name != "checkout_key"]
        return hashlib.sha256(repr(body).encode()).hexdigest()

    def pieces(self) -> dict[int, int]:
        """Pieces by variant, lines of one variant summed."""
        return summed(self.lines)


def summed(lines: Sequence[tuple[int, int]]) -> dict[int, int]:
    """Quantities by variant, lines of one variant added up."""
    counts: Counter[int] = Counter()
    for variant_id, quantity in lines:
        counts[variant_id] += quantity
    return dict(counts)


def check_lines(lines: Sequence[tuple[int, int]]) -> None:
    """Raises: Refused: ``no_lines``, ``too_many_lines``, ``bad_quantity``."""
    if not lines:
        raise Refused("no_lines", _("Choose something to buy first."))
    if len(lines) > MOST_LINES:
        raise Refused("too_many_lines", _("An order holds at most 100 lines."))
    # Of type int and nothing like it: what a client sends may be 1.5, NaN or true.
    each_right = all(type(n) is int and 1 <= n <= MOST_PIECES for _variant, n in lines)
    if not each_right or max(summed(lines).values()) > MOST_PIECES:
        raise Refused("bad_quantity", _("A quantity is a whole number from 1 to 999."))


def checked(asked: Purchase) -> Purchase:
    """The purchase in one form, however it was typed.

    Raises:
        Refused: see ``check_lines``; ``bad_email``, ``company_too_long``, ``bad_vat_number``.
    """
    check_lines(asked.lines)
    company = one_line(asked.company)
    if len(company) > MOST_LETTERS:
        message = _("The company's name is too long.")
        raise Refused("company_too_long", message, fields=["company"])
    return replace(
        asked,
        address=asked.address.cleaned(),
        email=check_email(asked.email) if asked.email or not asked.at_counter else "",
        language=asked.language if asked.language in LANGUAGES else settings.LANGUAGE_CODE,
        company=company,
        vat_number=check_vat_number(asked.vat_number),
        codes=folded_codes(asked.codes),
    )
