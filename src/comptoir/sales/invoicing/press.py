"""Paper: PDF from typst, with fonts of our own, and what makes a Factur-X of it."""

import json
import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

import typst

from comptoir.sales.invoicing.xmp import with_facturx_metadata

if TYPE_CHECKING:
    from typst import PDFStandard

PAPER = Path(__file__).parent.parent / "paper"
# Archived (ISO 19005-3, level A: readable to machines and to those who cannot see) and accessible.
ARCHIVED: "list[PDFStandard]" = ["a-3a", "ua-1"]
# Typst names every letter that it cannot print, as Rust writes strings.
NO_GLYPH = re.compile(r'(?:the text|codepoint) `"((?:[^"\\]|\\.)+)"`')
ESCAPED = re.compile(r"\\(?:u\{([0-9a-f]+)\}|(.))")
MISSING = "?"
MOST_TRIES = 12
# Our fonts have no narrow spaces; numbers in French are grouped by them. Joiners and selectors of
# emoji, marks of byte order and control characters are nothing by themselves.
NOTHING = (*range(0x20), *range(0x7F, 0xA0), 0x200C, 0x200D, 0xFE0E, 0xFE0F, 0xFEFF, 0xFFFE, 0xFFFF)
PLAIN = dict.fromkeys(NOTHING) | str.maketrans(
    {"\n": " ", "\t": " ", "\u202f": "\u00a0", "\u2009": "\u00a0", "\u2007": "\u00a0"}
)

_busy = Lock()


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(
        root=str(PAPER), font_paths=[str(PAPER / "fonts")], ignore_system_fonts=True
    )


def invoice_pdf(data: Mapping[str, Any], xml: str, issued_at: datetime) -> bytes:
    """One document as PDF/A-3, with its data in it unless there is none (``xml`` '')."""
    inputs = {"data": _text(data), **({"xml": xml} if xml else {})}
    pdf = _archived("invoice.typ", inputs, issued_at)
    return with_facturx_metadata(pdf) if xml else pdf


def pages_pdf(template: str, data: Mapping[str, Any], at: datetime) -> bytes:
    """Documents to be printed one after the other, as PDF/A-3 without data."""
    return _archived(template, {"data": _text(data)}, at)


def _text(data: Mapping[str, Any]) -> str:
    return json.dumps(_plain(data), ensure_ascii=False)


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return value.translate(PLAIN)
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value


def _archived(template: str, inputs: dict[str, str], at: datetime) -> bytes:
    """Archived paper must not hold a letter that cannot be seen: one that our fonts do not have is
    printed as a question mark. The data keeps it.

    Raises:
        typst.TypstError: the template does not hold.
    """
    for _try in range(MOST_TRIES):
        try:
            with _busy:
                made = _compiler().compile(
                    input=str(PAPER / template),
                    format="pdf",
                    pdf_standards=ARCHIVED,
                    sys_inputs=inputs,
                    timestamp=at.astimezone(UTC).replace(microsecond=0),
                )
        except typst.TypstError as error:
            unknown = _unknown(error)
            if not unknown:
                raise
            inputs = {**inputs, "data": _without(inputs["data"], unknown)}
        else:
            return bytes(made) if isinstance(made, bytes) else b"".join(made or [])
    raise ValueError("too many letters that cannot be printed")


def _unknown(error: typst.TypstError) -> frozenset[str]:
    """The letters that cannot be printed. What is written in ASCII can: it is named only for a mark
    that stands upon it."""
    named = "".join(NO_GLYPH.findall(f"{error} {getattr(error, 'diagnostic', '')}"))
    return frozenset(ESCAPED.sub(_unescaped, named)) - {chr(n) for n in range(0x80)}


def _unescaped(found: re.Match[str]) -> str:
    return chr(int(found.group(1), 16)) if found.group(1) else found.group(2)


def _without(text: str, unknown: frozenset[str]) -> str:
    """The text without the marks among these or, when there is none, a question mark for each."""
    marks = {letter for letter in unknown if unicodedata.category(letter).startswith("M")}
    return text.translate({ord(letter): None if marks else MISSING for letter in marks or unknown})
