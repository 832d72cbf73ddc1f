"""The basket and buying in place, in a real browser: phone and desk, with and without scripts."""

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from comptoir.catalog.models import Product
from comptoir.catalog.services.products import set_price
from comptoir.sales.links import signed_key
from comptoir.sales.models import BasketLine, Order
from tests import cast
from tests.browser import DESK, PHONE, overflow, page_of, sign_in, violations
from tests.web.checkout.sheets import GUEST

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SIZES = pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])


@pytest.fixture
def town() -> tuple[Product, Product, Product]:
    """Two things at la Maison Zinc, one at l'Atelier Brume."""
    zinc = cast.maison_zinc()
    return (
        cast.product(zinc, "Bol", price_minor=2400, stock=5),
        cast.product(zinc, "Passoire", price_minor=1550, stock=3),
        cast.product(cast.atelier_brume(), "Vase", price_minor=4200, stock=1),
    )


def put_from_page(page: Page, site: str, made: Product) -> None:
    page.goto(f"{site}/products/{made.pk}")
    page.get_by_role("button", name="Add to the basket").click()


def fill(page: Page) -> None:
    for name, value in GUEST.items():
        field = page.locator(f"#checkout [name={name}]")
        field.select_option(value) if name == "country" else field.fill(value)


def count(page: Page) -> str:
    shown = page.locator(".basket-count").locator("visible=true")
    return shown.first.inner_text() if shown.count() else ""


def put_three(page: Page, site: str, town: tuple[Product, Product, Product]) -> None:
    _bowl, pan, vase = town
    page.goto(f"{site}/@maison_zinc/products")
    page.get_by_role("button", name="Put “Bol” into the basket").click()
    expect(page.locator(".toast")).to_contain_text("“Bol” is in your basket.")
    for made in (pan, vase):
        put_from_page(page, site, made)
        expect(page.locator(".toast")).to_be_visible()
    assert count(page) == "3"


def one_more(page: Page, made: Product) -> None:
    """One more piece, in place; the button that was pressed keeps the focus."""
    variant = cast.variant_of(made)
    group = page.get_by_role("group", name=f"Quantity of “{made.title}”")
    group.get_by_role("button").last.click()
    expect(page.locator(f"#count-{variant.pk}")).to_have_value("2")
    expect(page.locator(f"#more-{variant.pk}")).to_be_focused()


@SIZES
def test_a_guest_orders_three_things_from_two_shops(
    browser: Browser,
    live_server: LiveServer,
    town: tuple[Product, Product, Product],
    size: tuple[int, int],
) -> None:
    bowl, _pan, _vase = town
    site = live_server.url
    with page_of(browser, size, locale="en-FR") as page:
        put_three(page, site, town)
        variant = cast.variant_of(bowl)
        set_price(product=bowl, variant_id=variant.pk, price_minor=2600, sale_price_minor=None)
        page.goto(f"{site}/basket")
        expect(page.locator(".basket")).to_contain_text("was €24.00, now €26.00")
        assert violations(page) == []
        assert overflow(page) <= 0
        one_more(page, bowl)
        assert count(page) == "4"
        page.get_by_role("button", name="I have seen it").click()
        expect(page.locator(".basket-changed")).to_be_hidden()
        page.get_by_role("link", name="Order from La Maison Zinc").click()
        sheet = page.locator("#sheet")
        expect(sheet.locator(".totals-sum dd")).to_have_text("€67.50")
        assert violations(page) == []
        fill(page)
        page.click("#checkout-order")
        expect(sheet.locator("#sheet-title")).to_have_text("Thank you!")
        assert page.url == f"{site}/orders/{signed_key(Order.objects.get().key)}"
        assert violations(page) == []
        sheet.get_by_role("button", name="Close").click()
        page.wait_for_url(f"{site}/basket")
        page.reload()
        assert count(page) == "1"
        expect(page.locator(".basket-title")).to_have_text(["Vase"])
    assert sorted(Order.objects.get().lines.values_list("title", "quantity")) == [
        ("Bol", 2),
        ("Passoire", 1),
    ]


@SIZES
def test_two_windows_make_one_order(
    browser: Browser,
    live_server: LiveServer,
    town: tuple[Product, Product, Product],
    size: tuple[int, int],
) -> None:
    """The first is at the bank; what the second had typed otherwise leads to that order."""
    site = live_server.url
    with page_of(browser, size, locale="en-FR") as first:
        put_from_page(first, site, town[0])
        expect(first.locator(".toast")).to_be_visible()
        second = first.context.new_page()
        for page in (first, second):
            page.goto(f"{site}/basket")
            page.get_by_role("link", name="Order from La Maison Zinc").click()
            fill(page)
            page.locator("#checkout [value='sandbox:page']").check()
        second.locator("#checkout [name=city]").fill("Quimper")
        first.click("#checkout-order")
        first.wait_for_url("**/bank/*")
        second.click("#checkout-order")
        second.wait_for_url("**/orders/*")
        expect(second.locator("main")).to_contain_text("Waiting for the bank")
        expect(second.locator("body")).to_contain_text("You have ordered this already")
        assert violations(second) == []
        assert overflow(second) <= 0
        second.goto(f"{site}/basket")
        second.get_by_role("link", name="Order from La Maison Zinc").click()
        waiting = second.locator("#sheet .notice", has_text="waits for its payment")
        assert violations(second) == []
        waiting.get_by_role("link", name="See the order").click()
        second.wait_for_url("**/orders/*")
        second.get_by_role("link", name="To the bank's page").click()
        assert second.url == first.url
    assert Order.objects.count() == 1


def test_without_scripts_everything_works(
    browser: Browser, live_server: LiveServer, town: tuple[Product, Product, Product]
) -> None:
    bowl, pan, vase = town
    site = live_server.url
    with page_of(browser, java_script_enabled=False, locale="en-FR") as page:
        put_from_page(page, site, bowl)
        put_from_page(page, site, vase)
        page.goto(f"{site}/@maison_zinc/products")
        page.get_by_role("button", name="Put “Passoire” into the basket").click()
        page.get_by_role("link", name="Basket").first.click()
        group = page.get_by_role("group", name="Quantity of “Passoire”")
        group.get_by_role("button", name="One more").click()
        expect(page.locator(f"#count-{cast.variant_of(pan).pk}")).to_have_value("2")
        page.locator(f"#count-{cast.variant_of(pan).pk}").fill("9")
        group.get_by_role("button", name="Update").click()
        expect(page.locator(".notice")).to_contain_text("Only 3 pieces of “Passoire”")
        page.locator(f"#later-{cast.variant_of(bowl).pk}").click()
        expect(page.locator(".is-later")).to_contain_text("Bol")
        page.locator(f"#back-{cast.variant_of(bowl).pk}").click()
        page.get_by_role("link", name="Order from La Maison Zinc").click()
        fill(page)
        page.locator("summary", has_text="An offer code?").click()
        page.fill("#id_code", "NOEL")
        page.get_by_role("button", name="Apply").click()
        expect(page.locator("#checkout-code-said")).to_contain_text("not known here")
        page.fill("#id_code", "")
        page.get_by_role("button", name="Apply").click()
        page.get_by_label("Test card, refused").check()
        page.get_by_role("button", name="Order with obligation to pay").click()
        expect(page.get_by_role("alert")).to_contain_text("The payment was refused")
        page.get_by_label("Test card, accepted").check()
        page.get_by_role("button", name="Order with obligation to pay").click()
        expect(page.locator("h1")).to_have_text("Thank you!")
    assert [line.variant.product for line in BasketLine.objects.all()] == [vase]


def test_a_guest_s_basket_follows_them_to_their_account(
    browser: Browser, live_server: LiveServer, town: tuple[Product, Product, Product]
) -> None:
    bowl, _pan, _vase = town
    ines, site = cast.ines(), live_server.url
    with page_of(browser, locale="en-FR") as page:
        put_from_page(page, site, bowl)
        expect(page.locator(".toast")).to_be_visible()
        sign_in(page, site, ines.user.email, cast.PASSWORD, "/basket")
        expect(page.locator(".basket-title")).to_have_text(["Bol"])
        assert count(page) == "1"
        assert violations(page) == []
    assert BasketLine.objects.get().basket.owner_id == ines.profile.pk


@SIZES
def test_one_buys_without_leaving_the_conversation(
    browser: Browser,
    live_server: LiveServer,
    town: tuple[Product, Product, Product],
    size: tuple[int, int],
) -> None:
    site = live_server.url
    here = f"{site}/@maison_zinc/products"
    with page_of(browser, size, locale="en-FR") as page:
        page.goto(here)
        page.get_by_role("link", name="Buy").first.click()
        fill(page)
        page.get_by_label("Test card, refused").check()
        page.click("#checkout-order")
        expect(page.locator("#sheet #id_pay-error")).to_be_in_viewport()
        assert violations(page) == []
        page.get_by_label("Test card, accepted").check()
        page.click("#checkout-order")
        expect(page.locator("#sheet #sheet-title")).to_have_text("Thank you!")
        assert "/orders/" in page.url
        page.go_back()
        expect(page.locator("#sheet")).to_be_hidden()
        assert page.url == here
        expect(page.get_by_role("link", name="Buy").first).to_be_visible()
    assert sorted(Order.objects.values_list("status", flat=True)) == ["cancelled", "paid"]


def _hold(held: list[Route], route: Route) -> None:
    held.append(route)


def test_what_comes_too_late_changes_no_other_sheet(
    browser: Browser, live_server: LiveServer, town: tuple[Product, Product, Product]
) -> None:
    """The totals of a sheet that was closed arrive when another one stands open."""
    held: list[Route] = []
    wrong: list[str] = []
    with page_of(browser, DESK, wrong=wrong, locale="en-FR") as page:
        page.goto(f"{live_server.url}/@maison_zinc/products")
        page.route("**/checkout/totals", lambda route: _hold(held, route))
        page.get_by_role("link", name="Buy").nth(0).click()
        title = page.locator("#sheet .checkout-title")
        first = title.inner_text()
        page.locator("#sheet [data-pickup]").check()
        page.keyboard.press("Escape")
        expect(page.locator("#sheet")).to_be_hidden()
        page.get_by_role("link", name="Buy").nth(1).click()
        expect(title).not_to_have_text(first)
        price = page.locator("#checkout-price").inner_text()
        with page.expect_response("**/checkout/totals"):
            held[0].continue_()
        page.evaluate("new Promise(requestAnimationFrame)")
        expect(page.locator("#checkout-price")).to_have_text(price)
        expect(page.locator("#sheet [data-pickup]")).not_to_be_checked()
    assert wrong == []


def test_the_ways_of_delivery_follow_the_country(
    browser: Browser, live_server: LiveServer, town: tuple[Product, Product, Product]
) -> None:
    bowl, _pan, _vase = town
    with page_of(browser, locale="en-FR") as page:
        page.goto(f"{live_server.url}/products/{bowl.pk}/buy")
        page.locator("#id_country").focus()
        page.locator("#id_country").select_option("BE")
        expect(page.locator("#id_country")).to_be_focused()
        expect(page.locator("#checkout-deliveries")).to_be_visible()
        page.locator("[data-pickup]").check()
        expect(page.locator(".totals-sum dd")).to_have_text("€24.00")
        assert violations(page) == []


def test_an_empty_basket_teaches(browser: Browser, live_server: LiveServer) -> None:
    with page_of(browser, locale="fr-FR") as page:
        page.goto(f"{live_server.url}/basket")
        expect(page.locator(".empty")).to_be_visible()
        assert violations(page) == []
        assert overflow(page) <= 0
