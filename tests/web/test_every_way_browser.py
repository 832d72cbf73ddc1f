"""Buying with each provider on a phone, as guest and as member, with scripts and without them: to
the end, as the buyer sees it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from comptoir.catalog.models import Product
from comptoir.sales.models import Order, PaymentAccount, TransferDue
from comptoir.sales.services.accounts import add_account, add_cash_account, add_transfer_account
from comptoir.sales.services.statements import take_statement
from comptoir.sales.services.take_cash import take_cash
from tests import cast
from tests.browser import PHONE, overflow, page_of, sign_in, violations
from tests.sales.buying import work
from tests.sales.statements import IBAN, Movement, camt
from tests.stripe_process import running
from tests.stripe_server import KEY, SECRET, StripeServer
from tests.web.checkout.sheets import GUEST

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
WHO = pytest.mark.parametrize("member", [False, True], ids=["guest", "member"])


@pytest.fixture(scope="module")
def at_stripe() -> Iterator[StripeServer]:
    with running() as server:
        yield server


@pytest.fixture
def bowl() -> Product:
    return cast.product(cast.maison_zinc(), "Bol", price_minor=2400, stock=5)


@pytest.fixture
def bought(
    browser: Browser, live_server: LiveServer, bowl: Product, scripts: bool, member: bool
) -> Iterator[Callable[..., Page]]:
    """Opens the sheet, fills it, chooses that way to pay and orders; what the console calls an
    error, here and afterwards, fails the test."""
    wrong: list[str] = []
    wishes: dict[str, Any] = {"locale": "en-FR", "java_script_enabled": scripts}
    with page_of(browser, PHONE, wrong=wrong, **wishes) as page:

        def buy(way: str, *, fetched: bool = False) -> Page:
            sheet = f"/products/{bowl.pk}/buy"
            if member:
                cast.ines()
                site = live_server.url
                sign_in(page, site, "ines@example.org", cast.PASSWORD, f"/products/{bowl.pk}")
            page.goto(live_server.url + sheet)
            if fetched:
                page.locator("[data-pickup]").check()
                _reckoned(page, scripts)
            for name, value in GUEST.items():
                field = page.locator(f"#checkout [name={name}]")
                if name == "country" and field.is_visible():
                    field.select_option(value)
                elif field.is_visible() and not (member and name == "email"):
                    field.fill(value)
            if page.get_by_label(way).count():
                page.get_by_label(way).check()
            _is_whole(page, scripts)
            page.click("#checkout-order")
            return page

        yield buy
        assert wrong == []


def _reckoned(page: Page, scripts: bool) -> None:
    """Without scripts the ways to pay follow the delivery when one asks for it."""
    if not scripts:
        page.get_by_role("button", name="Update the total").click()
    expect(page.locator(".totals-sum dd")).to_have_text("€24.00")


def _is_whole(page: Page, scripts: bool) -> None:
    if scripts:
        assert violations(page) == []
    assert overflow(page) <= 0


def _is_thanked(page: Page, scripts: bool, member: bool) -> None:
    expect(page.locator("h1")).to_have_text("Thank you!")
    _is_whole(page, scripts)
    order = Order.objects.select_related("buyer").get()
    assert order.status == "paid"
    assert (order.buyer.handle if order.buyer else "") == ("ines" if member else "")
    assert order.email == ("ines@example.org" if member else GUEST["email"])


@SCRIPTS
@WHO
def test_at_the_test_bank(bought: Callable[..., Page], scripts: bool, member: bool) -> None:
    _is_thanked(bought("Test card, accepted"), scripts, member)


@SCRIPTS
@WHO
def test_by_card_at_stripe_and_back(
    bought: Callable[..., Page],
    at_stripe: StripeServer,
    settings: Any,
    scripts: bool,
    member: bool,
) -> None:
    """Stripe's own page is another site: the form of ours leads to it by a page of ours."""
    settings.STRIPE_SECRET_KEY, settings.STRIPE_API = KEY, at_stripe.url
    settings.STRIPE_WEBHOOK_SECRETS = [SECRET]
    shop = cast.maison_zinc()
    add_account(shop=shop, provider="stripe", reference="acct_zinc", details={})
    page = bought("Card")
    page.wait_for_url(f"{at_stripe.url}/pay/*")
    page.get_by_role("button", name="Pay 2990").click()
    page.wait_for_url("**/orders/*")
    _is_thanked(page, scripts, member)


@SCRIPTS
@WHO
def test_by_transfer(bought: Callable[..., Page], scripts: bool, member: bool) -> None:
    add_transfer_account(shop=cast.maison_zinc(), iban=IBAN, holder="La Maison Zinc SARL")
    page = bought("Bank transfer")
    page.wait_for_url("**/pay/transfer/*")
    expect(page.locator("h1")).to_have_text("Send €29.90 to La Maison Zinc")
    code = page.locator(".pay-code img")
    expect(code).to_be_visible()
    assert code.evaluate("img => img.naturalWidth") > 0
    _is_whole(page, scripts)
    body = camt([Movement("29.90", TransferDue.objects.get().reference)])
    take_statement(account=PaymentAccount.objects.get(is_active=True), body=body, by_user_id=None)
    page.reload()
    expect(page.locator("h1")).to_have_text("Your transfer has come")
    page.get_by_role("link", name="See the order").click()
    _is_thanked(page, scripts, member)


@SCRIPTS
@WHO
def test_in_cash_at_the_counter(bought: Callable[..., Page], scripts: bool, member: bool) -> None:
    add_cash_account(shop=cast.maison_zinc())
    page = bought("At the counter", fetched=True)
    page.wait_for_url("**/orders/*")
    expect(page.locator("main")).to_contain_text("€24.00")
    _is_whole(page, scripts)
    take_cash(order=Order.objects.select_related("shop__profile").get(), by_user_id=None)
    work()
    page.reload()
    _is_thanked(page, scripts, member)
