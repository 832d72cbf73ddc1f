"""Opening a shop with the guide: left, taken up again, tried in test, published."""

from dataclasses import asdict
from typing import Any

import pytest

from comptoir.sales.models import Order, Payment
from comptoir.sales.opening import is_test, opening_of
from comptoir.shops.models import Role, Shop
from tests import cast
from tests.sales.buying import work
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
