"""Proposals while one types, by keyboard; facets; and nothing that axe finds fault with."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from comptoir.catalog.models import Product
from comptoir.discovery.search.upkeep import count_words
from tests import cast
from tests.browser import DESK, PHONE, chromium, overflow, page_of, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as one:
        yield one


def shelves() -> None:
    zinc = cast.maison_zinc()
    for title, price in (("Théière émaillée", 4200), ("Théière de voyage", 900), ("Bol", 1200)):
        cast.product(zinc, title, price_minor=price)
    Product.objects.update(brand="Zinc", category="Maison > Table")
    count_words()


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_proposals_are_walked_through_by_keyboard(
    browser: Browser, live_server: LiveServer, size: tuple[int, int]
) -> None:
    shelves()
    wrong: list[str] = []
    with page_of(browser, size, locale="en-GB", wrong=wrong) as page:
        page.goto(f"{live_server.url}/search")
        field = page.get_by_role("combobox")
        field.press_sequentially("thé")
        options = page.get_by_role("option")
        expect(options.first).to_have_text("théière")
        expect(field).to_have_attribute("aria-expanded", "true")
        assert violations(page) == []
        field.press("ArrowDown")
        expect(field).to_have_attribute("aria-activedescendant", "suggestion-word-1")
        field.press("Escape")
        expect(options).to_have_count(0)
        expect(field).to_have_value("thé")
        field.press_sequentially("i")
        expect(options.first).to_have_text("théière")
        field.press("ArrowDown")
        field.press("Enter")
        expect(page.locator("#found .card-title")).to_have_count(2)
        expect(field).to_have_value("théière")
        expect(page).to_have_url(re.compile(r"/search\?q=th%C3%A9i%C3%A8re$"))

        page.locator(".facets summary").click()
        page.get_by_label("Under €10.00").check()
        expect(page.locator("#found .card-title")).to_have_text(["Théière de voyage"])
        expect(page.get_by_label("Under €10.00")).to_be_checked()
        expect(page).to_have_url(re.compile("price=0"))
        assert violations(page) == []
        assert overflow(page) <= 0
        page.get_by_label("Chosen").get_by_role("link").click()
        expect(page.locator("#found .card-title")).to_have_count(2)
    assert wrong == []
