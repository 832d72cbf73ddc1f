"""Money astray, and kept cards, in a real browser: what shop, member and operator see and do."""

from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from comptoir.catalog.models import Product
from comptoir.common import clock
from comptoir.people.services import set_language
from comptoir.sales.models import (
    BankCharge,
    Order,
    PaymentAccount,
    Refund,
    SavedCard,
    StripeCustomer,
    StripeDispute,
)
from comptoir.sales.services import cancel_by_shop, expire_orders
from comptoir.sales.services.accounts import add_account
from comptoir.sales.services.refund_failed import fail_refund
from comptoir.shops.models import Role
from tests import cast
from tests.browser import DESK, PHONE, overflow, page_of, sign_in, violations
from tests.sales.buying import at_bank, basket, order_of, payment_of, work

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SIZES = [PHONE, DESK]


@pytest.fixture
def bowl() -> Product:
    return cast.product(cast.maison_zinc(), "Bol", price_minor=2400, stock=5)


def bought(bowl: Product) -> Order:
    wanted = basket((cast.variant_of(bowl), 1), instrument="card_ok", actor=cast.ines().actor)
    return order_of(wanted.sent())


def is_whole(page: Page) -> None:
    assert overflow(page) <= 0
    assert violations(page) == []


def owner_at(page: Page, site: str, path: str) -> None:
    cast.staff(cast.maison_zinc(), cast.malo(), Role.OWNER)
    sign_in(page, site, "malo@example.org", cast.PASSWORD, f"/counter/maison_zinc/{path}")


@pytest.mark.parametrize("size", SIZES)
def test_a_refund_that_did_not_arrive_is_given_back_by_hand(
    browser: Browser, live_server: LiveServer, bowl: Product, size: tuple[int, int]
) -> None:
    order = bought(bowl)
    cancel_by_shop(order=order)
    work()
    fail_refund(refund_id=Refund.objects.get().pk, attempt=0, reason="expired_or_canceled_card")
    with page_of(browser, size, locale="en-FR") as page:
        owner_at(page, live_server.url, "bank")
        expect(page.get_by_text("Did not arrive")).to_be_visible()
        expect(page.get_by_text("expired or canceled card")).to_be_visible()
        is_whole(page)
        page.get_by_role("button", name="I gave €29.90 back").click()
        expect(page.get_by_text("Noted. The buyer is told.")).to_be_visible()
        expect(page.get_by_text("Did not arrive")).to_have_count(0)


@pytest.mark.parametrize("size", SIZES)
def test_a_dispute_says_until_when_on_the_order_and_in_the_list(
    browser: Browser, live_server: LiveServer, bowl: Product, size: tuple[int, int]
) -> None:
    order = bought(bowl)
    StripeDispute.objects.create(
        payment=order.payments.get(),
        dispute_id="dp_1",
        amount_minor=2990,
        currency="EUR",
        reason="product_not_received",
        status="needs_response",
        respond_by=clock.now() + timedelta(days=9),
        told_at=clock.now(),
    )
    with page_of(browser, size, locale="en-FR") as page:
        owner_at(page, live_server.url, "orders")
        expect(page.get_by_text("Disputed: answer until")).to_be_visible()
        is_whole(page)
        page.get_by_role("link", name="Inès").click()
        expect(page.get_by_role("link", name="Answer at Stripe")).to_be_visible()
        is_whole(page)


@pytest.mark.parametrize("size", SIZES)
def test_a_member_ticks_to_have_a_card_kept_and_removes_it(
    browser: Browser, live_server: LiveServer, bowl: Product, size: tuple[int, int]
) -> None:
    account = add_account(shop=bowl.shop, provider="stripe", reference="acct_zinc", details={})
    _keep(account)
    set_language(actor=cast.ines().actor, language="en")
    with page_of(browser, size, locale="en-FR") as page:
        path = f"/products/{bowl.pk}/buy"
        sign_in(page, live_server.url, "ines@example.org", cast.PASSWORD, path)
        tick = page.get_by_label("Keep this card for my next purchases at La Maison Zinc")
        expect(tick).not_to_be_checked()
        tick.check()
        expect(page.locator("#checkout-totals")).to_be_visible()
        expect(tick).to_be_checked()
        is_whole(page)
        page.goto(f"{live_server.url}/settings")
        expect(page.get_by_text("expires 01/2031")).to_be_visible()
        is_whole(page)
        page.get_by_role("button", name="Remove the card ending in 0007").click()
        expect(page.get_by_text("The card is removed.")).to_be_visible()
        expect(page.get_by_text("expires 01/2031")).to_have_count(0)


def _keep(account: PaymentAccount) -> None:
    customer = StripeCustomer.objects.create(
        account=account, owner=cast.ines().profile, customer_id="cus_1"
    )
    SavedCard.objects.create(
        customer=customer, method_id="pm_1", brand="visa", last4="0007", exp_month=1, exp_year=2031
    )


@pytest.mark.parametrize("size", SIZES)
def test_the_operator_has_odd_money_given_back(
    browser: Browser, live_server: LiveServer, bowl: Product, size: tuple[int, int]
) -> None:
    placed = basket((cast.variant_of(bowl), 1)).sent()
    at_bank(placed, "time_out")
    BankCharge.objects.update(amount_minor=1)
    with clock.travelled(timedelta(minutes=16)):
        expire_orders()
    cast.person("Odile", "odile", language="en", is_operator=True)
    with page_of(browser, size, locale="en-FR") as page:
        site = live_server.url
        sign_in(page, site, "odile@example.org", cast.PASSWORD, "/operator/payments")
        expect(page.get_by_text("€0.01 instead of €29.90")).to_be_visible()
        is_whole(page)
        page.get_by_label("Yes, give all of it back").check()
        page.get_by_role("button", name="Give it back").click()
        expect(page.get_by_text("the money goes back")).to_be_visible()
        expect(page.get_by_text("On its way back")).to_be_visible()
        is_whole(page)
    assert payment_of(placed).failure == "amount_returned"
