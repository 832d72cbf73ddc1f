"""Static files as they are served: hashed names, compressed, and one stylesheet and one script.

``css/comptoir.css`` and ``js/comptoir.js`` import small files, one a component; so do
``css/desk.css``, which counters load besides, and ``css/circle.css`` of search and taste. When
static files are collected, each import line is replaced by its file, so that a page makes one
request for each; while developing, the browser follows the imports itself.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

CSS_IMPORT = re.compile(
    r'^@import url\("(?P<file>[\w-]+\.css)"\)(?: layer\((?P<layer>\w+)\))?;$', re.MULTILINE
)
JS_IMPORT = re.compile(r'^import "\./(?P<file>[\w-]+\.js)";$', re.MULTILINE)
COMMENTS = re.compile(r"/\*.*?\*/", re.DOTALL)
JS_COMMENTS = re.compile(r"^ *//.*\n", re.MULTILINE)  # of lines of their own


def bundled_css(entry: str, read: Callable[[str], str]) -> str:
    """The stylesheet ``entry`` with its imports in place, each in its cascade layer."""

    def inside(match: re.Match[str]) -> str:
        rules = read(match["file"]).strip()
        return f"@layer {match['layer']} {{\n{rules}\n}}" if match["layer"] else rules

    return COMMENTS.sub("", CSS_IMPORT.sub(inside, entry))


def bundled_js(entry: str, read: Callable[[str], str]) -> str:
    """The module ``entry`` with its imports in place, each in a block of its own."""
    whole = JS_IMPORT.sub(lambda match: f"{{\n{read(match['file']).strip()}\n}}", entry)
    return JS_COMMENTS.sub("", whole)


BUNDLES = (
    ("css/comptoir.css", bundled_css),
    ("css/circle.css", bundled_css),
    ("css/desk.css", bundled_css),
    ("js/comptoir.js", bundled_js),
)


class BundledStatic(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """WhiteNoise's storage, after the two bundles are made."""

    def post_process(
        self, paths: dict[str, Any], dry_run: bool = False, **options: Any
    ) -> Iterator[tuple[str, str, bool]]:
        if not dry_run:
            for name, bundled in BUNDLES:
                if name in paths:
                    self._replace(name, bundled(self._text(name), self._reader_beside(name)))
                    paths[name] = (self, name)
        yield from super().post_process(paths, dry_run, **options)

    def _text(self, name: str) -> str:
        with self.open(name) as file:
            return bytes(file.read()).decode()

    def _reader_beside(self, name: str) -> Callable[[str], str]:
        folder = name.rsplit("/", 1)[0]
        return lambda file: self._text(f"{folder}/{file}")

    def _replace(self, name: str, text: str) -> None:
        self.delete(name)
        self.save(name, ContentFile(text.encode()))
