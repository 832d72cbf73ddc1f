"""The shop's side of being paid, in a real browser; the buyer's is ``test_every_way_browser``."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from comptoir.catalog.models import Product
from comptoir.sales.models import TransferDue
from comptoir.sales.services.accounts import add_cash_account
from comptoir.shops.models import Role
from tests import cast
from tests.browser import DESK, PHONE, overflow, page_of, sign_in, violations
from tests.sales.buying import basket, order_of
from tests.sales.statements import IBAN, Movement, camt

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def bowl() -> Product:
    return cast.product(cast.maison_zinc(), "Bol", price_minor=2400, stock=5)


def owner_at(page: Page, site: str, path: str) -> None:
    """Malo, who owns la Maison Zinc too."""
    cast.staff(cast.maison_zinc(), cast.malo(), Role.OWNER)
    sign_in(page, site, "malo@example.org", cast.PASSWORD, f"/counter/maison_zinc/{path}")


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
