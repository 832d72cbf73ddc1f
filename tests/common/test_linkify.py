"""What people type, with its handles, tags and addresses linked and nothing else let through."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comptoir.common.linkify import linkify

REL = 'rel="nofollow noopener ugc"'


def linked(text: str) -> str:
    known = {"ines": "/@ines", "malo.b": "/@malo.b"}
    return str(linkify(text, mention_url=known.get, tag_url=lambda tag: f"/tags/{tag}"))


def to(href: str, shown: str, rel: str = "") -> str:
    return f'<a href="{href}"{rel and " " + rel}>{shown}</a>'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<b>&\n'", "&lt;b&gt;&amp;<br>&#39;"),
        (
            "Salut @Ines, et @malo.b.",
            f"Salut {to('/@ines', '@Ines')}, et {to('/@malo.b', '@malo.b')}.",
        ),
        ("@inconnu", "@inconnu"),
        ("ines@zinc.example @ines@loin.example", "ines@zinc.example @ines@loin.example"),
        ("(@ines)", f"({to('/@ines', '@ines')})"),
        ("#Grès #2e_main", f"{to('/tags/grès', '#Grès')} {to('/tags/2e_main', '#2e_main')}"),
        ("#42 a#b &#39; ##c", "#42 a#b &amp;#39; ##c"),
        (
            "voir https://zinc.example/a?b=1&c=2.",
            f"voir {to('https://zinc.example/a?b=1&amp;c=2', 'zinc.example/a?b=1&amp;c=2', REL)}.",
        ),
        (
            "(HTTPS://zinc.example/bol_(bleu)/)",
            f"({to('HTTPS://zinc.example/bol_(bleu)/', 'zinc.example/bol_(bleu)', REL)})",
        ),
        (
            "https://zinc.example/@ines#bol",
            to("https://zinc.example/@ines#bol", "zinc.example/@ines#bol", REL),
        ),
        ("javascript:alert(1) https:// http://.", "javascript:alert(1) https:// http://."),
        (
            'https://zinc.example/"onclick=x',
            f"{to('https://zinc.example/', 'zinc.example', REL)}&#34;onclick=x",
        ),
    ],
)
def test_text_is_escaped_and_linked(text: str, expected: str) -> None:
    assert linked(text) == expected


def test_a_long_address_is_shown_short_and_kept_whole() -> None:
    url = "https://zinc.example/" + "a" * 100
    assert linked(url) == to(url, "zinc.example/" + "a" * 26 + "…", REL)


def test_french_punctuation_stays_with_its_word() -> None:
    assert linked("Qui vient ? « Moi ! »") == "Qui vient\u00a0? «\u00a0Moi\u00a0!\u00a0»"


@given(
    st.lists(
        st.one_of(
            st.text(max_size=20),
            st.sampled_from(["@ines", "#bol", "<a>", "http://x", "&", '"', "'", " "]),
        ),
        max_size=12,
    ).map("".join)
)
def test_only_our_own_links_come_out(text: str) -> None:
    page = linked(text)
    opening = re.findall(r"<[^/][^>]*>", page)
    for tag in opening:
        assert re.fullmatch(
            r'<br>|<a href="/[^"<>]*">|<a href="https?://[^"<>]*" rel="nofollow noopener ugc">',
            tag,
            re.IGNORECASE,
        )
    assert page.count("</a>") == len([tag for tag in opening if tag != "<br>"])
    shown = re.sub(r"<br>", "\n", page)
    assert "<" not in re.sub(r"</?a[^>]*>", "", shown)


@pytest.mark.parametrize("piece", ["@", "#1", "@a.", ")", "http://", "https://a)", "#", "é@"])
def test_hostile_repetition_is_read_in_bounded_work(piece: str) -> None:
    # Quadratic matching would take minutes here; the length is what a post may have, ten times.
    assert linked(piece * 20_000)
