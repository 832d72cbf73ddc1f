"""Bills at the counter: one phone pays, the others are told; late money goes back."""

from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from comptoir.catalog.models import Product, StockItem, Variant
from comptoir.catalog.services.counter_amounts import take_back
from comptoir.common import clock
from comptoir.common.errors import Conflict, Refused
from comptoir.people.actor import ANYONE
from comptoir.sales.bills import BillState, bill_of, bill_view
from comptoir.sales.links import signed_key
from comptoir.sales.models import Bill, Invoice, Order, Shipment
from comptoir.sales.services import Placed, cancel_by_shop, expire_orders
from comptoir.sales.services.bills import (
    cancel_bill,
    close_bills,
    forget_bills,
    open_bill,
    pay_bill,
)
from tests import cast
from tests.common.two_connections import at_once, behind
from tests.sales.buying import at_bank, order_of, payment_of, return_url_for, work
from tests.web.visiting import browser_of, links, text_of, visitor

pytestmark = pytest.mark.django_db(transaction=True)


def a_bill(amount_minor: int | None = 1250, **more: Any) -> Bill:
    made = open_bill(
        shop=cast.maison_zinc(), by_id=cast.zoe().user.pk, amount_minor=amount_minor, **more
    )
    return bill_of(made.key)


def pay(bill: Bill, key: UUID | None = None, **more: Any) -> Placed:
    asked: dict[str, Any] = {
        "actor": ANYONE,
        "expected_total_minor": bill_view(bill).total_minor,
        "email": "",
        "language": "fr",
        "return_url_for": return_url_for,
        **more,
    }
    return pay_bill(bill=bill, checkout_key=key or uuid4(), **asked)


def test_a_free_amount_is_paid_like_any_order() -> None:
    bill = a_bill(note="Table 4", vat_rate_bp=1000)
    assert bill_view(bill).state is BillState.OPEN
    placed = pay(bill)
    assert bill_view(bill).state is BillState.BEING_PAID
    at_bank(placed, "approve")
    work()
    order = order_of(placed)
    view = bill_view(bill)
    assert (view.state, view.total_minor) == (BillState.PAID, 1250)
    assert (order.total_minor, order.vat_minor, order.delivery_kind) == (1250, 114, "counter")
    assert (order.email, order.recipient, order.delivery_minor) == ("", "", 0)
    assert order.lines.get().options == "Table 4"
    assert Invoice.objects.filter(order=order).exists()


def test_what_is_paid_at_the_counter_is_received_at_once() -> None:
    bill = a_bill()
    at_bank(placed := pay(bill), "approve")
    work()
    assert close_bills() == 1
    assert close_bills() == 0
    order = order_of(placed)
    assert order.status == "delivered"
    assert Shipment.objects.get().delivered_at is not None
    assert Bill.objects.get().order == order


def test_chosen_lines_are_sold_at_their_price_and_from_their_stock() -> None:
    bowl = cast.variant_of(cast.product(cast.maison_zinc(), "Bol", price_minor=2400, stock=5))
    bill = a_bill(None, lines=[(bowl.pk, 2)])
    assert bill_view(bill).total_minor == 4800
    at_bank(pay(bill), "approve")
    work()
    assert cast.stock_of(bowl) == (3, 0)
    assert [line.title for line in bill_view(bill).lines] == ["Bol"]


def test_what_is_chosen_is_invoiced_at_its_own_rates_alone() -> None:
    oil = cast.product(cast.maison_zinc(), "Huile", price_minor=1055, vat_rate_bp=550)
    bill = a_bill(None, lines=[(cast.variant_of(oil).pk, 2)])
    at_bank(pay(bill), "approve")
    work()
    shares = Invoice.objects.get().shares.values_list("rate_bp", "net_minor", "vat_minor")
    assert list(shares) == [(550, 2000, 110)]


def test_a_second_phone_is_told_and_charges_nothing() -> None:
    bill = a_bill()
    pay(bill)
    with pytest.raises(Conflict, match="bill_taken"):
        pay(bill)
    assert Order.objects.count() == 1


def test_the_same_phone_asking_again_gets_its_own_order() -> None:
    bill, key = a_bill(), uuid4()
    first, again = pay(bill, key), pay(bill, key)
    assert first == again
    at_bank(first, "approve")
    work()
    assert pay(bill, key).order_id == first.order_id
    assert Order.objects.count() == 1


def test_two_phones_at_the_same_moment() -> None:
    bill = a_bill()
    outcomes = at_once([lambda: pay(bill), lambda: pay(bill)])
    placed = [one for one in outcomes if isinstance(one, Placed)]
    told = [one for one in outcomes if isinstance(one, Conflict)]
    assert len(placed) == len(told) == 1
    assert told[0].code == "bill_taken"
    assert Order.objects.count() == 1


def test_when_a_payment_fails_the_next_phone_may_pay() -> None:
    bill = a_bill()
    at_bank(pay(bill), "refuse")
    work()
    assert bill_view(bill).state is BillState.OPEN
    at_bank(pay(bill), "approve")
    work()
    assert bill_view(bill).state is BillState.PAID


def test_money_that_comes_after_another_phone_paid_goes_back() -> None:
    bill = a_bill()
    late = pay(bill)
    with clock.travelled(timedelta(minutes=20)):
        expire_orders()
    assert order_of(late).status == "cancelled"
    Bill.objects.update(expires_at=clock.now() + timedelta(hours=2))
    at_bank(pay(bill_of(bill.key)), "approve")
    work()
    at_bank(late, "approve")
    work()
    assert payment_of(late).refunded_minor == 1250
    assert Order.objects.exclude(status="cancelled").count() == 1


def test_an_expired_or_cancelled_bill_is_not_paid() -> None:
    bill, other = a_bill(), a_bill()
    Bill.objects.filter(pk=bill.pk).update(expires_at=clock.now())
    with pytest.raises(Conflict, match="bill_over"):
        pay(bill_of(bill.key), expected_total_minor=1250)
    cancel_bill(bill=other)
    assert bill_view(bill_of(other.key)).state is BillState.CANCELLED
    with pytest.raises(Conflict, match="bill_over"):
        pay(bill_of(other.key), expected_total_minor=1250)
    assert not Order.objects.exists()


def test_what_is_being_paid_is_not_cancelled() -> None:
    bill = a_bill()
    pay(bill)
    with pytest.raises(Conflict, match="bill_taken"):
        cancel_bill(bill=bill)


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"amount_minor": 0}, "bad_amount"),
        ({"amount_minor": -5}, "bad_amount"),
        ({"amount_minor": 10**9}, "bad_amount"),
        ({"amount_minor": None}, "bad_amount"),
        ({"amount_minor": 100, "minutes": 7}, "bad_minutes"),
        ({"amount_minor": 100, "vat_rate_bp": 10_001}, "bad_rate"),
        ({"amount_minor": 100, "note": "x" * 81}, "text_too_long"),
        ({"amount_minor": None, "lines": [(999_999, 1)]}, "no_such_product"),
    ],
)
def test_bills_that_cannot_be(asked: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused, match=code):
        a_bill(**asked)
    assert not Bill.objects.exists()


def test_another_shop_s_products_are_on_no_bill_of_this_one() -> None:
    foreign = cast.variant_of(cast.product(cast.atelier_brume(), "Vase"))
    with pytest.raises(Refused, match="no_such_product"):
        a_bill(None, lines=[(foreign.pk, 1)])


def test_amounts_of_the_counter_are_in_no_catalogue() -> None:
    bill = a_bill()
    hidden = Product.objects.get()
    assert hidden.status == "counter"
    browser = visitor()
    assert browser.get(f"/products/{hidden.pk}").status_code == 404
    assert browser.get(f"/products/{hidden.pk}/buy").status_code == 404
    assert "At the counter" not in text_of(browser.get("/@maison_zinc/products"))
    desk = browser_of(cast.zoe())
    assert desk.get(f"/counter/maison_zinc/products/{hidden.pk}").status_code == 404
    added = browser.post("/basket/lines", {"variant": bill.variant_id, "quantity": 1})
    assert added.status_code in {404, 422}


def test_bills_that_nobody_paid_are_forgotten() -> None:
    unpaid, paid = a_bill(), a_bill()
    pay(paid)
    with clock.travelled(timedelta(days=8)):
        assert forget_bills() == 1
    assert Bill.objects.get() == paid
    assert not Variant.objects.filter(pk=unpaid.variant_id).exists()
    assert StockItem.objects.filter(pk=paid.variant_id).exists()


def test_a_bill_cancelled_while_a_phone_waits_for_it_is_not_ordered() -> None:
    """The phone read the bill before, and waits where the shop takes its piece off the shelf."""
    bill = a_bill()
    with transaction.atomic():
        assert take_back(variant_id=bill.variant_id)
        phone = behind(partial(pay, bill))
    answer = phone()
    assert isinstance(answer, Conflict)
    assert answer.code == "bill_taken"
    assert not Order.objects.exists()


def test_a_bill_that_a_phone_takes_meanwhile_is_not_cancelled() -> None:
    bill = a_bill()
    with transaction.atomic():
        StockItem.objects.filter(pk=bill.variant_id).update(available=0, held=1)  # as a phone does
        cancelled = behind(partial(cancel_bill, bill=bill))
    assert getattr(cancelled(), "code", "") == "bill_taken"
    assert Variant.objects.get(pk=bill.variant_id).status == "active"


def test_late_money_for_a_bill_cancelled_meanwhile_goes_back() -> None:
    bill = a_bill()
    placed = pay(bill)
    with clock.travelled(timedelta(minutes=16)):
        expire_orders()
        cancel_bill(bill=bill)
        at_bank(placed, "approve")
        work(after=timedelta(minutes=16))
    assert order_of(placed).status == "cancelled"
    assert payment_of(placed).status == "refunded"
    assert bill_view(bill_of(bill.key)).state is BillState.CANCELLED


def test_a_bill_that_was_paid_and_called_off_is_paid_by_nobody_else() -> None:
    bill = a_bill()
    at_bank(placed := pay(bill), "approve")
    cancel_by_shop(order=order_of(placed))
    for _before_and_after in range(2):
        assert bill_view(bill_of(bill.key)).state is BillState.CANCELLED
        with pytest.raises(Conflict, match="bill_over"):
            pay(bill_of(bill.key), expected_total_minor=1250)
        close_bills()
    assert Bill.objects.get().order_id == placed.order_id
    # A phone that had looked just before finds no piece either.
    assert cast.stock_of(bill.variant) == (0, 0)
    assert close_bills() == 0
    work()
    assert payment_of(placed).status == "refunded"


def test_what_is_taken_along_cannot_be_withdrawn_from() -> None:
    """It is no distance contract: neither its page nor the general door offers it."""
    at_bank(placed := pay(a_bill()), "approve")
    work()
    close_bills()
    page = links(visitor().get(f"/orders/{signed_key(placed.order_key)}"))
    assert f"/orders/{signed_key(placed.order_key)}/withdrawal" not in page
    door = visitor().get(f"/orders/{signed_key(placed.order_key)}/withdrawal")
    assert "no right to withdraw" in text_of(door)
