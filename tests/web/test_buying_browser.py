"""Buying and selling in a real browser: in place, on a phone, and without scripts."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from comptoir.catalog.models import Product
from comptoir.sales.links import signed_key
from comptoir.sales.models import Order
from comptoir.shops.models import Role
from tests import cast
from tests.browser import DESK, PHONE, overflow, page_of, sign_in, violations
from tests.sales.buying import at_bank, basket, work

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

GUEST = {
    "email": "gael@example.org",
    "recipient": "Gaël Morvan",
    "address1": "1 quai Nord",
    "postcode": "29200",
    "city": "Brest",
}


@pytest.fixture
def bowl() -> Product:
    return cast.product(cast.maison_zinc(), "Bol", price_minor=2400, stock=5)


def fill(page: Page, values: dict[str, str] | None = None) -> None:
    for name, value in (values or GUEST).items():
        page.fill(f"#checkout [name={name}]", value)


def pay_at_the_bank(page: Page) -> None:
    """Chooses the test bank's own page among the ways to pay."""
    page.locator("#checkout [value='sandbox:page']").check()


def to_the_bank(page: Page, site: str, bowl: Product) -> None:
    """A guest orders one bowl."""
    page.goto(f"{site}/products/{bowl.pk}/buy")
    fill(page)
    pay_at_the_bank(page)
    page.click("#checkout-order")
    page.wait_for_url("**/bank/**")


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_guest_buys_in_place_from_a_card(
    browser: Browser, live_server: LiveServer, bowl: Product, size: tuple[int, int]
) -> None:
    with page_of(browser, size, locale="en-FR") as page:
        page.goto(f"{live_server.url}/@maison_zinc/products")
        page.get_by_role("link", name="Buy").first.click()
        sheet = page.locator("#sheet")
        expect(sheet.locator("#checkout")).to_be_visible()
        assert overflow(page) <= 0
        sheet.locator("[name=quantity]").fill("2")
        sheet.locator("[name=email]").focus()
        expect(sheet.locator(".totals-sum dd")).to_have_text("€53.90")
        expect(sheet.locator("[name=email]")).to_be_focused()
        page.click("#checkout-order")
        expect(sheet.locator("#id_recipient-error")).to_be_visible()
        fill(page)
        pay_at_the_bank(page)
        page.click("#checkout-order")
        page.wait_for_url("**/bank/**")
        page.click("button[value=approve]")
        expect(page.locator("h1")).to_have_text("Thank you!")
        assert overflow(page) <= 0
    assert (Order.objects.get().status, Order.objects.get().total_minor) == ("paid", 5390)


def test_a_member_buys_at_home_with_three_clicks(
    browser: Browser, live_server: LiveServer, bowl: Product
) -> None:
    ines, site = cast.ines(), live_server.url
    basket((cast.variant_of(bowl), 1), actor=ines.actor).sent()
    with page_of(browser, locale="fr-FR") as page:
        sign_in(page, site, ines.user.email, cast.PASSWORD, f"/products/{bowl.pk}")
        page.click(".product-buy button")
        expect(page.locator("#checkout [name=recipient]")).to_have_value("Inès Le Goff")
        expect(page.locator("#checkout-order")).to_have_text(
            "Commander avec obligation de paiement"
        )
        pay_at_the_bank(page)
        page.click("#checkout-order")
        page.wait_for_url("**/bank/**")
        page.click("button[value=approve]")
        page.wait_for_url("**/orders/*")
        line = Order.objects.latest("pk").lines.get()
        page.locator("details.sheet-inline summary").click()
        page.locator(f'form[action="/orders/lines/{line.pk}/share"] button').click()
        page.wait_for_url("**/posts/*")
        expect(page.locator("main")).to_contain_text("Bol")
        assert "29,90" not in page.inner_text("main .post")


def test_a_guest_buys_without_scripts(
    browser: Browser, live_server: LiveServer, bowl: Product
) -> None:
    with page_of(browser, java_script_enabled=False, locale="en-FR") as page:
        page.goto(f"{live_server.url}/@maison_zinc/products")
        page.get_by_role("link", name="Buy").first.click()
        page.fill("[name=quantity]", "2")
        fill(page)
        page.get_by_role("button", name="Update the total").click()
        assert page.inner_text(".totals-sum dd") == "€53.90"
        assert page.input_value("#checkout [name=city]") == "Brest"
        pay_at_the_bank(page)
        page.get_by_role("button", name="Order with obligation to pay").click()
        page.click("button[value=approve]")
        assert page.inner_text("h1") == "Thank you!"
    assert Order.objects.get().status == "paid"


def test_fetched_at_the_shop_no_address_is_asked(
    browser: Browser, live_server: LiveServer, bowl: Product
) -> None:
    with page_of(browser, locale="en-FR") as page:
        page.goto(f"{live_server.url}/products/{bowl.pk}/buy")
        page.locator("[data-pickup]").check()
        expect(page.locator("#checkout [name=address1]")).to_be_hidden()
        expect(page.locator(".totals-sum dd")).to_have_text("€24.00")
        fill(page, {"email": "gael@example.org", "recipient": "Gaël"})
        pay_at_the_bank(page)
        page.click("#checkout-order")
        page.wait_for_url("**/bank/**")


def test_a_refused_payment_is_tried_again(
    browser: Browser, live_server: LiveServer, bowl: Product
) -> None:
    with page_of(browser, locale="en-FR") as page:
        to_the_bank(page, live_server.url, bowl)
        page.click("button[value=refuse]")
        expect(page.locator("h1")).to_have_text("The bank refused the payment")
        page.get_by_role("link", name="Try again").click()
        expect(page.locator("#checkout [name=city]")).to_have_value("Brest")
        pay_at_the_bank(page)
        page.click("#checkout-order")
        page.click("button[value=approve]")
        expect(page.locator("h1")).to_have_text("Thank you!")
    assert sorted(Order.objects.values_list("status", flat=True)) == ["cancelled", "paid"]
    assert cast.stock_of(cast.variant_of(bowl)) == (4, 0)


def test_3_d_secure_asks_for_its_code(
    browser: Browser, live_server: LiveServer, bowl: Product
) -> None:
    with page_of(browser, locale="en-FR") as page:
        to_the_bank(page, live_server.url, bowl)
        page.click("button[value=secure]")
        page.fill("[name=code]", "0000")
        page.click("button[value=approve]")
        expect(page.get_by_role("alert")).to_contain_text("This is not the code.")
        page.fill("[name=code]", "1234")
        page.click("button[value=approve]")
        expect(page.locator("h1")).to_have_text("Thank you!")


def test_a_bank_that_falls_silent_is_asked_on_the_way_back(
    browser: Browser, live_server: LiveServer, bowl: Product
) -> None:
    with page_of(browser, locale="en-FR") as page:
        to_the_bank(page, live_server.url, bowl)
        page.click("button[value=time_out]")
        expect(page.get_by_role("status")).to_contain_text("does not answer any more")
        page.get_by_role("link", name="Back to the shop").click()
        expect(page.locator("h1")).to_have_text("Thank you!")


def test_a_late_notice_changes_the_page_by_itself(
    browser: Browser, live_server: LiveServer, bowl: Product
) -> None:
    with page_of(browser, locale="en-FR") as page:
        to_the_bank(page, live_server.url, bowl)
        page.click("button[value=webhook_late]")
        expect(page.locator("h1")).to_have_text("Waiting for the bank")
        work(after=timedelta(minutes=2))
        expect(page.locator("h1")).to_have_text("Thank you!", timeout=15_000)


def test_a_notice_that_comes_twice_counts_once(
    browser: Browser, live_server: LiveServer, bowl: Product
) -> None:
    with page_of(browser, locale="en-FR") as page:
        to_the_bank(page, live_server.url, bowl)
        page.click("button[value=webhook_twice]")
        expect(page.locator("h1")).to_have_text("Thank you!")
        work()
        page.reload()
        expect(page.locator(".order-number")).to_contain_text("00001")
    assert cast.stock_of(cast.variant_of(bowl)) == (4, 0)


def test_a_parcel_is_sent_and_its_buyer_sees_it(
    browser: Browser, live_server: LiveServer, bowl: Product
) -> None:
    cast.staff(cast.maison_zinc(), cast.malo(), Role.PACKER)
    placed = basket((cast.variant_of(bowl), 1)).sent()
    at_bank(placed, "approve")
    work()
    site = live_server.url
    with page_of(browser, locale="en-FR") as page:
        sign_in(page, site, cast.malo().user.email, cast.PASSWORD, "/counter/maison_zinc/orders")
        page.get_by_role("link", name="Inès Le Goff").click()
        page.fill("[name=carrier]", "Colissimo")
        page.fill("[name=tracking]", "6A123")
        page.get_by_role("button", name="Mark as shipped").click()
        expect(page.locator(".notice.is-success")).to_be_visible()
    with page_of(browser, locale="en-FR") as page:
        page.goto(f"{site}/orders/{signed_key(placed.order_key)}")
        expect(page.locator(".order-tracking")).to_have_text("6A123")


def counter_pages(bowl: Product, number: str) -> list[str]:
    here = "/counter/maison_zinc"
    return [
        *(here, f"{here}/orders", f"{here}/orders/{number}", f"{here}/products"),
        *(f"{here}/products/{bowl.pk}", f"{here}/products/new", f"{here}/imports"),
        *(
            f"{here}/followers",
            f"{here}/posts",
            f"{here}/settings",
            "/counter",
            "/shops/new",
            "/orders",
        ),
        *("/operator", "/operator/shops", "/operator/profiles"),
    ]


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_axe_finds_nothing_at_the_counter(
    browser: Browser, live_server: LiveServer, bowl: Product, size: tuple[int, int]
) -> None:
    odile = cast.person("Odile", "odile", is_operator=True)
    cast.staff(cast.maison_zinc(), odile, Role.OWNER)
    placed = basket((cast.variant_of(bowl), 1), actor=odile.actor).sent()
    at_bank(placed, "approve")
    work()
    number = Order.objects.get().number
    wrong: list[str] = []
    with page_of(browser, size, wrong=wrong, locale="fr-FR") as page:
        sign_in(page, live_server.url, odile.user.email, cast.PASSWORD)
        for path in counter_pages(bowl, number):
            page.goto(live_server.url + path)
            assert violations(page) == [], path
            assert overflow(page) <= 0, path
    assert wrong == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_way_to_the_order(
    browser: Browser, live_server: LiveServer, bowl: Product, scheme: Any
) -> None:
    with page_of(browser, locale="en-FR", color_scheme=scheme) as page:
        page.goto(f"{live_server.url}/products/{bowl.pk}/buy")
        assert violations(page) == []
        page.click("#checkout-order")
        expect(page.locator("#id_email-error")).to_be_visible()
        assert violations(page) == []
        fill(page)
        pay_at_the_bank(page)
        page.click("#checkout-order")
        page.wait_for_url("**/bank/**")
        assert violations(page) == []
        page.click("button[value=refuse]")
        expect(page.locator(".order-head")).to_be_visible()
        assert violations(page) == []
