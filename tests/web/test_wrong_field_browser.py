"""Where a refused form opens, in a real browser without scripts."""

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from tests import cast
from tests.browser import PHONE, page_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_refused_order_opens_at_the_first_wrong_field(
    browser: Browser, live_server: LiveServer
) -> None:
    bowl = cast.product(cast.maison_zinc(), "Bol", price_minor=2400, stock=5)
    with page_of(browser, PHONE, locale="en-FR", java_script_enabled=False) as page:
        page.goto(f"{live_server.url}/products/{bowl.pk}/buy")
        page.fill("[name=email]", "gael@example.org")
        page.fill("[name=recipient]", "Gaël Morvan")
        page.click("#checkout-order")
        wrong = page.locator("[autofocus]")
        expect(wrong).to_be_focused()
        expect(wrong).to_be_in_viewport()
        expect(wrong).to_have_attribute("aria-invalid", "true")
