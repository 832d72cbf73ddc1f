"""At the size of a phone, choices are shown whole, stand apart, and follow their introduction."""

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from comptoir.shops.models import Role
from tests import cast
from tests.browser import PHONE, page_of, sign_in
from tests.web.test_counter_pages_browser import COUNTER, kept

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Short lists whose widest choice has no room: (id, pixels there are, pixels it takes). Countries
# are left out: the longest of their names may be cut while another is chosen.
CUT = """() => [...document.querySelectorAll("main select.control")]
  .filter((list) => list.options.length < 30).map((list) => {
  const twin = list.cloneNode(true);
  twin.style.cssText = "position:absolute;width:auto;min-width:0;max-width:none;flex:none";
  list.parentNode.append(twin);
  const widths = [list.id, list.offsetWidth, twin.offsetWidth];
  twin.remove();
  return widths;
}).filter(([, has, takes]) => takes > has + 1)"""
# Pixels between an introduction and what follows it; between one choice and the next.
GAPS = """([before, after]) => {
  const found = document.querySelector(before), next = document.querySelector(after);
  return next.getBoundingClientRect().top - found.getBoundingClientRect().bottom;
}"""


def test_the_pages_of_the_desk_on_a_phone(browser: Browser, live_server: LiveServer) -> None:
    zinc, site = cast.maison_zinc(), live_server.url
    cast.staff(zinc, cast.malo(), Role.MANAGER)
    with page_of(browser, PHONE, locale="fr-FR") as page:
        sign_in(page, site, "zoe@example.org", cast.PASSWORD)
        for name in ("bills", "staff", "tax", "identity", "documents"):
            page.goto(f"{site}{COUNTER}/{name}")
            kept(page, name)
            assert page.evaluate(CUT) == [], name
        page.goto(f"{site}{COUNTER}/tax")
        choices = [".choice:nth-child(1)", ".choice:nth-child(2)"]
        assert page.evaluate(GAPS, choices) >= 4
        for name, after in (("identity", "main form.identity"), ("documents", "p.soft + .stack")):
            page.goto(f"{site}{COUNTER}/{name}")
            intro = "main p.soft"
            assert page.evaluate(GAPS, [intro, after]) >= 12, name
        page.goto(f"{site}/@maison_zinc/legal")
        kept(page, "legal")
