"""Translations by Babel: extraction from Python and Jinja2, update, compilation, and the check."""

import os
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from comptoir.config.paths import PACKAGE

LOCALE = PACKAGE / "locale"
# The texts in the code are English; these are the languages that need a catalogue.
LANGUAGES = ("fr",)
# Signs that a language ties to their word, which a plain space does not.
LOOSE = {"fr": re.compile(r"« | [;:?!»€]")}
METHODS = [("**/migrations/**", "ignore"), ("**.py", "python"), ("**/templates/**.html", "jinja2")]
METHODS += [("**/components/**.html", "jinja2"), ("**/templates/**.txt", "jinja2")]
OPTIONS = {
    pattern: {
        "extensions": "jinja2.ext.i18n",
        "newstyle_gettext": "true",
        "trim_blocks": "true",
        "lstrip_blocks": "true",
        "silent": "false",
    }
    for pattern, method in METHODS
    if method == "jinja2"
}
KEYWORDS: dict[str, tuple[object, ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def extracted() -> Catalog:
    """Every text of the code, in a catalogue without translations."""
    template = Catalog(project="Comptoir", charset="utf-8", fuzzy=False)
    found = extract_from_dir(
        PACKAGE,
        method_map=METHODS,
        options_map=OPTIONS,
        keywords=KEYWORDS,  # type: ignore[arg-type]  # Babel's stub knows no contexts
        comment_tags=("Translators:",),
        strip_comment_tags=True,
    )
    for file, line, message, comments, context in found:
        template.add(message, None, [(file, line)], auto_comments=comments, context=context)
    return template


def path_of(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def read(language: str) -> Catalog:
    """The kept catalogue of a language; an empty one when there is none yet."""
    path = path_of(language)
    if not path.exists():
        return Catalog(locale=language, project="Comptoir", charset="utf-8", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def update(language: str) -> tuple[int, int]:
    """Brings the texts of the code into the catalogue; returns (texts, still untranslated)."""
    catalogue = read(language)
    catalogue.update(extracted(), no_fuzzy_matching=True, update_header_comment=False)
    catalogue.obsolete.clear()
    path = path_of(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    buffer = BytesIO()
    # No line numbers: they would change with every edit of the code.
    write_po(buffer, catalogue, width=100, include_lineno=False, sort_output=True)
    path.write_bytes(buffer.getvalue())
    messages = [message for message in catalogue if message.id]
    return len(messages), sum(not _translated(message) for message in messages)


def compile_changed() -> int:
    """Compiles each ``.po`` newer than its ``.mo``; returns how many there were."""
    done = 0
    for source in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parent.parent.name)
        fresh = target.with_name(f".{target.name}.{os.getpid()}")
        with fresh.open("wb") as file:
            write_mo(file, catalogue)
        fresh.replace(target)
        done += 1
    return done


def problems(language: str) -> Iterator[str]:
    """Why a catalogue is not complete: one line each, with where the text is used."""
    wanted, kept = extracted(), read(language)
    for message in wanted:
        if not message.id:
            continue
        where = f"{message.locations[0][0]}:{message.locations[0][1]}"
        mine = kept.get(message.id, message.context)
        if mine is None:
            yield f"{language}: missing {message.id!r} ({where})"
        elif not _translated(mine):
            yield f"{language}: untranslated {message.id!r} ({where})"
        elif mine.fuzzy:
            yield f"{language}: fuzzy {message.id!r} ({where})"
        else:
            for error in mine.check(kept):
                yield f"{language}: {message.id!r} ({where}): {error}"
            if any(map(LOOSE[language].search, _texts(mine))):
                yield f"{language}: a line may break before a sign of {message.id!r} ({where})"
    for mine in kept:
        if mine.id and wanted.get(mine.id, mine.context) is None:
            yield f"{language}: no longer used {mine.id!r}"


def _translated(message: Message) -> bool:
    texts = _texts(message)
    return bool(texts) and all(texts)


def _texts(message: Message) -> list[str]:
    """As many as the language has for numbers."""
    said = message.string if isinstance(message.string, (list, tuple)) else [message.string]
    return [text or "" for text in said]
