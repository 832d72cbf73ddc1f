"""Paying by each provider in a real browser, and the shop's side of it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from comptoir.catalog.models import Product
from comptoir.sales.models import Order, TransferDue
from comptoir.sales.services.accounts import add_account, add_cash_account, add_transfer_account
from comptoir.shops.models import Role
from tests import cast
from tests.browser import DESK, PHONE, chromium, overflow, page_of, sign_in, violations
from tests.sales.buying import basket, order_of
from tests.sales.statements import IBAN, Movement, camt
from tests.stripe_process import running
from tests.stripe_server import KEY, SECRET

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

GUEST = {
    "email": "gael@example.org",
    "recipient": "Gaël Morvan",
    "address1": "1 quai Nord",
    "postcode": "29200",
    "city": "Brest",
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture
def bowl() -> Product:
    return cast.product(cast.maison_zinc(), "Bol", price_minor=2400, stock=5)


def ordered(page: Page, site: str, bowl: Product, way: str) -> None:
    """A guest orders one bowl, and chooses that way to pay."""
    page.goto(f"{site}/products/{bowl.pk}/buy")
    for name, value in GUEST.items():
        page.fill(f"#checkout [name={name}]", value)
    if page.get_by_label(way).count():
        page.get_by_label(way).check()
    page.click("#checkout-order")


def owner_at(page: Page, site: str, path: str) -> None:
    """Malo, who owns la Maison Zinc too."""
    cast.staff(cast.maison_zinc(), cast.malo(), Role.OWNER)
    sign_in(page, site, "malo@example.org", cast.PASSWORD, f"/counter/maison_zinc/{path}")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_by_transfer_on_a_phone(
    browser: Browser, live_server: LiveServer, bowl: Product, scripts: bool
) -> None:
    add_transfer_account(shop=cast.maison_zinc(), iban=IBAN, holder="La Maison Zinc SARL")
    with page_of(browser, PHONE, locale="en-FR", java_script_enabled=scripts) as page:
        ordered(page, live_server.url, bowl, "Bank transfer")
        page.wait_for_url("**/pay/transfer/*")
        expect(page.locator("h1")).to_have_text("Send €29.90 to La Maison Zinc")
        expect(page.locator(".pay-code img")).to_be_visible()
        if scripts:
            assert page.evaluate("document.querySelector('.pay-code img').naturalWidth") > 0
            assert violations(page) == []
            assert overflow(page) <= 0
    assert Order.objects.get().status == "pending"


def test_by_card_at_stripe_and_back(
    browser: Browser, live_server: LiveServer, bowl: Product, settings: Any
) -> None:
    shop = cast.maison_zinc()
    add_account(shop=shop, provider="stripe", reference="acct_zinc", details={})
    wrong: list[str] = []
    with running() as server, page_of(browser, PHONE, locale="en-FR", wrong=wrong) as page:
        settings.STRIPE_SECRET_KEY, settings.STRIPE_API = KEY, server.url
        settings.STRIPE_WEBHOOK_SECRETS = [SECRET]
        ordered(page, live_server.url, bowl, "Card")
        page.wait_for_url(f"{server.url}/pay/*")
        page.get_by_role("button", name="Pay 2990").click()
        page.wait_for_url("**/orders/*")
        expect(page.locator("h1")).to_have_text("Thank you!")
    assert Order.objects.get().status == "paid"
    assert [line for line in wrong if "Content" in line] == []  # our own policy let it all through


def test_cash_is_taken_at_the_counter(
    browser: Browser, live_server: LiveServer, bowl: Product
) -> None:
    shop = cast.maison_zinc()
    add_cash_account(shop=shop)
    placed = basket((cast.variant_of(bowl), 1), method=cast.pick_up(shop), provider="cash").sent()
    with page_of(browser, PHONE, locale="en-FR") as page:
        owner_at(page, live_server.url, f"orders/{order_of(placed).reference}")
        page.get_by_role("button", name="Cash received").click()
        expect(page.locator("main")).to_contain_text("the order is paid")
    assert order_of(placed).status == "paid"


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_shop_s_accounts_and_bank(
    browser: Browser,
    live_server: LiveServer,
    bowl: Product,
    tmp_path: Path,
    size: tuple[int, int],
) -> None:
    statement = tmp_path / "releve.xml"
    with page_of(browser, size, locale="en-FR") as page:
        owner_at(page, live_server.url, "payments")
        expect(page.locator("main")).to_contain_text("Test mode")
        page.get_by_label("Account holder").fill("La Maison Zinc SARL")
        page.get_by_label("IBAN").fill(IBAN)
        page.get_by_role("button", name="Add this bank account").click()
        page.get_by_role("button", name="Take cash").click()
        expect(page.locator("main")).not_to_contain_text("Test mode")
        assert (violations(page), overflow(page) <= 0) == ([], True)
        placed = basket((cast.variant_of(bowl), 1), provider="transfer").sent()
        other = basket((cast.variant_of(bowl), 1), provider="transfer").sent()
        due = TransferDue.objects.get(payment__order=placed.order_id)
        paid = [Movement("31.00", due.reference), Movement("29.90", "merci"), Movement("3.00", "?")]
        statement.write_bytes(camt(paid))
        page.goto(f"{live_server.url}/counter/maison_zinc/bank")
        page.get_by_label("Bank statement").set_input_files(statement)
        page.get_by_role("button", name="Hand in").click()
        expect(page.locator("main")).to_contain_text("3 new payments in it. 1 order is paid.")
        assert (violations(page), overflow(page) <= 0) == ([], True)
        page.get_by_role("button", name="I gave").click()
        page.get_by_role("button", name="It is for this order").last.scroll_into_view_if_needed()
        page.locator("form", has=page.locator("input[value^='RF']")).get_by_role(
            "button", name="It is for this order"
        ).click()
        expect(page.locator("main")).not_to_contain_text("To give back")
        expect(page.locator("main")).not_to_contain_text("Transfers awaited")
    assert (order_of(placed).status, order_of(other).status) == ("paid", "paid")
