"""Bank statements as CSV: no two banks write them alike, so the columns are looked for.

What is known: the first line that names a date and an amount (or a credit column) is the heading;
French, English and German words for both; comma, semicolon or tab; UTF-8 or Windows-1252. Where a
column says which way the money went, it is believed, and a word in it that is not known refuses
the file: a debit must never be taken for money that came.
"""

import csv
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from io import StringIO

from moneyed import CurrencyDoesNotExist

from comptoir.common.money import decimals
from comptoir.sales.adapters.statement import (
    MOST_ENTRIES,
    MOST_LINES,
    Credit,
    NotAStatement,
    Statement,
)

HEADING_WITHIN = 40  # lines: banks print whose account it is first
MOST_COLUMNS = 200
DATES = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d/%m/%y", "%d.%m.%y", "%Y%m%d")

# In the order of preference; words are compared without accents or case.
WORDS = {
    "date": (
        "date de comptabilisation", "date operation", "date d operation", "date de l operation",
        "date comptable", "booking date", "buchungstag", "buchungsdatum", "date", "date valeur",
        "date de valeur", "value date", "completed date",
    ),
    "amount": (
        "montant", "montant eur", "montant euros", "montant de l operation", "amount", "betrag",
        "somme",
    ),
    "credit": (
        "credit", "credit eur", "credit euros", "montant credit", "paid in", "money in", "haben",
        "recette",
    ),
    "text": (
        "libelle", "libelle operation", "libelle complet", "libelle de l operation", "description",
        "communication", "motif", "informations complementaires", "remittance information",
        "reference", "reference operation", "details", "detail", "verwendungszweck", "label",
        "payment reference", "commentaire",
    ),
    "payer": (
        "contrepartie", "nom de la contrepartie", "nom contrepartie", "counterparty",
        "counterparty name", "payer", "emetteur", "tiers", "beguenstigter zahlungspflichtiger",
        "auftraggeber", "name",
    ),
    "iban": ("iban contrepartie", "counterparty iban", "iban emetteur", "kontonummer iban"),
    "currency": ("devise", "currency", "waehrung", "wahrung"),
    "way": (
        "sens", "sens de l operation", "sens operation", "signe", "debit credit", "credit debit",
        "d c", "c d", "dr cr", "cr dr", "cdtdbtind", "credit debit indicator", "credit or debit",
        "debit or credit", "direction", "soll haben", "soll haben kennzeichen", "s h",
    ),
    "kind": ("type", "type d operation", "transaction type"),
    "own": ("id", "transaction id", "numero d operation", "reference unique"),
}  # fmt: skip
OTHERS = ("payer", "iban", "currency", "own", "way", "kind")
TEXTS = frozenset(WORDS["text"])
CAME = frozenset({"c", "cr", "crdt", "credit", "h", "haben", "in", "entree", "+"})
WENT = frozenset({"d", "dr", "dbit", "debit", "s", "soll", "out", "sortie", "-"})
SIGNS = {"\u20ac": "EUR"}


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where each thing is; ``texts`` are all columns that say what it was for."""

    date: int
    amount: int
    texts: tuple[int, ...]
    others: dict[str, int]


def read_bank_csv(body: bytes) -> Statement:
    """The credits of the file.

    Raises:
        NotAStatement: not text, no heading with a date and an amount, or a line that cannot be
            read: nothing is guessed.
    """
    rows = _rows(_decoded(body))
    start, columns = _heading(rows)
    columns = _with_a_way(columns, rows[start + 1 :])
    read = []
    for number, row in enumerate(rows[start + 1 :], start + 2):
        if len(row) <= max(columns.date, columns.amount) or not row[columns.date].strip():
            continue  # an empty line, or the bank's closing words
        credit = _credit(row, columns, number)
        if credit is not None:
            read.append(credit)
        if len(read) > MOST_LINES:
            raise NotAStatement("too many lines")
    return Statement(form="csv", iban="", credits=tuple(read))


def _decoded(body: bytes) -> str:
    if b"\x00" in body:
        raise NotAStatement("not text")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return body.decode("cp1252", errors="replace")


def _rows(text: str) -> list[list[str]]:
    head = "\n".join(text.splitlines()[:HEADING_WITHIN])
    delimiter = max(";,\t", key=head.count)
    rows: list[list[str]] = []
    try:
        for row in csv.reader(StringIO(text), delimiter=delimiter):
            if len(row) > MOST_COLUMNS or len(rows) == MOST_ENTRIES:
                raise NotAStatement("too many columns or lines")
            rows.append(row)
    except csv.Error as error:
        raise NotAStatement("not CSV") from error
    return rows


def _heading(rows: Sequence[Sequence[str]]) -> tuple[int, _Columns]:
    for number, row in enumerate(rows[:HEADING_WITHIN]):
        words = [_plain(cell) for cell in row]
        when = _first(words, "date")
        much = _first(words, "amount")
        much = _first(words, "credit") if much is None else much
        if when is None or much is None:
            continue
        others = {kind: _first(words, kind) for kind in OTHERS}
        return number, _Columns(
            date=when,
            amount=much,
            texts=tuple(n for n, word in enumerate(words) if word in TEXTS),
            others={kind: place for kind, place in others.items() if place is not None},
        )
    raise NotAStatement("no heading with a date and an amount")


def _with_a_way(columns: _Columns, rows: Sequence[Sequence[str]]) -> _Columns:
    """A column of kinds that holds nothing but directions is the direction, where none is named."""
    place = columns.others.get("kind")
    if place is None or "way" in columns.others:
        return columns
    said = {_direction(row[place]) for row in rows if len(row) > place and row[place].strip()}
    if not said or not said <= CAME | WENT:
        return columns
    return replace(columns, others={**columns.others, "way": place})


def _direction(cell: str) -> str:
    bare = cell.strip().replace("\u2212", "-")
    return bare if bare in {"+", "-"} else _plain(bare)


def _first(words: Sequence[str], kind: str) -> int | None:
    return next((words.index(word) for word in WORDS[kind] if word in words), None)


def _plain(cell: str) -> str:
    bare = unicodedata.normalize("NFKD", cell).encode("ascii", "ignore").decode().lower()
    return " ".join(re.sub(r"[^a-z0-9]+", " ", bare).split())


def _credit(row: Sequence[str], columns: _Columns, number: int) -> Credit | None:
    """``None`` for a debit, and for a line without an amount in the credit column."""

    def cell(kind: str) -> str:
        place = columns.others.get(kind)
        return " ".join(row[place].split()) if place is not None and place < len(row) else ""

    amount = _amount(row[columns.amount], number)
    if amount is None or amount <= 0 or not _came(cell("way"), columns, number):
        return None
    currency = SIGNS.get(cell("currency"), cell("currency").upper()) or "EUR"
    try:
        minor = amount.scaleb(decimals(currency))
    except CurrencyDoesNotExist as error:
        raise NotAStatement(f"line {number}: an unknown currency") from error
    if minor != int(minor) or minor >= 10**15:
        raise NotAStatement(f"line {number}: not an amount of {currency}")
    texts = (" ".join(row[place].split()) for place in columns.texts if place < len(row))
    own = cell("own")
    return Credit(
        booked_on=_day(row[columns.date], number),
        amount_minor=int(minor),
        currency=currency,
        payer=cell("payer")[:140],
        payer_iban=cell("iban").replace(" ", "").upper()[:34],
        text=" ".join(dict.fromkeys(one for one in texts if one))[:500],
        bank_reference=own,
    )


def _came(said: str, columns: _Columns, number: int) -> bool:
    if "way" not in columns.others:
        return True
    word = _direction(said)
    if word not in CAME | WENT:
        raise NotAStatement(f"line {number}: neither debit nor credit")
    return word in CAME


def _day(text: str, number: int) -> date:
    for form in DATES:
        try:
            return datetime.strptime(text.strip()[:10], form).date()  # noqa: DTZ007 (a day has none)
        except ValueError:
            continue
    raise NotAStatement(f"line {number}: not a date")


def _amount(text: str, number: int) -> Decimal | None:
    """«1 234,56», "1.234,56", "1,234.56": the last mark before one or two digits is the point."""
    bare = re.sub(r"[\s\u00a0\u202f'€+]|EUR", "", text).replace("\u2212", "-")
    if not bare:
        return None
    match = re.fullmatch(r"(-?[\d.,]*?)(?:[.,](\d{1,2}))?", bare, re.ASCII)
    if match is None:
        raise NotAStatement(f"line {number}: not an amount")
    digits = re.sub(r"[.,](?=\d{3}(\D|$))", "", match.group(1))
    if not re.fullmatch(r"-?\d{0,15}", digits) or (digits in {"", "-"} and match.group(2) is None):
        raise NotAStatement(f"line {number}: not an amount")
    sign, whole = ("-", digits[1:]) if digits.startswith("-") else ("", digits)
    return Decimal(f"{sign}{whole or '0'}.{match.group(2) or '0'}")
