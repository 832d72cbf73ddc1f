"""Offers at the counter in a real browser: on a phone and at a desk."""

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from comptoir.sales.services.offer_uses import confirm_offers, use_offers
from tests import cast
from tests.browser import DESK, PHONE, overflow, page_of, sign_in, violations
from tests.sales.offering import offer, order_row

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OFFERS = "/counter/maison_zinc/offers"


def some_offers() -> None:
    zinc = cast.maison_zinc()
    cast.product(zinc, "Bol")
    cast.product(zinc, "Cuillère de service en bois d’olivier")
    offer(zinc, name="For those who follow us", audience="followers")
    ten = offer(zinc, name="Christmas market", code="NOEL26", kind="amount", value=500,
                minimum_minor=5000, limit_total=10)  # fmt: skip
    order = order_row(zinc)
    use_offers(order.pk, [(ten.pk, 500)], "p:1")
    confirm_offers(order.pk)


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_owner_makes_an_offer_and_sees_only_what_its_kind_asks(
    browser: Browser, live_server: LiveServer, size: tuple[int, int]
) -> None:
    some_offers()
    with page_of(browser, size, locale="en-GB") as page:
        sign_in(page, live_server.url, "zoe@example.org", cast.PASSWORD, OFFERS)
        assert violations(page) == []
        assert overflow(page) <= 0
        page.click(f"a[href='{OFFERS}/new']")
        expect(page.locator("[name=percent]")).to_be_visible()
        expect(page.locator("[name=amount]")).to_be_hidden()
        page.check("[name=kind][value=buy_x_get_y]")
        expect(page.locator("[name=percent]")).to_be_hidden()
        page.check("[name=scope][value=products]")
        assert violations(page) == []
        assert overflow(page) <= 0
        page.fill("[name=name]", "Three for two")
        page.fill("[name=buy_quantity]", "2")
        page.fill("[name=get_quantity]", "1")
        page.get_by_label("Bol").check()
        page.click(".form-acts [name=step][value=save]")
        page.wait_for_url(f"**{OFFERS}")
        expect(page.get_by_role("link", name="Three for two")).to_be_visible()
