"""Text from outside, made plain: no markup, no control characters, one line or paragraphs."""

import html
import re

import nh3

# Where a browser would begin a new line, so must the plain text.
_BREAKS = re.compile(
    r"</?(?:br|p|div|li|ul|ol|tr|h[1-6]|table|section)\b[^<>]{0,500}>", re.IGNORECASE
)
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\u2028\u2029]"
)
_DROPPED_WITH_CONTENT = {"script", "style", "template", "noscript", "iframe", "head"}


def has_control_characters(text: str) -> bool:
    """True if `text` holds what no text field should: NUL, escape, lone surrogates …"""
    return _CONTROL.search(text) is not None


def without_control_characters(text: str) -> str:
    """`text` without NUL, escape, lone surrogates and their like; line ends and tabs stay."""
    return _CONTROL.sub("", text)


def one_line(text: str) -> str:
    """`text` without markup, on one line."""
    if "<" in text or "&" in text:
        text = _without_markup(text)
    if not text.isprintable():
        text = _CONTROL.sub("", text)
    return " ".join(text.split())


def paragraphs(text: str) -> str:
    """`text` without markup, with its line breaks and at most one blank line between two."""
    if "<" in text or "&" in text:
        text = _without_markup(text)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")
    lines: list[str] = []
    for line in text.split("\n"):
        bare = line if line.isprintable() else _CONTROL.sub("", line)
        words = " ".join(bare.split())
        if words or (lines and lines[-1]):
            lines.append(words)
    return "\n".join(lines).rstrip()


def _without_markup(text: str) -> str:
    if "<" in text:
        text = _BREAKS.sub("\n", text)
    if "<" in text:
        text = nh3.clean(
            text, tags=set(), clean_content_tags=_DROPPED_WITH_CONTENT, strip_comments=True
        )
    return html.unescape(text)
