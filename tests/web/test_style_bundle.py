"""What a first page weighs, and that the bundles hold every file."""

import gzip
import re
from collections.abc import Callable
from pathlib import Path

from comptoir.config.paths import PACKAGE
from comptoir.web.bundle import CSS_IMPORT, JS_IMPORT, bundled_css, bundled_js

STATIC = PACKAGE / "web/static"
# The sandbox bank plays another site, and looks like one.
OTHER_SITES = {"bank.css"}
ENTRIES = {"comptoir.css", "desk.css", "circle.css"}
ALONE = {"live.js", "suggest.js"}  # loaded by search and by what is for you
KILOBYTE = 1024


def reader(folder: Path) -> Callable[[str], str]:
    return lambda name: (folder / name).read_text()


def stylesheet() -> str:
    css = STATIC / "css"
    return bundled_css((css / "comptoir.css").read_text(), reader(css))


def script() -> str:
    js = STATIC / "js"
    return bundled_js((js / "comptoir.js").read_text(), reader(js))


def compressed(data: bytes) -> int:
    return len(gzip.compress(data, 9))


def test_every_stylesheet_is_imported_once() -> None:
    entries = [(STATIC / "css" / name).read_text() for name in ENTRIES]
    named = [match["file"] for entry in entries for match in CSS_IMPORT.finditer(entry)]
    assert sorted(named) == sorted(
        s.name for s in (STATIC / "css").glob("*.css") if s.name not in OTHER_SITES | ENTRIES
    )


def test_every_module_is_imported_once() -> None:
    entry = (STATIC / "js/comptoir.js").read_text()
    named = [match["file"] for match in JS_IMPORT.finditer(entry)]
    assert sorted(named) == sorted(
        s.name for s in (STATIC / "js").glob("*.js") if s.name not in {"comptoir.js", *ALONE}
    )


def test_the_stylesheet_makes_no_further_request_but_fonts() -> None:
    css = stylesheet()
    assert "@import" not in css
    assert set(re.findall(r'url\("([^"]+)"\)', css)) == {
        "../fonts/hanken-grotesk.woff2",
        "../fonts/newsreader.woff2",
    }
    assert css.count("{") == css.count("}")


def test_the_script_is_in_blocks_that_share_nothing() -> None:
    js = script()
    assert not re.search(r"^(import|export) ", js, re.MULTILINE)
    assert "//" not in js.replace("://", "")
    assert js.count("customElements.define(") == len(set(re.findall(r'define\("([\w-]+)"', js)))


def test_a_first_page_is_light() -> None:
    """experience.md: 100 KB compressed without pictures, 35 KB of it JavaScript.

    28 KB of it are left to the page's own HTML, the icon and the manifest.
    """
    js = compressed(script().encode()) + compressed((STATIC / "vendor/htmx.min.js").read_bytes())
    css = compressed(stylesheet().encode())
    fonts = sum(font.stat().st_size for font in (STATIC / "fonts").glob("*.woff2"))
    assert js <= 35 * KILOBYTE
    assert js + css + fonts <= 72 * KILOBYTE


def test_what_is_not_ours_has_its_licence_beside() -> None:
    for font in (STATIC / "fonts").glob("*.woff2"):
        assert "SIL Open Font License" in font.with_suffix(".OFL.txt").read_text()
    assert (STATIC / "vendor/htmx.LICENSE.txt").exists()
