"""Bank statements as shops hand them in: one form, whatever the file was."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

MOST_BYTES = 5 * 1024 * 1024
MOST_LINES = 20_000  # that tell of money which came
MOST_ENTRIES = 100_000  # debits too


class NotAStatement(Exception):
    """The file cannot be read as a bank statement; the text says why, for the log."""


@dataclass(frozen=True, slots=True)
class Credit:
    """Money that came. ``bank_reference`` is the bank's own name of this movement, or ''."""

    booked_on: date
    amount_minor: int
    currency: str
    payer: str = ""
    payer_iban: str = ""
    text: str = ""
    bank_reference: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """``form`` is "camt" or "csv"; ``iban`` whose account it is, '' when the file does not say.
    Debits are left out."""

    form: str
    iban: str
    credits: tuple[Credit, ...]


def fingerprints(found: Sequence[Credit]) -> list[str]:
    """A name for each credit, the same in every file of the same form that tells of it.

    Without a reference of the bank's, two that are alike are told apart by counting: the second
    one of a day is the second one in every file that holds the whole day.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    names = []
    for credit in found:
        alike = _alike(credit)
        seen[alike] += 1
        text = "\x1f".join([*alike, str(seen[alike])])
        names.append(hashlib.sha256(text.encode()).hexdigest())
    return names


def _alike(credit: Credit) -> tuple[str, ...]:
    when, much = credit.booked_on.isoformat(), f"{credit.amount_minor} {credit.currency}"
    if credit.bank_reference:
        return ("bank", credit.bank_reference, when, much)
    return ("seen", when, much, credit.payer, credit.text)
