"""Control characters and oversized text from outside (survival lines 26, 28)."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comptoir.common.errors import Refused
from comptoir.common.markup import clean_line, clean_text

ANYTHING = st.text(st.characters(categories=("L", "M", "N", "P", "S", "Z", "C")), max_size=200)
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@given(ANYTHING)
def test_typed_text_is_kept_whole_or_refused(text: str) -> None:
    if re.search("[\ud800-\udfff]", text):
        with pytest.raises(Refused) as refusal:
            clean_text(text, max_length=2000)
        assert refusal.value.code == "text_broken"
        return
    line, lines = clean_line(text, max_length=2000), clean_text(text, max_length=2000)
    assert "\n" not in line
    for kept in (line, lines):
        kept.encode()
        assert not CONTROL.search(kept)
        assert kept == kept.strip()
        assert unicodedata.is_normalized("NFC", kept)
        assert clean_text(kept, max_length=2000) == kept
    assert clean_line(line, max_length=2000) == line


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("  Ine\u0300s \t Malo\n", "Inès Malo"),
        ("zinc\x00\x07\u202egnip", "zincgnip"),
        ("e\u200b\u0301", "é"),
        ("👩\u200d👧", "👩\u200d👧"),
        ("\u200d \u3164", ""),
        ("a\u2028b\r\nc", "a b c"),
    ],
)
def test_a_line_is_one_visible_line(typed: str, expected: str) -> None:
    assert clean_line(typed, max_length=20) == expected


def test_text_keeps_its_lines_and_at_most_one_blank_one() -> None:
    assert clean_text("a \r\n\r\n\r\n\r\n  b\tc\r", max_length=20) == "a\n\nb c"


def test_too_long_counts_what_is_left_after_cleaning() -> None:
    assert clean_line("a" * 5 + " " * 50, max_length=5) == "aaaaa"
    for text in ("a" * 6, "a" * 1_000_000):
        with pytest.raises(Refused) as refusal:
            clean_line(text, max_length=5)
        assert refusal.value.code == "text_too_long"
        assert refusal.value.details == {"max_length": 5}


def test_a_lone_surrogate_is_refused() -> None:
    with pytest.raises(Refused) as refusal:
        clean_text("bol \ud83d", max_length=50)
    assert refusal.value.code == "text_broken"
