"""Files for spreadsheets: no cell of them is a formula."""

import csv
import io
from decimal import Decimal

import pytest

from comptoir.common.csv_file import csv_lines, harmless


@pytest.mark.parametrize(
    "typed",
    ["=1+1", "+33 1 02", "-cmd|x", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u00a0=1",
     "\uff1d1", "\uff0b1", "\uff0dx", "\uff20x", "--1", "-", "-1.2.3"],
)  # fmt: skip
def test_what_begins_like_a_formula_is_text(typed: str) -> None:
    assert harmless(typed) == f"'{typed}"


@pytest.mark.parametrize("cell", ["Ines", "12.50", "-12.50", "1 = 1", "", 5, None, "a@b.example"])
def test_all_else_stays(cell: object) -> None:
    assert harmless(cell) == cell


def test_the_file_is_read_back() -> None:
    text = "".join(csv_lines(["a", "b"], [["x;y", '"'], ["=1", 2]]))
    assert text.startswith("\ufeff")
    assert list(csv.reader(io.StringIO(text[1:]))) == [["a", "b"], ["x;y", '"'], ["'=1", "2"]]


def test_a_french_spreadsheet_parts_it_by_semicolons_and_reads_commas() -> None:
    rows = [["Bol; vert", Decimal("12.50"), Decimal("-3.00"), "12.50", "=1"]]
    french = "".join(csv_lines(["titre", "prix"], rows, language="fr")).splitlines()
    assert french == ["\ufefftitre;prix", '"Bol; vert";12,50;-3,00;12.50;\'=1']
    english = "".join(csv_lines(["title", "price"], rows, language="en")).splitlines()
    assert english == ["\ufefftitle,price", "Bol; vert,12.50,-3.00,12.50,'=1"]
