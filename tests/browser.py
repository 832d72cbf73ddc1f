"""A real Chromium for tests marked ``browser``: the one of the system, or Playwright's own."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser")
PHONE = (390, 844)
DESK = (1280, 900)


def chromium_path() -> str | None:
    """``COMPTOIR_CHROMIUM``, or a Chromium found on the path, or Playwright's if installed."""
    named = os.environ.get("COMPTOIR_CHROMIUM")
    found = named or next(filter(None, map(shutil.which, NAMES)), None)
    if found:
        return found
    with sync_playwright() as player:
        own = player.chromium.executable_path
    return own if Path(own).exists() else None


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser; the test is skipped where there is none."""
    path = chromium_path()
    if path is None:
        pytest.skip("no Chromium here: install one, or say where with COMPTOIR_CHROMIUM")
    # Playwright's loop runs in this thread, and the test's own queries are no danger to it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=path, args=list(QUIET))
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def page_of(
    browser: Browser,
    size: tuple[int, int] = PHONE,
    *,
    wrong: list[str] | None = None,
    **options: Any,
) -> Iterator[Page]:
    """A fresh page; what the console calls an error is added to ``wrong``."""
    width, height = size
    context = browser.new_context(
        viewport={"width": width, "height": height}, reduced_motion="reduce", **options
    )
    page = context.new_page()
    told = wrong if wrong is not None else []
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("console", lambda line: told.append(line.text) if line.type == "error" else None)
    try:
        yield page
    finally:
        context.close()


def sign_in(page: Page, site: str, email: str, password: str, onward: str = "/") -> None:
    """Through the real form; they then read the language of the browser, whatever their own is."""
    page.goto(f"{site}/accounts/login/?next={onward}")
    spoken = page.locator("html").get_attribute("lang")
    page.fill("[name=login]", email)
    page.fill("[name=password]", password)
    page.click("form.form button")
    page.wait_for_url(f"{site}{onward}")
    if page.locator("html").get_attribute("lang") != spoken:
        page.click(f"button[name=language][value={spoken}]")
        page.wait_for_selector(f"html[lang={spoken}]", state="attached")


def violations(page: Page) -> list[str]:
    """What axe finds wrong with the page, a line each."""
    # Its preloading reads @import lines against the wrong address; what is right needs no list.
    options = {"preload": False, "resultTypes": ["violations"]}
    found = Axe().run(page, options=options).response["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in found]


def overflow(page: Page) -> int:
    """Pixels that stick out at the right."""
    root = "document.documentElement"
    return int(page.evaluate(f"{root}.scrollWidth - {root}.clientWidth"))
