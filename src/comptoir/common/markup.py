"""What people type, made fit to be kept and shown.

On its way to a page it goes through ``linkify``; what catalogues say, through
``catalog.feeds.plain_text``.
"""

from __future__ import annotations

import re
import unicodedata

from django.utils.translation import gettext_lazy as _

from comptoir.common.errors import Refused

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


def _tidy(text: str) -> str:
    lines = (line.strip() for line in _SPACES.sub(" ", text).split("\n"))
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()
