"""What is typed in the sheet while its totals are on their way stays as it is typed."""

import pytest
from playwright.sync_api import Browser, Route, expect
from pytest_django.live_server_helper import LiveServer

from tests import cast
from tests.browser import PHONE, page_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_totals_that_come_late_leave_what_is_being_typed(
    browser: Browser, live_server: LiveServer
) -> None:
    cast.product(cast.maison_zinc(), "Bol", price_minor=2400, stock=5)
    with page_of(browser, PHONE, locale="en-FR") as page:
        held: list[Route] = []
        page.route("**/checkout/totals", lambda route: held.append(route))  # noqa: PLW0108
        page.goto(f"{live_server.url}/@maison_zinc/products")
        page.get_by_role("link", name="Buy").first.click()
        page.locator("#checkout [name=postcode]").fill("29200")
        page.locator("#checkout [name=quantity]").select_text()
        page.keyboard.type("3")
        with page.expect_response("**/checkout/totals"):
            for route in held:
                route.continue_()
        page.unroute("**/checkout/totals")
        expect(page.locator("#checkout [name=quantity]")).to_have_value("3")
        page.locator("#checkout [name=quantity]").fill("0")
        page.locator("#checkout [name=email]").focus()
        expect(page.locator("#checkout-quantity-said")).to_have_text("Buy at least one.")
        page.locator("#checkout [name=quantity]").fill("9")
        page.locator("#checkout [name=email]").focus()
        expect(page.locator("#checkout-quantity-said")).to_have_text("Only 5 are left.")
        expect(page.locator("#checkout [name=email]")).to_be_focused()
