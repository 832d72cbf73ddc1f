"""Items of an RSS or Atom document, one at a time, in bounded memory.

Each <item> is cut out of the text and parsed on its own, strictly, by a parser without entities,
network or document types. A parser let loose on the whole file would stop at the first fault, or
recover by guessing; this way a fault stays in its item, and an item is bounded before it is parsed.
"""

import html
import re
from collections.abc import Iterator
from functools import lru_cache

from lxml import etree

from comptoir.catalog.feeds.headers import canonical
from comptoir.catalog.feeds.issues import RowIssue, quoted
from comptoir.catalog.feeds.item_texts import ItemTexts
from comptoir.catalog.feeds.limits import MAX_ROW_CHARS
from comptoir.catalog.feeds.plain_text import without_control_characters
from comptoir.catalog.feeds.raw import RawRow, refused_row
from comptoir.catalog.feeds.sniff import FeedFormat
from comptoir.catalog.feeds.text_source import TextSource

_GOOGLE = "http://base.google.com/ns/1.0"
# An item may use prefixes that its document forgot to declare; these are the usual ones.
_USUAL_PREFIXES = {
    "g": _GOOGLE,
    "c": "http://base.google.com/cns/1.0",
    "media": "http://search.yahoo.com/mrss/",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "atom": "http://www.w3.org/2005/Atom",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}
# CDATA is left as it is; entities of XML itself too. HTML's and lone ampersands are mended.
_AMPERSANDS = re.compile(
    r"<!\[CDATA\[.*?\]\]>"
    r"|&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});)([A-Za-z][A-Za-z0-9]{1,31};)?",
    re.DOTALL,
)


class DocumentRows:
    """Iterates over the items of an RSS or Atom document as raw rows, numbered from 1."""

    def __init__(self, text: TextSource, found: FeedFormat) -> None:
        self._texts = ItemTexts(text, kind=found.kind, root=found.root)
        prefixes = _USUAL_PREFIXES | dict(found.namespaces)
        declared = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in prefixes.items())
        self._before, self._after = f"<i {declared}>", "</i>"
        # Partly lxml's defaults, but they are what stands between us and a hostile file.
        self._parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False,
            huge_tree=False, recover=False, remove_comments=True, remove_pis=True,
        )  # fmt: skip

    def __iter__(self) -> Iterator[RawRow]:
        for number, text in enumerate(self._texts, start=1):
            if text is None:
                yield refused_row(number, "", "row_too_large", limit=MAX_ROW_CHARS)
            else:
                yield self._read(number, text)

    def _read(self, number: int, text: str) -> RawRow:
        try:
            return _raw_row(number, self._parse(text))
        except etree.XMLSyntaxError as error:
            detail = quoted(str(error.msg))
        mended = without_control_characters(_AMPERSANDS.sub(_mend, text))
        try:
            row = _raw_row(number, self._parse(mended))
        except etree.XMLSyntaxError:
            return refused_row(number, "", "not_well_formed", quoted(text), detail=detail)
        row.warnings.append(
            RowIssue(number, "", "", "not_well_formed", "", "warning", {"detail": detail})
        )
        return row

    def _parse(self, text: str) -> etree._Element:
        # Bytes, as a string would be asked for its encoding and copied once more.
        whole = f"{self._before}{text}{self._after}".encode()
        return etree.fromstring(whole, self._parser)[0]


def _mend(found: re.Match[str]) -> str:
    if found[0].startswith("<"):
        return found[0]
    if found[1] and (character := html.unescape(found[0])) != found[0]:
        return html.escape(character)
    return "&amp;" + (found[1] or "")


def _raw_row(number: int, item: etree._Element) -> RawRow:
    row = RawRow(number)
    from_google: set[str] = set()
    for child in item:
        name, google = _meaning(child.tag)
        if name is None:
            continue
        text = "".join(map(str, child.itertext())) if len(child) else child.text or ""
        if not text or text.isspace():
            text = child.get("href", "")
        if not text:
            continue
        if name == "additional_image_link":
            row.more_images.append(text)
        elif name not in row.values or (google and name not in from_google):
            row.values[name] = text
            if google:
                from_google.add(name)
    return row


@lru_cache(maxsize=512)
def _meaning(tag: str) -> tuple[str | None, bool]:
    """The canonical name of an element, and whether it is Google's own rather than RSS's."""
    namespace, _, name = tag.rpartition("}")
    return canonical(name[:100]), namespace == "{" + _GOOGLE
