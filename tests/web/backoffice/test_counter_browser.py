"""Orders, stock and team at the counter in a real browser: on a phone and at a desk."""

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from comptoir.people.models import User
from comptoir.sales.models import Return
from comptoir.shops.models import Role
from comptoir.shops.services.staff import invite
from tests import cast
from tests.browser import DESK, PHONE, overflow, page_of, sign_in, violations
from tests.sales.buying import at_bank, basket, order_of, work

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

COUNTER = "/counter/maison_zinc"
SIZES = pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])


def some_trade() -> None:
    """Three orders in three states, one with a return; two things on the shelf."""
    zinc = cast.maison_zinc()
    User.objects.filter(pk=cast.zoe().user.pk).update(language="en")
    bowl = cast.variant_of(cast.product(zinc, "Grand bol en grès, émail ardoise", stock=12))
    cast.product(zinc, "Sable fin", stock=None)
    for name in ("ines", "gael"):
        placed = basket((bowl, 2), email=f"{name}@example.org").sent()
        at_bank(placed, "approve")
        work(letters=False)
    Return.objects.create(order=order_of(placed), reason=Return.Reason.FIT)
    basket((bowl, 1), method=cast.pick_up(zinc)).sent()
    cast.staff(zinc, cast.malo(), Role.PACKER)
    invite(shop=zinc, by=cast.zoe().actor, whom="rose@example.org", role="support", language="fr")


def is_well(page: Page) -> None:
    assert violations(page) == []
    assert overflow(page) <= 0


@SIZES
def test_orders_are_narrowed_and_ticked(
    browser: Browser, live_server: LiveServer, size: tuple[int, int]
) -> None:
    some_trade()
    with page_of(browser, size, locale="en-GB") as page:
        sign_in(page, live_server.url, "zoe@example.org", cast.PASSWORD, f"{COUNTER}/orders")
        is_well(page)
        page.get_by_text("More filters").click()
        page.get_by_label("With an open return").check()
        is_well(page)
        page.get_by_role("button", name="Show these").click()
        expect(page.locator(".order-row")).to_have_count(1)
        page.locator("input[name=order]").check()
        is_well(page)


@SIZES
def test_the_shelf_is_counted(
    browser: Browser, live_server: LiveServer, size: tuple[int, int]
) -> None:
    some_trade()
    with page_of(browser, size, locale="en-GB", java_script_enabled=size == DESK) as page:
        sign_in(page, live_server.url, "zoe@example.org", cast.PASSWORD, f"{COUNTER}/stock")
        page.get_by_text("Grand bol").click()
        page.get_by_label("Counted on the shelf").fill("7")
        page.get_by_role("button", name="Save the count").click()
        expect(page.get_by_text("8 → 7")).to_be_visible()
        if size == DESK:
            is_well(page)
            page.goto(f"{live_server.url}{COUNTER}/stock")
            is_well(page)


@SIZES
def test_the_team_is_seen_and_asked(
    browser: Browser, live_server: LiveServer, size: tuple[int, int]
) -> None:
    some_trade()
    with page_of(browser, size, locale="en-GB") as page:
        sign_in(page, live_server.url, "zoe@example.org", cast.PASSWORD, f"{COUNTER}/staff")
        is_well(page)
        page.get_by_label("E-mail address or @handle").fill("@ines")
        cast.ines()
        page.get_by_role("button", name="Send the invitation").click()
        expect(page.get_by_text("@ines")).to_be_visible()
        is_well(page)
