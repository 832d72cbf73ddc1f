"""Telling what a file is from what it holds; its name is not asked."""

import csv
import re
from dataclasses import dataclass
from typing import BinaryIO, Literal

from comptoir.catalog.feeds import decoding
from comptoir.catalog.feeds.headers import canonical, fold
from comptoir.catalog.feeds.limits import HEAD_CHARS, MAX_COLUMNS
from comptoir.catalog.feeds.unreadable import FeedUnreadable

Kind = Literal["rss", "atom", "table"]

_MAGIC = (
    (b"\xd0\xcf\x11\xe0", "spreadsheet"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x28\xb5\x2f\xfd", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ", "archive"),
    (b"%PDF", "binary"),
    (b"\x89PNG", "binary"),
    (b"\xff\xd8\xff", "binary"),
    (b"GIF8", "binary"),
    (b"SQLite format", "binary"),
    (b"PAR1", "binary"),
)
_ROOT = re.compile(r"<([A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)")
_FIRST_ITEM = re.compile(r"<(?:[A-Za-z_][\w.-]*:)?(item|entry)(?=[\s>])")
_NAMESPACE = re.compile(r"""xmlns:([A-Za-z_][\w.-]{0,30})\s*=\s*["']([^"'<>&\s]{1,300})["']""")
_LINE_END = re.compile("\r\n|\n|\r")
_DELIMITERS = "\t,;|"
# Lines that exporters put above the header.
_PREAMBLE_LINES = 20
_META_ONLY = {"quantity_to_sell_on_facebook", "fb_product_category", "inventory", "origin_country"}
_PINTEREST_ONLY = {"ad_link", "average_review_rating", "number_of_ratings", "number_of_reviews"}


@dataclass(frozen=True, slots=True)
class FeedFormat:
    """What a file was found to be.

    `root` is the document element's name as written and `namespaces` the prefixes declared before
    the first item, with their addresses (XML only). `columns` are the header's cells
    as written and `header_line` its line, from 0 (delimited only).
    """

    kind: Kind
    label: str
    encoding: str
    compressed: bool = False
    delimiter: str = ""
    root: str = ""
    namespaces: tuple[tuple[str, str], ...] = ()
    columns: tuple[str, ...] = ()
    header_line: int = 0


def sniff(file: BinaryIO) -> FeedFormat:
    """Find the format of `file`, which must be seekable. Raises `FeedUnreadable`."""
    compressed = decoding.BoundedBytes(file).compressed
    head = decoding.read_head(file, HEAD_CHARS)
    _refuse_other_files(head)
    encoding = decoding.find_encoding(file, head)
    with decoding.open_text(file, encoding) as source:
        text = source.read(HEAD_CHARS)
    return format_of(text, encoding=encoding, compressed=compressed)


def _refuse_other_files(head: bytes) -> None:
    if not head.strip(b"\x00\t\r\n \xef\xbb\xbf\xff\xfe"):
        raise FeedUnreadable("empty")
    if head.startswith(b"PK\x03\x04"):
        sheet = b"xl/" in head or b"[Content_Types].xml" in head or b"opendocument" in head
        raise FeedUnreadable("spreadsheet" if sheet else "archive")
    for magic, code in _MAGIC:
        if head.startswith(magic):
            raise FeedUnreadable(code)


def format_of(text: str, *, encoding: str, compressed: bool = False) -> FeedFormat:
    """The format of a file that begins with `text`. Raises `FeedUnreadable`."""
    start = text.lstrip("\ufeff\x00 \t\r\n")
    if start.startswith("<"):
        return _xml_format(start, encoding, compressed)
    if re.match(r"[\[{]\s*[\"{\[]", start):
        raise FeedUnreadable("json")
    if sum(1 for c in text[:4096] if c in "\x00�" or "\x01" <= c <= "\x08") > len(text[:4096]) / 8:
        raise FeedUnreadable("binary")
    return _table_format(text, encoding, compressed)


def _xml_format(text: str, encoding: str, compressed: bool) -> FeedFormat:
    prolog = _without(_without(text, "<!--", "-->"), "<?", "?>")
    root = _ROOT.search(prolog)
    before_root = prolog[: root.start()] if root else prolog
    if re.match(r"\s*<!doctype\s+html", prolog, re.IGNORECASE) or (
        root and root[2].lower() == "html"
    ):
        raise FeedUnreadable("web_page")
    if re.search(r"<!(?:doctype|entity)", before_root, re.IGNORECASE):
        raise FeedUnreadable("doctype")
    item = _FIRST_ITEM.search(prolog)
    if not root or not item:
        raise FeedUnreadable("no_items")
    atom = item[1] == "entry"
    return FeedFormat(
        kind="atom" if atom else "rss",
        label="Google Merchant Atom" if atom else "Google Merchant RSS",
        encoding=encoding,
        compressed=compressed,
        root=(root[1] or "") + root[2],
        namespaces=tuple(_NAMESPACE.findall(prolog[: item.start()])[:40]),
    )


def _without(text: str, opening: str, closing: str) -> str:
    """`text` without what stands between the two marks, in one pass whatever it holds."""
    kept, position = [], 0
    while (start := text.find(opening, position)) >= 0:
        kept.append(text[position:start])
        end = text.find(closing, start + len(opening))
        position = end + len(closing) if end >= 0 else len(text)
    return "".join(kept) + text[position:]


def _table_format(text: str, encoding: str, compressed: bool) -> FeedFormat:
    best: tuple[int, int, str, tuple[str, ...]] = (0, 0, ",", ())
    for number, line in enumerate(_LINE_END.split(text, _PREAMBLE_LINES)[:_PREAMBLE_LINES]):
        if line.lstrip('"\ufeff').startswith("#") or line.lower().startswith("sep="):
            continue
        for delimiter in _DELIMITERS:
            cells = _cells(line, delimiter)
            known = len({name for cell in cells if (name := canonical(cell))})
            if known > best[0]:
                best = (known, number, delimiter, tuple(cells))
    known, number, delimiter, columns = best
    if known < 2:
        raise FeedUnreadable("no_header")
    if len(columns) > MAX_COLUMNS:
        raise FeedUnreadable("too_many_columns", limit=MAX_COLUMNS)
    _require_columns(columns)
    return FeedFormat(
        "table", _table_label(columns, delimiter), encoding, compressed,
        delimiter=delimiter, columns=columns, header_line=number,
    )  # fmt: skip


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line.lstrip("\ufeff")], delimiter=delimiter), [])
    except csv.Error:
        return []


def _require_columns(columns: tuple[str, ...]) -> None:
    names = {canonical(column) for column in columns}
    missing = [name for name in ("id", "title", "price") if name not in names]
    if not names & {"availability", "quantity"}:
        missing.append("availability")
    if missing:
        raise FeedUnreadable("no_columns", columns=", ".join(missing))


def _table_label(columns: tuple[str, ...], delimiter: str) -> str:
    """Whose dialect it is. The three differ only in names, so this is a label, not a choice."""
    names = {fold(column) for column in columns}
    if names & _META_ONLY:
        owner = "Meta"
    elif names & _PINTEREST_ONLY:
        owner = "Pinterest"
    else:
        owner = "Google Merchant" if delimiter == "\t" else "Meta"
    return f"{owner} {'TSV' if delimiter == chr(9) else 'CSV'}"
