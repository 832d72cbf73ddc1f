"""Orders at the counter: found, prepared, shipped, called off."""

from uuid import uuid4

import pytest

from comptoir.catalog.models import Variant
from comptoir.sales.links import signed_key
from comptoir.sales.services import Placed
from comptoir.sales.services.accounts import add_transfer_account
from comptoir.sales.services.withdraw import declare_withdrawal
from comptoir.shops.models import Role
from tests import cast
from tests.sales.buying import Counted, at_bank, basket, order_of, payment_of, work
from tests.sales.statements import IBAN
from tests.web.visiting import browser_of, text_of, visitor

pytestmark = pytest.mark.django_db

COUNTER = "/counter/maison_zinc"


@pytest.fixture
def bowl() -> Variant:
    return cast.variant_of(cast.product(cast.maison_zinc(), "Bol", price_minor=2400, stock=None))


def paid(variant: Variant) -> Placed:
    placed = basket((variant, 1)).sent()
    at_bank(placed, "approve")
    work()
    return placed


def packer() -> cast.Person:
    """Malo packs parcels at la Maison Zinc; he reads English."""
    cast.staff(cast.maison_zinc(), cast.malo(), Role.PACKER)
    return cast.malo()


def manager() -> cast.Person:
    cast.staff(cast.maison_zinc(), cast.malo(), Role.MANAGER)
    return cast.malo()


def test_orders_are_listed_by_state(bowl: Variant) -> None:
    new, done = basket((bowl, 1)).sent(), paid(bowl)
    browser = browser_of(packer())
    number = order_of(done).number
    assert number in text_of(browser.get(f"{COUNTER}/orders"))
    assert number in text_of(browser.get(f"{COUNTER}/orders?state=paid"))
    waiting = text_of(browser.get(f"{COUNTER}/orders?state=new"))
    assert number not in waiting
    assert f"/orders/{order_of(new).reference}" in waiting
    for state in ("shipped", "cancelled"):
        assert number not in text_of(browser.get(f"{COUNTER}/orders?state={state}"))


def test_the_desk_never_learns_the_key_of_an_order(bowl: Variant) -> None:
    """Whoever holds a guest's key may cancel, withdraw, download: staff have their own rights."""
    add_transfer_account(shop=cast.maison_zinc(), iban=IBAN, holder="Zinc")
    waits = order_of(basket((bowl, 1), provider="transfer").sent())
    browser = browser_of(cast.zoe())
    here = f"{COUNTER}/orders/{waits.reference}"
    for page in (f"{COUNTER}/orders", here, f"{COUNTER}/bank"):
        assert waits.key not in text_of(browser.get(page))
    assert browser.get(here).status_code == 200
    assert here in text_of(browser.get(f"{COUNTER}/bank"))
    assert browser.get(f"{COUNTER}/orders/{waits.key}").status_code == 404


def test_the_list_costs_the_same_however_long(bowl: Variant) -> None:
    browser = browser_of(packer())
    counts = []
    for _round in range(2):
        for _order in range(5):
            basket((bowl, 1)).sent()
        with Counted() as counted:
            browser.get(f"{COUNTER}/orders")
        counts.append(len(counted.statements))
    assert counts[0] == counts[1] <= 6


def test_a_packer_ships_and_the_buyer_sees_it(bowl: Variant) -> None:
    placed, browser = paid(bowl), browser_of(packer())
    address = f"{COUNTER}/orders/{order_of(placed).number}"
    page = text_of(browser.get(address))
    assert "3 rue des Lices" in page
    parcel = {"carrier": "Colissimo", "tracking": "6A 123"}
    browser.post(f"{address}/shipment", parcel)
    seen = text_of(visitor().get(f"/orders/{signed_key(placed.order_key)}"))
    assert "Colissimo" in seen
    assert "6A 123" in seen
    again = browser.post(f"{address}/shipment", parcel)
    assert again.status_code == 409
    assert "Only a paid order can be shipped." in text_of(again)


def test_a_packer_may_not_cancel(bowl: Variant) -> None:
    placed, browser = paid(bowl), browser_of(packer())
    address = f"{COUNTER}/orders/{order_of(placed).number}"
    assert "cancellation" not in text_of(browser.get(address))
    assert browser.post(f"{address}/cancellation", {"sure": "yes"}).status_code == 404
    assert order_of(placed).status == "paid"


def test_a_manager_cancels_and_the_money_goes_back(bowl: Variant) -> None:
    placed, browser = paid(bowl), browser_of(manager())
    address = f"{COUNTER}/orders/{order_of(placed).number}"
    browser.post(f"{address}/cancellation", {})
    assert order_of(placed).status == "paid"
    browser.post(f"{address}/cancellation", {"sure": "yes"})
    assert order_of(placed).status == "cancelled"
    assert payment_of(placed).refund_due_minor == order_of(placed).total_minor
    work()
    assert payment_of(placed).refunded_minor == order_of(placed).total_minor
    assert "given back" in text_of(browser.get(address))


def test_a_shop_sees_its_own_orders_only(bowl: Variant) -> None:
    placed = paid(bowl)
    cast.atelier_brume()
    browser = browser_of(cast.basile())
    for reference in (order_of(placed).number, f"o{placed.order_id}", placed.order_key):
        assert browser.get(f"/counter/atelier_brume/orders/{reference}").status_code == 404
    listed = text_of(browser.get("/counter/atelier_brume/orders"))
    assert "Inès" not in listed


def test_the_overview_counts_today_and_says_what_to_do(bowl: Variant) -> None:
    paid(bowl)
    paid(bowl)
    browser = browser_of(manager())
    with Counted() as counted:
        page = text_of(browser.get(COUNTER))
    assert len(counted.statements) <= 10
    assert "€59.80" in page
    assert "2 orders to prepare" in page
    assert page.count('<rect class="chart-bar"') == 30
    assert page.count('<th scope="row">') == 30


def test_each_role_sees_its_own_part_of_the_counter(bowl: Variant) -> None:
    page = text_of(browser_of(packer()).get(COUNTER))
    assert f'href="{COUNTER}/orders"' in page
    assert f'href="{COUNTER}/products"' not in page
    assert f'href="{COUNTER}/imports"' not in page


def test_a_withdrawal_whose_money_is_back_owes_nothing_more(bowl: Variant) -> None:
    order = order_of(paid(bowl))
    declare_withdrawal(order=order, pieces={order.lines.get().pk: 1}, request_key=uuid4())
    desk, address = browser_of(cast.zoe()), f"{COUNTER}/orders/{order.number}"
    assert "is to be given back by" in text_of(desk.get(address))
    work()
    page = text_of(desk.get(address))
    assert "was given back to the buyer" in page
    assert "is to be given back by" not in page
    assert "What to prepare" not in page
    assert f"Credit note {order.invoices.get(kind='credit_note').number}" in page
