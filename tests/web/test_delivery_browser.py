"""Settings of delivery and VAT, and files to download, in a real browser."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from comptoir.shops.models import DeliveryMethod, DeliveryZone, Role
from tests import cast
from tests.browser import DESK, PHONE, overflow, page_of, sign_in, violations
from tests.sales.buying import work

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def root(settings: Any, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path


def owner_at(page: Page, site: str, path: str) -> None:
    """Malo, who owns la Maison Zinc too."""
    cast.staff(cast.maison_zinc(), cast.malo(), Role.OWNER)
    sign_in(page, site, "malo@example.org", cast.PASSWORD, f"/counter/maison_zinc/{path}")
    page.wait_for_url(f"**/counter/maison_zinc/{path}")


def test_zones_and_bands_are_made_on_a_phone_without_scripts(
    browser: Browser, live_server: LiveServer
) -> None:
    with page_of(browser, PHONE, locale="en-FR", java_script_enabled=False) as page:
        owner_at(page, live_server.url, "delivery")
        page.get_by_role("link", name="Add a zone").click()
        page.fill("[name=name]", "France")
        page.check("[name=countries][value=FR]")
        page.get_by_role("button", name="Add").click()
        section = page.get_by_role("region", name="France")
        section.get_by_role("link", name="Add a way of delivery").click()
        page.fill("[name=name]", "Parcel")
        page.check("[name=price_by][value=weight]")
        expect(page.locator("[name=price]")).to_be_hidden()
        for row, (limit, fee) in enumerate([("500 g", "4.90"), ("5 kg", "9.90")]):
            page.fill(f"[name=band{row}-up_to]", limit)
            page.fill(f"[name=band{row}-price]", fee)
        page.get_by_role("button", name="Add").click()
        expect(page.get_by_role("region", name="France")).to_contain_text("€4.90 – €9.90")
        page.fill("[name=postcode]", "29200")
        page.fill("[name=weight]", "2 kg")
        page.get_by_role("button", name="Try").click()
        expect(page.locator(".trial-answer")).to_contain_text("€9.90")
    assert DeliveryMethod.objects.get(name="Parcel").zone == DeliveryZone.objects.get()


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_settings_are_fit_for_everyone(
    browser: Browser, live_server: LiveServer, size: tuple[int, int]
) -> None:
    zone = cast.zone(cast.maison_zinc(), "Near", ["BE", "LU", "NL"])
    method = cast.by_post(cast.maison_zinc())
    pattern = cast.product(cast.maison_zinc(), "Patron de veste")
    cast.file_of(pattern)
    pages = (
        *("settings", "tax", "delivery", "delivery?country=FR", "delivery/methods/new"),
        *(f"delivery/methods/{method.pk}", f"delivery/zones/{zone.pk}", f"products/{pattern.pk}"),
    )
    with page_of(browser, size, locale="en-FR") as page:
        owner_at(page, live_server.url, "settings")
        for path in pages:
            page.goto(f"{live_server.url}/counter/maison_zinc/{path}")
            assert overflow(page) <= 0, path
            assert violations(page) == [], path


def test_a_guest_buys_a_file_without_an_address_and_downloads_it(
    browser: Browser, live_server: LiveServer, tmp_path: Path
) -> None:
    pattern = cast.product(cast.maison_zinc(), "Patron de veste", price_minor=900, stock=None)
    cast.file_of(pattern, "veste.pdf")
    with page_of(browser, PHONE, locale="en-FR", accept_downloads=True) as page:
        page.goto(f"{live_server.url}/products/{pattern.pk}/buy")
        expect(page.locator("[name=address1]")).to_have_count(0)
        page.fill("[name=email]", "gael@example.org")
        page.fill("[name=recipient]", "Gaël Morvan")
        page.check("[name=consent]")
        page.click("#checkout-order")
        page.wait_for_url("**/orders/**")
        work()
        page.reload()
        assert overflow(page) <= 0
        assert violations(page) == []
        with page.expect_download() as waiting:
            page.get_by_role("link", name="Download veste.pdf").click()
        waiting.value.save_as(tmp_path / "taken.pdf")
    assert (tmp_path / "taken.pdf").read_bytes() == b"%PDF-1.7 veste.pdf"
