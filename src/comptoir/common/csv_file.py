"""Rows as a CSV file for a spreadsheet, line by line.

A cell that begins like a formula is run as one by spreadsheets, also when it was typed by a buyer
(OWASP, "CSV Injection"): such a cell is marked as text.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

BOM = "\ufeff"  # spreadsheets read UTF-8 by it
# Also in their full-width forms, which spreadsheets of East Asia take for the others.
BEGINS_A_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
BREAKS = ("\t", "\r", "\n")


def csv_lines(
    headings: Sequence[str], rows: Iterable[Sequence[object]], *, language: str = "en"
) -> Iterator[str]:
    """The file's text, heading first, one row at a time as ``rows`` gives them.

    A French spreadsheet opens what is parted by semicolons, its amounts (``Decimal``) with a comma;
    parted by commas, it would show each row in one cell.
    """
    french = language.startswith("fr")
    writer = csv.writer(_Echo(), delimiter=";" if french else ",")
    yield BOM + writer.writerow(headings)
    for row in rows:
        yield writer.writerow([_written(cell, comma=french) for cell in row])


def _written(cell: object, *, comma: bool) -> object:
    if isinstance(cell, Decimal):
        return f"{cell:f}".replace(".", ",") if comma else f"{cell:f}"
    return harmless(cell)


def harmless(cell: object) -> object:
    """Text that a spreadsheet would take for a formula, marked as text; all else as it is.

    Amounts written as text stay numbers.
    """
    if not isinstance(cell, str) or _is_number(cell):
        return cell
    risky = cell.startswith(BREAKS) or cell.lstrip().startswith(BEGINS_A_FORMULA)
    return f"'{cell}" if risky else cell


class _Echo:
    """What ``csv`` writes to: it gives each line back."""

    def write(self, line: str) -> str:
        return line


def _is_number(text: str) -> bool:
    digits = text.removeprefix("-").replace(".", "", 1)
    return digits.isascii() and digits.isdigit()
