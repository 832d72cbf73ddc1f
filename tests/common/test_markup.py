"""Markup, control characters and oversized text from outside (survival lines 23, 26, 28)."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comptoir.common.errors import Refused
from comptoir.common.markup import clean_html, clean_line, clean_text, plain_text

ANYTHING = st.text(st.characters(categories=("L", "M", "N", "P", "S", "Z", "C")), max_size=200)
HOSTILE = st.lists(
    st.one_of(
        ANYTHING,
        st.sampled_from(
            [
                *("<p>", "</p>", "<br>", "<script>", "</script>", "<svg onload=x>", "<!--", "-->"),
                *("<a href='javascript:x'>", "</a>", "&lt;", "&gt;", "&amp;", "&#0;", "&#xd800;"),
                *(
                    "<style>",
                    "<math><mi>",
                    "<img src=x onerror=y>",
                    "]]>",
                    "\x00",
                    "\r\n",
                    "\u202e",
                ),
            ]
        ),
    ),
    max_size=12,
).map("".join)
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@pytest.mark.parametrize(
    ("given_html", "expected"),
    [
        ("<p onclick='x'>Un <b style='color:red'>bol</b></p>", "<p>Un <b>bol</b></p>"),
        ("a<script>alert(1)</script>b<style>p{}</style>", "ab"),
        ("<img src=x onerror=alert(1)>bol", "bol"),
        ("<svg><script>x</script></svg>bol", "bol"),
        ("<a href='javascript:alert(1)'>a</a>", '<a rel="nofollow noopener ugc">a</a>'),
        ("<a href='data:text/html,x'>a</a>", '<a rel="nofollow noopener ugc">a</a>'),
        (
            "<a href='https://zinc.example/' rel='author' target='_blank'>a</a>",
            '<a href="https://zinc.example/" rel="nofollow noopener ugc">a</a>',
        ),
        ("<p>open", "<p>open</p>"),
        ("a\x00b\ud800c", "abc"),
    ],
)
def test_html_from_outside_keeps_only_what_is_listed(given_html: str, expected: str) -> None:
    assert clean_html(given_html) == expected


@pytest.mark.parametrize(
    ("description", "expected"),
    [
        ("Un bol.", "Un bol."),
        ("1 < 2 & 3 > 2", "1 < 2 & 3 > 2"),
        ("taille <M", "taille <M"),
        ("<p>Un <b>bol</b>\n bleu</p><p>fait main</p>", "Un bol bleu\n\nfait main"),
        ("Un bol<br/>bleu<BR>\nrond", "Un bol\nbleu\nrond"),
        ("<ul>\n<li>grès</li>\n<li>émail</li>\n</ul>", "- grès\n- émail"),
        ("<table><tr><td>Poids</td><td>2 kg</td></tr></table>", "Poids 2 kg"),
        ("Pain&nbsp;&amp;&nbsp;beurre &eacute;t&#233;", "Pain & beurre été"),
        ("&lt;p&gt;Un bol &amp;amp; une tasse&lt;/p&gt;", "Un bol & une tasse"),
        ("Écrire &lt;p&gt; en HTML", "Écrire <p> en HTML"),
        ("a<script>alert(1)</script><!-- b -->c", "ac"),
        ("une ligne\r\nune autre\n\n\n\nla fin  ", "une ligne\nune autre\n\nla fin"),
        ("<b>une</b> ligne\nune autre", "une ligne\nune autre"),
        ("a&#0;b&#x202e;c", "abc"),
    ],
)
def test_a_catalogue_description_becomes_lines(description: str, expected: str) -> None:
    # HTML turns the null character into a replacement character; either way it is not stored.
    assert plain_text(description).replace("\ufffd", "") == expected


@given(HOSTILE)
def test_no_markup_of_a_stranger_survives(text: str) -> None:
    cleaned = clean_html(text)
    for tag in re.findall(r"<[^>]*>", cleaned):
        assert re.fullmatch(
            r"</?(?:b|blockquote|em|h3|h4|i|li|ol|p|strong|ul)>|<br>|</a>"
            r'|<a(?: href="(?!javascript)[^"]*")? rel="nofollow noopener ugc">',
            tag,
        )
    assert not CONTROL.search(cleaned)


@given(HOSTILE)
def test_plain_text_can_always_be_stored(text: str) -> None:
    plain = plain_text(text)
    assert not CONTROL.search(plain)
    assert plain == plain.strip()
    plain.encode()


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
