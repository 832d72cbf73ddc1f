"""From the bytes of a file to text: compression, encoding, and a bound on both."""

import codecs
import gzip
import io
import re
import zlib
from dataclasses import dataclass
from typing import BinaryIO

from comptoir.catalog.feeds.limits import CHUNK_BYTES, MAX_DECODED_BYTES
from comptoir.catalog.feeds.unreadable import FeedUnreadable

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")
# Text encodings only: Python also knows codecs that decompress, run escapes or rotate letters.
_TEXT_CODECS = re.compile(
    r"iso8859-\d{1,2}|cp125[0-8]|koi8-[ru]|mac-roman|gb2312|gbk|gb18030|big5|shift_jis"
    r"|euc_jp|euc_kr|tis-620"
)


class BoundedBytes(io.RawIOBase):
    """The decompressed bytes of a file. `FeedUnreadable` if damaged or beyond the limit."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__()
        file.seek(0)
        self.compressed = file.read(2) == b"\x1f\x8b"
        file.seek(0)
        self._source: BinaryIO | gzip.GzipFile = (
            gzip.GzipFile(fileobj=file, mode="rb") if self.compressed else file
        )
        self._read = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        try:
            data = self._source.read(len(buffer))
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise FeedUnreadable("bad_gzip") from error
        self._read += len(data)
        if self._read > MAX_DECODED_BYTES:
            raise FeedUnreadable("too_large")
        buffer[: len(data)] = data
        return len(data)


def open_text(file: BinaryIO, encoding: str) -> io.TextIOWrapper:
    """The text of `file`; bytes that are no text become U+FFFD, line ends stay as they are."""
    bounded = io.BufferedReader(BoundedBytes(file), CHUNK_BYTES)
    return io.TextIOWrapper(bounded, encoding=encoding, errors="replace", newline="")


def read_head(file: BinaryIO, size: int) -> bytes:
    """The first `size` bytes, decompressed."""
    return io.BufferedReader(BoundedBytes(file), CHUNK_BYTES).read(size)


def find_encoding(file: BinaryIO, head: bytes) -> str:
    """The encoding that the bytes show: mark, declaration, or else what they can be.

    Reads the whole file once, as one late byte decides between UTF-8 and Windows-1252.
    """
    for mark, name in _BOMS:
        if head.startswith(mark):
            return name
    if wide := _wide_without_mark(head):
        return wide
    declared = _declared(head)
    survey = _survey_utf8(file)
    if declared:
        # Programs that declare ISO-8859-1 and write UTF-8 are common; the reverse of such
        # text being valid UTF-8 by chance is not.
        return "utf-8" if survey.bad == 0 and survey.good else declared
    return "utf-8" if survey.good >= survey.bad else "cp1252"


def _wide_without_mark(head: bytes) -> str:
    sample = head[:2048]
    pairs = len(sample) // 2
    if pairs == 0:
        return ""
    if sample[1::2].count(0) > pairs * 0.6 and sample[0::2].count(0) < pairs * 0.1:
        return "utf-16-le"
    if sample[0::2].count(0) > pairs * 0.6 and sample[1::2].count(0) < pairs * 0.1:
        return "utf-16-be"
    return ""


def _declared(head: bytes) -> str:
    """The declared single- or multi-byte encoding, "" when it is UTF-8, unknown or unwanted."""
    found = _DECLARED.match(head)
    if not found:
        return ""
    try:
        name = codecs.lookup(found[1].decode("ascii")).name
    except LookupError:
        return ""
    if name == "iso8859-1":
        return "cp1252"  # as browsers do: a superset in everything that is text
    return name if _TEXT_CODECS.fullmatch(name) else ""


@dataclass(slots=True)
class _Survey:
    good: int = 0  # characters beyond ASCII that decode as UTF-8
    bad: int = 0  # places that do not


def _survey_utf8(file: BinaryIO) -> _Survey:
    survey = _Survey()
    stream = BoundedBytes(file)
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    while chunk := stream.read(CHUNK_BYTES):
        state = decoder.getstate()
        if chunk.isascii() and not state[0]:
            continue
        try:
            text = decoder.decode(chunk)
        except UnicodeDecodeError:
            decoder.setstate(state)
            decoder.errors = "replace"
            text = decoder.decode(chunk)
        bad = text.count("�") if decoder.errors == "replace" else 0
        survey.bad += bad
        survey.good += len(text) - bad - len(text.encode("ascii", "ignore"))
    return survey
