"""Handles, tags and addresses in typed text, linked for the page."""

from __future__ import annotations

import re
from collections.abc import Callable

from markupsafe import Markup, escape

LINK_REL = "nofollow noopener ugc"
MAX_SHOWN = 40

# A handle or tag does not start inside a word, an address or an e-mail address.
_SPECIAL = re.compile(
    r"(?P<url>https?://[^\s<>\"'`{}|\\^]+)"
    r"|(?<![\w@#/.&-])@(?P<handle>[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,28}[A-Za-z0-9_])?)(?![\w@])"
    r"|(?<![\w@#/.&-])#(?P<tag>(?=\d*[^\W\d])\w{1,50})(?!\w)",
    re.IGNORECASE,
)
# French sets a space there, and a line must not begin with a question mark.
_TIED = re.compile(r" (?=[?!;:»])|(?<=«) ")
_TRAILING = ".,;:!?…*_~'\"»"
_PAIRS = {")": "(", "]": "["}


def linkify(
    text: str,
    *,
    mention_url: Callable[[str], str | None],
    tag_url: Callable[[str], str],
) -> Markup:
    """``text`` escaped, with links for @handles, #tags and web addresses, and line breaks kept.

    ``mention_url`` gets the handle in lower case and answers None for one that nobody has:
    it stays text. ``tag_url`` gets the tag in lower case.
    """
    pieces: list[str] = []
    end = 0
    for match in _SPECIAL.finditer(text):
        if match.start() < end:
            continue
        link, length = _link(match, mention_url, tag_url)
        if link is not None:
            pieces += [_plain(text[end : match.start()]), link]
            end = match.start() + length
    pieces.append(_plain(text[end:]))
    return Markup("".join(pieces))  # noqa: S704 (every piece is escaped where it is made)


def _link(
    match: re.Match[str],
    mention_url: Callable[[str], str | None],
    tag_url: Callable[[str], str],
) -> tuple[str | None, int]:
    """The link, if there is one to make, and how many characters of the text it replaces."""
    whole = match[0]
    if match["handle"]:
        href = mention_url(match["handle"].lower())
        return (_anchor(href, whole) if href else None), len(whole)
    if match["tag"]:
        return _anchor(tag_url(match["tag"].lower()), whole), len(whole)
    url = _without_trailing(whole)
    if len(url) <= len("https://"):
        return None, len(whole)
    shown = url.split("://", 1)[1].rstrip("/")
    if len(shown) > MAX_SHOWN:
        shown = shown[: MAX_SHOWN - 1] + "…"
    return f'<a href="{escape(url)}" rel="{LINK_REL}">{escape(shown)}</a>', len(url)


def _anchor(href: str, shown: str) -> str:
    return f'<a href="{escape(href)}">{escape(shown)}</a>'


def _without_trailing(url: str) -> str:
    """The address without the punctuation of the sentence around it."""
    while url:
        last = url[-1]
        opening = _PAIRS.get(last)
        if last in _TRAILING or (opening and url.count(last) > url.count(opening)):
            url = url[:-1]
        else:
            break
    return url


def _plain(text: str) -> str:
    return str(escape(_TIED.sub("\u00a0", text))).replace("\n", "<br>")
