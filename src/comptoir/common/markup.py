"""Text from outside, made fit to be kept and shown.

Three kinds of source: HTML of strangers (``clean_html``, ``plain_text``), what people type
(``clean_line``, ``clean_text``), and typed text on its way to a page (``linkify``).
"""

from __future__ import annotations

import html
import re
import unicodedata

import nh3
from django.utils.translation import gettext_lazy as _

from comptoir.common.errors import Refused

_TAGS = {"a", "b", "blockquote", "br", "em", "h3", "h4", "i", "li", "ol", "p", "strong", "ul"}
_SCHEMES = {"http", "https", "mailto"}
LINK_REL = "nofollow noopener ugc"

_BLOCKS = {
    *("article", "blockquote", "br", "dd", "div", "dl", "dt", "h1", "h2", "h3", "h4", "h5"),
    *("h6", "hr", "li", "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul"),
}
_MARKUP = re.compile(r"<[A-Za-z/!?][^<>]*>")
_TAG = re.compile(r"<[^<>]*>")
_INSTEAD_OF = {"<li>": "\n- ", "</li>": "", "<td>": " ", "</td>": "", "<th>": " ", "</th>": ""}
# Markup that was escaped once too often by the program that wrote the feed.
_ESCAPED_MARKUP = re.compile(r"&lt;(?:br\s*/?|/(?:p|b|i|em|strong|ul|ol|li|div|span|h\d))&gt;")

# Control characters but tab and newline; bidirectional overrides, which make a name read as
# another one; invisible fillers, which make a name that is not there. The joiners U+200C and
# U+200D stay: scripts and emoji need them.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u115f\u1160\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u2069\u3164\ufeff\uffa0\ufff9-\ufffb]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SPACES = re.compile(r"[^\S\n]+")
_BLANK_LINES = re.compile(r"\n{3,}")


def clean_html(text: str) -> str:
    """HTML cut down to paragraphs, lists, emphasis and links that pass on no credit."""
    return nh3.clean(
        _scrubbed(text),
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes=_SCHEMES,
        link_rel=LINK_REL,
    )


def plain_text(text: str) -> str:
    """HTML, escaped HTML or plain text as readable lines without any markup.

    The result is text, not markup: escape it on the way to a page. Scripts, styles and
    comments are dropped, blocks become lines, list items start with a dash. Line ends of the
    source count only where no block does.
    """
    text = _scrubbed(text)
    if "<" not in text and _ESCAPED_MARKUP.search(text):
        text = html.unescape(text)
    if _MARKUP.search(text):
        # nh3 parses as a browser would and writes well-formed tags: what remains is simple.
        # It leaves "1 < 2" alone, escaped.
        text = nh3.clean(text, tags=_BLOCKS, attributes={}, link_rel=None)
        if _TAG.search(text):
            text = text.replace("\n", " ")
        text = _TAG.sub(lambda tag: _INSTEAD_OF.get(tag[0], "\n"), text)
    if "&" in text:
        text = _scrubbed(html.unescape(text))
    return _tidy(text)


def clean_line(text: str, *, max_length: int) -> str:
    """One line as a person typed it: NFC, no control characters, single spaces, trimmed.

    ``max_length`` counts characters (code points) of the result.
    Raises Refused: ``text_broken`` for a lone surrogate, ``text_too_long``.
    """
    return _visible(_bounded(" ".join(_typed(text, max_length).split()), max_length))


def one_line(text: str) -> str:
    """As ``clean_line``, for what is bounded already.

    Raises Refused: ``text_broken`` for a lone surrogate.
    """
    return clean_line(text, max_length=4 * len(text))  # NFC writes a letter as three at most


def clean_text(text: str, *, max_length: int) -> str:
    """Several lines as a person typed them; line ends become ``\\n``, at most one blank line.

    Bounds and errors as for ``clean_line``.
    """
    return _visible(_bounded(_tidy(_typed(text, max_length)), max_length))


def _typed(text: str, max_length: int) -> str:
    # Bounds the work before any is done; what cleaning may take away is allowed for.
    if len(text) > 4 * max_length + 1000:
        raise _too_long(max_length)
    if _SURROGATE.search(text):
        raise Refused("text_broken", _("This text contains characters that cannot be kept."))
    # Normalising last: a character taken away can bring a letter and its accent together.
    return unicodedata.normalize("NFC", _UNWANTED.sub("", _LINE_ENDS.sub("\n", text)))


def _visible(text: str) -> str:
    """Nothing instead of joiners that join nothing."""
    return text if any(character.isprintable() for character in text) else ""


def _bounded(text: str, max_length: int) -> str:
    if len(text) > max_length:
        raise _too_long(max_length)
    return text


def _too_long(max_length: int) -> Refused:
    message = _("This text is too long: %(max)s characters at most.")
    return Refused("text_too_long", message % {"max": max_length}, max_length=max_length)


def _scrubbed(text: str) -> str:
    text = _SURROGATE.sub("", _LINE_ENDS.sub("\n", text))
    return unicodedata.normalize("NFC", _UNWANTED.sub("", text))


def _tidy(text: str) -> str:
    lines = (line.strip() for line in _SPACES.sub(" ", text).split("\n"))
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()
