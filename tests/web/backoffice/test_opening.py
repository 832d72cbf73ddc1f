"""Opening a shop with the guide: left, taken up again, tried in test, published."""

from dataclasses import asdict
from typing import Any

import pytest

from comptoir.catalog.models import Product
from comptoir.sales.figures import turnover_of
from comptoir.sales.links import signed_key
from comptoir.sales.models import Order, Payment, PaymentAccount
from comptoir.sales.opening import is_test, opening_of
from comptoir.sales.opening import test_orders_left as orders_left
from comptoir.sales.services.mark_delivered import mark_delivered
from comptoir.sales.services.returns import answer_return, ask_return, receive_return
from comptoir.sales.services.ship_order import ship_lines
from comptoir.sales.services.verify_ledger import verify_ledgers
from comptoir.shops.models import Role, Shop
from tests import cast
from tests.sales.buying import work
from tests.sales.offering import offer
from tests.web.checkout.sheets import fields
from tests.web.visiting import browser_of, links, parsed, text_of, visitor

pytestmark = pytest.mark.django_db(transaction=True)

BAKERY = {"name": "Le Fournil", "handle": "fournil", "sells": "Pain au levain"}
COUNTER = "/counter/fournil"


@pytest.fixture
def owner() -> Any:
    """Malo has given three answers."""
    browser = browser_of(cast.malo())
    browser.post("/shops/new", BAKERY)
    work()
    return browser


def shop() -> Shop:
    return Shop.objects.select_related("profile").get()


def identify(browser: Any) -> Any:
    said = asdict(cast.trader())
    del said["no_vat_number"]
    return browser.post(f"{COUNTER}/identity", said)


def buy(browser: Any, product_id: int) -> Any:
    """Through the sheet, to the test bank and back."""
    sheet = fields(browser.get(f"/products/{product_id}/buy"))
    to = {"email": "malo@example.org", **asdict(cast.home())}
    return browser.post("/checkout", {**sheet, **to})


def test_the_steps_are_read_from_rows(owner: Any) -> None:
    before = opening_of(shop().pk)
    assert before.missing == ("identity", "catalogue")
    assert before.next == "identity"
    assert identify(owner).headers["Location"] == f"{COUNTER}/opening"
    cast.product(shop(), "Pain")
    after = opening_of(shop().pk)
    assert after.missing == ()
    assert (after.next, after.steps_done) == ("terms", 4)


def test_a_shop_of_files_alone_needs_no_way_of_delivery(owner: Any) -> None:
    shop().delivery_methods.update(is_active=False)
    identify(owner)
    assert "delivery" in opening_of(shop().pk).missing
    pattern = cast.product(shop(), "Patron")
    Product.objects.filter(pk=pattern.pk).update(digital=True, withdrawal="digital")
    assert opening_of(shop().pk).missing == ()
    opened = owner.post(f"{COUNTER}/opening/publish", {"test_payments": "on"}, follow=True)
    assert "Your shop is open." in text_of(opened)


def test_one_thing_to_send_asks_for_a_way_of_delivery(owner: Any) -> None:
    shop().delivery_methods.update(is_active=False)
    for title, digital in (("Patron", True), ("Pain", False)):
        made = cast.product(shop(), title)
        Product.objects.filter(pk=made.pk).update(digital=digital)
    assert "delivery" in opening_of(shop().pk).missing


def test_every_step_has_its_page(owner: Any) -> None:
    page = owner.get(f"{COUNTER}/opening")
    steps = parsed(page).xpath("//ol[@class='opening-steps']//a/@href")
    assert len(steps) == 6
    for step in steps:
        assert owner.get(str(step)).status_code == 200
    assert f"{COUNTER}/opening" in links(owner.get(COUNTER))


def test_nothing_is_published_before_it_is_ready(owner: Any) -> None:
    refused = owner.post(f"{COUNTER}/opening/publish", {"test_payments": "on"})
    assert refused.status_code == 422
    identify(owner)
    cast.product(shop(), "Pain")
    unpaid = owner.post(f"{COUNTER}/opening/publish")
    assert unpaid.status_code == 422
    assert "no money would reach you" in text_of(unpaid)
    assert shop().status == "preparing"


def test_before_it_is_published_only_its_staff_may_buy(owner: Any) -> None:
    bread = cast.product(shop(), "Pain", stock=5)
    sheet = owner.get(f"/products/{bread.pk}/buy")
    assert "Test: your shop is not open yet." in text_of(sheet)
    for stranger in (visitor(), browser_of(cast.zoe())):
        assert stranger.get(f"/products/{bread.pk}/buy").status_code == 422
        sent = {**fields(sheet), "email": "z@example.org", **asdict(cast.home())}
        assert stranger.post("/checkout", sent).status_code in {404, 422}
    assert not Order.objects.exists()


def test_test_orders_are_called_off_when_it_opens(owner: Any) -> None:
    bread = cast.product(shop(), "Pain", price_minor=450, stock=5)
    placed = buy(owner, bread.pk)
    assert placed.status_code == 303
    owner.post(placed.headers["Location"], {"choice": "approve"})
    work()
    tried = Order.objects.get()
    assert tried.status == "paid"
    assert is_test(tried, shop())
    assert opening_of(shop().pk).done("test")
    identify(owner)

    opened = owner.post(f"{COUNTER}/opening/publish", {"test_payments": "on"}, follow=True)
    assert "Your shop is open." in text_of(opened)
    work()
    tried.refresh_from_db()
    payment = Payment.objects.get()
    assert (tried.status, shop().status) == ("cancelled", "open")
    assert payment.refunded_minor == payment.captured_minor
    assert cast.stock_of(cast.variant_of(bread)) == (5, 0)
    assert is_test(tried, shop())
    assert visitor().get(f"/products/{bread.pk}/buy").status_code == 200
    assert buy(visitor(), bread.pk).status_code == 303
    assert owner.post(f"{COUNTER}/opening/publish").status_code == 422


def test_a_manager_prepares_the_catalogue_and_publishes_nothing(owner: Any) -> None:
    cast.staff(shop(), cast.zoe(), Role.MANAGER)
    manager = browser_of(cast.zoe())
    assert manager.get(f"{COUNTER}/opening").status_code == 404
    assert manager.post(f"{COUNTER}/opening/publish").status_code == 404
    assert manager.get(COUNTER).status_code == 200


NOT_OPEN_YET = "Test: your shop is not open yet."


def tried(owner: Any, bread: Product) -> Order:
    """Malo has bought two loaves at his own shop, in test."""
    owner.post("/basket/lines", {"product": str(bread.pk), "quantity": "2"})
    sheet = fields(owner.get(f"/checkout/new?shop={bread.shop_id}"))
    placed = owner.post("/checkout", {**sheet, "email": "m@example.org", **asdict(cast.home())})
    owner.post(placed.headers["Location"], {"choice": "approve"})
    work()
    return Order.objects.get()


def test_its_staff_see_it_open_in_their_basket_and_others_closed(owner: Any) -> None:
    bread = cast.product(shop(), "Pain", stock=5)
    for browser in (owner, browser_of(cast.zoe()), visitor()):
        browser.post("/basket/lines", {"product": str(bread.pk)})
        page = text_of(browser.get("/basket"))
        assert (NOT_OPEN_YET in page) is (browser is owner)
        assert ("Order from Le Fournil" in page) is (browser is owner)
        assert ("This shop does not sell at the moment." in page) is (browser is not owner)


def test_a_test_order_says_that_it_is_one(owner: Any) -> None:
    identify(owner)
    order = tried(owner, cast.product(shop(), "Pain", stock=5))
    assert NOT_OPEN_YET in text_of(owner.get(f"/orders/{signed_key(order.key)}"))
    at_desk = text_of(owner.get(f"{COUNTER}/orders/{order.number}"))
    assert "A test by those who work here" in at_desk
    owner.post(f"{COUNTER}/opening/publish", {"test_payments": "on"})
    after = text_of(owner.get(f"/orders/{signed_key(order.key)}"))
    assert "This was a test, before the shop opened" in after
    assert NOT_OPEN_YET not in after


@pytest.mark.parametrize("arrived", [False, True])
@pytest.mark.parametrize("sent", [1, 2])
def test_a_test_order_that_was_sent_does_not_keep_a_shop_closed(
    owner: Any, sent: int, arrived: bool
) -> None:
    identify(owner)
    bread = cast.product(shop(), "Pain", price_minor=450, stock=5)
    made = offer(shop(), limit_total=1)
    order = tried(owner, bread)
    parcel = ship_lines(order=order, quantities={order.lines.get().pk: sent})
    if arrived:
        mark_delivered(order=order, shipment_id=parcel.pk)
    work()
    opened = owner.post(f"{COUNTER}/opening/publish", {"test_payments": "on"}, follow=True)
    assert "Your shop is open." in text_of(opened)
    work()
    payment = Payment.objects.get()
    assert payment.refunded_minor == payment.captured_minor
    assert cast.stock_of(cast.variant_of(bread)) == (5, 0)
    assert turnover_of(shop().pk).orders == 0
    assert verify_ledgers().broken == ()
    order.refresh_from_db()
    assert order.status == ("delivered" if arrived else "shipped")
    made.refresh_from_db()
    assert made.uses == 0


def test_a_test_return_does_not_keep_a_shop_closed(owner: Any) -> None:
    """Its piece is left to the return, and comes back with it."""
    identify(owner)
    bread = cast.product(shop(), "Pain", price_minor=450, stock=5)
    order = tried(owner, bread)
    line = order.lines.get().pk
    ship_lines(order=order, quantities={line: 2})
    back = ask_return(order=order, pieces={line: 1}, reason="fit")
    owner.post(f"{COUNTER}/opening/publish", {"test_payments": "on"})
    work()
    payment = Payment.objects.get()
    assert (shop().status, payment.refunded_minor) == ("open", payment.captured_minor)
    assert cast.stock_of(cast.variant_of(bread)) == (4, 0)
    answer_return(giving_back=back, accept=True, send_to="1 rue du Port")
    receive_return(giving_back=back, received={line: 1}, restock={line: 1})
    assert cast.stock_of(cast.variant_of(bread)) == (5, 0)


def test_orders_paid_with_money_are_not_taken_for_tests(owner: Any) -> None:
    order = tried(owner, cast.product(shop(), "Pain", stock=5))
    assert orders_left(shop().pk) == [order]
    PaymentAccount.objects.update(is_test=False)
    assert orders_left(shop().pk) == []
