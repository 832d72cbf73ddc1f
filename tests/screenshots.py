"""Puts every main page into a folder to be looked at: ``make screenshots``.

Uses the demo place at ``COMPTOIR_URL``, or starts one. One thing is bought there, not paid yet.
"""

import argparse
import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from comptoir.config.paths import var_dir
from tests.browser import chromium, overflow, page_of, sign_in
from tests.config.place import free_port, started

SIZES = {390: 844, 1280: 900}
TALLEST = 2600  # pixels: what comes after looks the same
# As the demo place says when it opens.
PASSWORD = "comptoir-demo"
EMAILS = {
    "buyer": "ines@demo.example",
    "owner": "zinc@demo.example",
    "operator": "operator@demo.example",
}
HOMES = {"operator": "/operator"}
# "{product}" and the like are the first such thing that the buyer meets.
NOBODY = {
    "landing": "/", "everyone": "/everyone", "product": "{product}", "sheet": "{product}/buy",
    "person": "/@malo", "shop": "/@maison_zinc", "search": "/search", "found": "/search?q=th",
    "for-you": "/for-you", "login": "/accounts/login/", "signup": "/accounts/signup/",
    "reset": "/accounts/password/reset/", "not-there": "/products/999999999", "style": "/style",
}  # fmt: skip
BUYER = {
    "feed": "/", "product": "{product}", "sheet": "{product}/buy", "post": "{post}",
    "compose": "/posts/new", "recommend": "{product}/recommend", "share": "{product}/share",
    "me": "/@ines", "kept": "/@ines/kept", "recommended": "/@malo/recommended",
    "followers": "/@malo/followers", "shop": "/@maison_zinc",
    "shop-products": "/@maison_zinc/products", "about": "/@maison_zinc/about",
    "found": "/search?q=bol", "nothing-found": "/search?q=qqq", "orders": "/orders",
    "order": "{order}", "bank": "{bank}", "waiting": "{waiting}", "settings": "/settings",
    "for-you": "/for-you", "why": "{product}/why", "beside": "{product}/beside",
    "taste": "/settings/taste", "leave": "/settings/leave", "blocked": "/me/blocked",
    "password": "/accounts/password/change/", "email": "/accounts/email/",
    "open-shop": "/shops/new",
}  # fmt: skip
OWNER = {
    "counters": "/counter", "overview": "{counter}", "orders": "{counter}/orders",
    "order": "{sold}", "products": "{counter}/products", "product": "{stocked}",
    "product-new": "{counter}/products/new", "imports": "{counter}/imports",
    "followers": "{counter}/followers", "posts": "{counter}/posts",
}  # fmt: skip
OPERATORS = {
    "health": "/operator", "shops": "/operator/shops", "profiles": "/operator/profiles?q=ma"
}  # fmt: skip
PAGES = {"nobody": NOBODY, "buyer": BUYER, "owner": OWNER, "operator": OPERATORS}
IN_THE_DARK = {"feed", "product"}


@dataclass(frozen=True, slots=True)
class Studio:
    """Where the place is, who draws it, and where the pictures go."""

    site: str
    browser: Browser
    folder: Path
    language: str

    @contextlib.contextmanager
    def page(self, size: int, state: Any = None, *, dark: bool = False) -> Iterator[Page]:
        options: dict[str, Any] = {
            "storage_state": state,
            "locale": self.language,
            "base_url": self.site,
        }
        options["is_mobile"] = options["has_touch"] = size < 600
        scheme = "dark" if dark else "light"
        with page_of(self.browser, (size, SIZES[size]), color_scheme=scheme, **options) as page:
            yield page

    def take(self, page: Page, name: str, size: int) -> None:
        """The whole page, as wide as ``size``; says so when something sticks out at the right."""
        height = int(page.evaluate("document.documentElement.scrollHeight"))
        page.set_viewport_size({"width": size, "height": min(height, TALLEST)})
        page.wait_for_load_state("networkidle")
        page.screenshot(path=self.folder / f"{name}-{size}.png")
        wide = overflow(page)
        print(f"{name}-{size}" + (f": {wide} px too wide" if wide > 0 else ""), flush=True)
        page.set_viewport_size({"width": size, "height": SIZES[size]})


def take_all(studio: Studio, only: set[str]) -> None:
    """Every page of ``PAGES``, by everyone it is for; ``only`` those names, if any."""
    places: dict[str, str] = {}
    states = {who: _signed_in(studio, who) for who in EMAILS}
    with studio.page(1280, states["buyer"]) as page:
        places |= _met(page) | _bought(page)
    with studio.page(1280, states["owner"]) as page:
        places |= _at_the_counter(page)
    for who in PAGES:
        for size in SIZES:
            with studio.page(size, states.get(who)) as page:
                _take_pages(studio, page, who, size, places, only)
    for size in SIZES:
        with studio.page(size, states["buyer"], dark=True) as page:
            for name in IN_THE_DARK & (only or IN_THE_DARK):
                page.goto(BUYER[name].format(**places))
                studio.take(page, f"buyer-{name}-dark", size)
        if not only or "sheet" in only:
            with studio.page(size, states["buyer"]) as page:
                _take_sheet(studio, page, size)


def _take_pages(
    studio: Studio, page: Page, who: str, size: int, places: dict[str, str], only: set[str]
) -> None:
    for name, path in PAGES[who].items():
        if not only or name in only:
            page.goto(path.format(**places))
            studio.take(page, f"{who}-{name}", size)


def _take_sheet(studio: Studio, page: Page, size: int) -> None:
    """What buying looks like over the feed."""
    page.goto("/")
    page.click(".post [data-sheet] >> nth=0")
    page.wait_for_selector("#checkout-order")
    page.wait_for_load_state("networkidle")
    page.screenshot(path=studio.folder / f"buyer-feed-sheet-{size}.png")


def _signed_in(studio: Studio, who: str) -> Any:
    """Cookies of someone who signed in and reads ``studio.language`` from now on."""
    with studio.page(1280) as page:
        sign_in(page, studio.site, EMAILS[who], PASSWORD, HOMES.get(who, "/"))
        page.click(f"button[name=language][value={studio.language}]")
        page.wait_for_load_state("networkidle")
        return page.context.storage_state()


def _met(page: Page) -> dict[str, str]:
    """A post with photos, a product that is recommended, an order."""
    page.goto("/")
    post = _first(page, ".post:has(.gallery):has(.post-products) .post-when a")
    product = _first(page, ".post-products .card:has(.reason) .card-title a")
    page.goto("/orders")
    return {"post": post, "product": product, "order": _first(page, "main a[href^='/orders/']")}


def _bought(page: Page) -> dict[str, str]:
    """The bank's page of a new order, and the order that waits meanwhile."""
    page.goto("/")
    page.goto(_first(page, ".post [data-sheet][href$='/buy']"))
    page.check("#checkout [value='sandbox:page']")
    page.click("#checkout-order")
    page.wait_for_url("**/bank/**")
    bank = page.url
    page.goto("/orders")
    return {"bank": bank, "waiting": _first(page, "main a[href^='/orders/']")}


def _at_the_counter(page: Page) -> dict[str, str]:
    """The counter's address, one of its orders and one of its products."""
    counter = "/counter/maison_zinc"
    page.goto(f"{counter}/orders")
    sold = _first(page, f"main a[href^='{counter}/orders/']")
    page.goto(f"{counter}/products")
    stocked = f"main a[href^='{counter}/products/']:not([href$=new])"
    return {"counter": counter, "sold": sold, "stocked": _first(page, stocked)}


def _first(page: Page, selector: str) -> str:
    return str(page.locator(selector).first.get_attribute("href"))


@contextlib.contextmanager
def _site() -> Iterator[str]:
    """``COMPTOIR_URL``, or a demo place of our own for as long as it takes."""
    if given := os.environ.get("COMPTOIR_URL"):
        yield given.rstrip("/")
        return
    var = var_dir()
    var.mkdir(parents=True, exist_ok=True)
    print("Starting the demo place …", flush=True)
    with started(var, free_port(), "demo") as place:
        place.wait_until_open(patience=900)  # the first time, its pictures are drawn
        yield f"http://127.0.0.1:{place.port}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--language", choices=["fr", "en"], default="fr")
    parser.add_argument("--only", default="", help="names of pages, with commas")
    options = parser.parse_args()
    folder = Path("screenshots") / options.language
    folder.mkdir(parents=True, exist_ok=True)
    with _site() as site, chromium() as browser:
        only = set(filter(None, options.only.split(",")))
        take_all(Studio(site, browser, folder, options.language), only)
    print(f"Look at them: {folder}")


if __name__ == "__main__":
    main()
