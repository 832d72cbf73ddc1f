"""A look bought as a whole, in a real browser on a phone: with and without scripts."""

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from comptoir.catalog.models import Product
from comptoir.catalog.services.products import VariantDraft, create_product
from comptoir.posts.models import Post
from comptoir.sales.models import BasketLine, Order
from tests import cast, circle
from tests.browser import DESK, PHONE, overflow, page_of, violations
from tests.catalog.test_price_changes import bowl as old_bowl
from tests.sales.offering import offer
from tests.web.checkout.sheets import GUEST

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SIZES = pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])


@pytest.fixture
def shirt() -> Product:
    """In two sizes, at two prices."""
    sizes = [
        VariantDraft(price_minor=price, stock=2, options={"size": size})
        for size, price in (("M", 6000), ("L", 6500))
    ]
    at = cast.maison_zinc()
    return create_product(shop=at, title="Chemise", description="", variants=sizes)


@pytest.fixture
def look(shirt: Product) -> Post:
    """A bowl at €16.00 instead of €20.00, and the shirt; both of la Maison Zinc."""
    made = old_bowl(2000)
    offer(cast.maison_zinc(), name="Spring", value=2000, product_ids=[made.pk])
    return circle.says(cast.ines(), "Ma table", made, shirt)


def fill(page: Page) -> None:
    for name, value in GUEST.items():
        field = page.locator(f"#checkout [name={name}]")
        field.select_option(value) if name == "country" else field.fill(value)


@SIZES
def test_the_sum_follows_the_ticks_and_all_is_ordered(
    browser: Browser, live_server: LiveServer, look: Post, size: tuple[int, int]
) -> None:
    wrong: list[str] = []
    with page_of(browser, size, wrong=wrong, locale="en-FR") as page:
        page.goto(f"{live_server.url}/posts/{look.pk}")
        page.get_by_role("link", name="Shop the look").click()
        sheet, total = page.locator("#sheet"), page.locator("#look-sum .totals-sum dd")
        expect(total).to_have_text("€76.00")
        assert violations(page) == []
        assert overflow(page) <= 0
        sheet.get_by_role("combobox").select_option(label="L · €65.00")
        expect(total).to_have_text("€81.00")
        expect(sheet.locator(".price-now")).to_have_text(["€16.00", "€65.00"])
        sheet.get_by_role("checkbox").uncheck()
        expect(total).to_have_text("€65.00")
        expect(sheet.get_by_role("checkbox")).to_be_focused()
        sheet.get_by_role("checkbox").check()
        expect(total).to_have_text("€81.00")
        sheet.get_by_role("button", name="Order them now").click()
        expect(sheet.locator("#checkout .totals-sum dd")).to_have_text("€81.00")
        assert violations(page) == []
        fill(page)
        page.click("#checkout-order")
        expect(sheet.locator("#sheet-title")).to_have_text("Thank you!")
        assert violations(page) == []
    assert wrong == []
    lines = Order.objects.get().lines.order_by("position")
    assert [(line.title, line.options) for line in lines] == [
        ("Bol", ""),
        ("Chemise", "L"),
    ]


def test_a_look_goes_into_the_basket(browser: Browser, live_server: LiveServer, look: Post) -> None:
    with page_of(browser, locale="en-FR") as page:
        page.goto(f"{live_server.url}/posts/{look.pk}")
        page.get_by_role("link", name="Shop the look").click()
        sheet = page.locator("#sheet")
        expect(sheet.get_by_role("combobox")).to_be_visible()
        expect(page.locator(".htmx-added, .htmx-settling")).to_have_count(0)
        sheet.get_by_role("combobox").select_option(label="Not this one")
        expect(page.locator("#look-sum .totals-sum dd")).to_have_text("€16.00")
        sheet.get_by_role("button", name="Put them in my basket").click()
        page.wait_for_url(f"{live_server.url}/basket")
        expect(page.locator(".basket-title")).to_have_text(["Bol"])
        assert violations(page) == []
    assert BasketLine.objects.get().seen_unit_minor == 1600


def test_without_scripts_a_look_is_chosen_from_put_and_ordered(
    browser: Browser, live_server: LiveServer, look: Post
) -> None:
    with page_of(browser, java_script_enabled=False, locale="en-FR") as page:
        page.goto(f"{live_server.url}/posts/{look.pk}")
        page.get_by_role("link", name="Shop the look").click()
        total = page.locator("#look-sum .totals-sum dd")
        expect(total).to_have_text("€76.00")
        assert overflow(page) <= 0
        page.get_by_role("checkbox").uncheck()
        page.get_by_role("button", name="Update the total").click()
        expect(total).to_have_text("€60.00")
        expect(page.get_by_role("checkbox")).not_to_be_checked()
        page.get_by_role("button", name="Put them in my basket").click()
        expect(page.locator(".basket-title")).to_have_text(["Chemise"])
        page.goto(f"{live_server.url}/posts/{look.pk}/look")
        page.get_by_role("button", name="Order them now").click()
        expect(page.locator(".totals-sum dd")).to_have_text("€76.00")
        fill(page)
        page.click("#checkout-order")
        page.wait_for_url("**/orders/**")
    assert Order.objects.get().lines.count() == 2
