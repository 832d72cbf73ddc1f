"""Opening a shop and taking payments in a real browser: phone and desk, scripts or not, axe."""

import os
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from comptoir.catalog.services.collections import set_collection
from comptoir.catalog.services.elsewhere import set_elsewhere
from comptoir.reviews.services import show_product
from comptoir.sales.models import Bill
from comptoir.sales.services.basket import Holder
from comptoir.sales.services.put_in import add_to_basket
from comptoir.sales.services.shared_basket import share_basket
from tests import cast
from tests.browser import DESK, PHONE, overflow, page_of, sign_in, violations
from tests.sales.buying import work

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

COUNTER = "/counter/maison_zinc"


def kept(page: Page, name: str) -> None:
    """A picture of the page, if ``COMPTOIR_SHOTS`` says where."""
    folder = os.environ.get("COMPTOIR_SHOTS")
    if folder:
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_pages_of_the_counter_are_right(  # longer because it names each page
    browser: Browser, live_server: LiveServer, size: tuple[int, int]
) -> None:
    zinc, site = cast.maison_zinc(), live_server.url
    bowls = [cast.product(zinc, f"Bol du matin n° {n}", price_minor=2400) for n in range(4)]
    for one in bowls:
        show_product(profile_id=zinc.pk, product_id=one.pk)
    set_elsewhere(
        product=bowls[3], buy_url="https://www.maison-zinc.example/bol", safety_contact=""
    )
    set_collection(shop=zinc, collection_id=None, title="Pour la table", most_minor=9900)
    holder = Holder(profile_id=cast.ines().profile.pk)
    add_to_basket(holder=holder, variant_id=cast.variant_of(bowls[0]).pk)
    shared = share_basket(holder=holder)
    cast.prepared_shop(cast.zoe(), "Le Fournil", "fournil")
    public = {
        "legal": "/@maison_zinc/legal",
        "showcase": "/@maison_zinc",
        "elsewhere": f"/products/{bowls[3].pk}",
        "code": f"/products/{bowls[0].pk}/code",
        "shared": f"/basket/of/{shared.key}",
        "collection": "/@maison_zinc/collections/pour-la-table",
        "amount": "/@maison_zinc/pay",
    }
    private = {
        "opening": "/counter/fournil/opening",
        "overview": "/counter/fournil",
        "identity": "/counter/fournil/identity",
        "terms": f"{COUNTER}/terms",
        "bills": f"{COUNTER}/bills",
        "sign": f"{COUNTER}/bills/sign",
        "desk-elsewhere": f"{COUNTER}/products/{bowls[3].pk}/elsewhere",
        "arrange": f"{COUNTER}/showcase",
        "collections": f"{COUNTER}/collections",
        "source": f"{COUNTER}/imports/source",
    }
    with page_of(browser, size, locale="en-GB") as page:
        wrong = {}
        for name, address in public.items():
            page.goto(site + address)
            kept(page, f"{name}-{size[0]}")
            wrong[name] = [*violations(page), *([overflow(page)] if overflow(page) > 0 else [])]
        sign_in(page, site, "zoe@example.org", cast.PASSWORD)
        for name, address in private.items():
            page.goto(site + address)
            kept(page, f"{name}-{size[0]}")
            wrong[name] = [*violations(page), *([overflow(page)] if overflow(page) > 0 else [])]
        assert {name: found for name, found in wrong.items() if found} == {}


def test_the_phone_pays_and_the_counter_confirms_by_itself(
    browser: Browser, live_server: LiveServer
) -> None:
    cast.maison_zinc()
    site = live_server.url
    with page_of(browser, DESK, locale="en-GB") as desk, page_of(browser, locale="en-GB") as phone:
        sign_in(desk, site, "zoe@example.org", cast.PASSWORD)
        desk.goto(f"{site}{COUNTER}/bills")
        desk.fill("[name=amount]", "12,50")
        desk.fill("[name=note]", "Table 4")
        desk.locator(".form-acts .is-primary").click()
        expect(desk.locator(".bill-code svg")).to_be_visible()
        kept(desk, "bill-screen")
        assert violations(desk) == []
        phone.goto(f"{site}/pay/{Bill.objects.get().key}")
        kept(phone, "bill-phone")
        assert violations(phone) == []
        assert overflow(phone) <= 0
        phone.locator("[value='sandbox:page']").check()
        phone.get_by_role("button", name="Order with obligation to pay").click()
        phone.wait_for_url("**/bank/**")
        expect(desk.locator(".bill-screen.is-being_paid")).to_be_visible()
        phone.locator("[value='approve']").click()
        phone.wait_for_url("**/orders/**")
        work()
        expect(desk.locator(".bill-screen.is-paid")).to_be_visible()
        kept(desk, "bill-paid")
        kept(phone, "bill-receipt")


def test_without_scripts_a_reload_tells(browser: Browser, live_server: LiveServer) -> None:
    cast.maison_zinc()
    site = live_server.url
    plain: dict[str, Any] = {"java_script_enabled": False, "locale": "en-GB"}
    with page_of(browser, DESK, **plain) as desk, page_of(browser, **plain) as phone:
        sign_in(desk, site, "zoe@example.org", cast.PASSWORD)
        desk.goto(f"{site}{COUNTER}/bills")
        desk.fill("[name=amount]", "7")
        desk.locator(".form-acts .is-primary").click()
        phone.goto(f"{site}/pay/{Bill.objects.get().key}")
        phone.locator("[value='sandbox:page']").check()
        phone.get_by_role("button", name="Order with obligation to pay").click()
        phone.locator("[value='approve']").click()
        phone.wait_for_url("**/orders/**")
        work()
        desk.reload()
        expect(desk.locator(".bill-screen.is-paid")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_every_tab_of_the_counter_is_in_sight_or_fades_away(
    browser: Browser, live_server: LiveServer, scripts: bool
) -> None:
    """In French, whose words are longer: in rows on a desk, one row on a phone that opens where
    one is and can be drawn back."""
    cast.maison_zinc()
    site, address = live_server.url, f"{live_server.url}{COUNTER}/settings"
    for size in (PHONE, (768, 900), DESK):
        with page_of(browser, size, locale="fr-FR", java_script_enabled=scripts) as page:
            sign_in(page, site, "zoe@example.org", cast.PASSWORD)
            page.goto(address)
            tabs = page.locator(".tabs")
            boxes = [one.bounding_box() for one in tabs.locator("a").all()]
            assert len(boxes) == 13
            assert min(box["height"] for box in boxes if box) >= 44
            seen = [box for box in boxes if box and 0 <= box["x"] <= size[0] - box["width"]]
            if size != PHONE:
                assert len(seen) == 13
                continue
            faded = "getComputedStyle(document.querySelector('.tabs')).maskImage"
            assert "gradient" in page.evaluate(faded)
            expect(tabs.get_by_role("link", name="Réglages")).to_be_in_viewport(ratio=1)
            assert boxes[-1] in seen
            tabs.evaluate("(tabs) => { tabs.scrollLeft = 0 }")
            page.wait_for_timeout(300)
            expect(tabs.get_by_role("link", name="Vue d’ensemble")).to_be_in_viewport(ratio=1)
            assert overflow(page) <= 0
