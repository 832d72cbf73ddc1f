"""Rows as a CSV file for a spreadsheet, line by line.

A cell that begins like a formula is run as one by spreadsheets, also when it was typed by a buyer
(OWASP, "CSV Injection"): such a cell is marked as text.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence

BOM = "\ufeff"  # spreadsheets read UTF-8 by it
# Also in their full-width forms, which spreadsheets of East Asia take for the others.
BEGINS_A_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
BREAKS = ("\t", "\r", "\n")


def csv_lines(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The file's text, heading first, one row at a time as ``rows`` gives them."""
    writer = csv.writer(_Echo())
    yield BOM + writer.writerow(headings)
    for row in rows:
        yield writer.writerow([harmless(cell) for cell in row])


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
