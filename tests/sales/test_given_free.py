"""Pieces that cost nothing, because all of their price is taken off, given up alone."""

from typing import Any
from uuid import uuid4

import pytest
from django.core import mail

from comptoir.catalog.models import Variant
from comptoir.common.errors import Conflict, Refused
from comptoir.sales.models import Invoice, LedgerEntry, LineTally, Order, Payment, Refund, Return
from comptoir.sales.services.cancel_order import cancel_by_shop
from comptoir.sales.services.close_return import close_return
from comptoir.sales.services.refund_order import RefundPart, refund_order
from comptoir.sales.services.returns import answer_return, ask_return, receive_return
from comptoir.sales.services.ship_order import ship_order
from comptoir.sales.services.withdraw import declare_withdrawal
from comptoir.sales.timeline import timeline_of
from tests import cast
from tests.sales.after import bought, line_of, sent, tally_of
from tests.sales.buying import work
from tests.sales.machine.books import faults
from tests.sales.offering import offer

pytestmark = pytest.mark.django_db


@pytest.fixture
def dish() -> Variant:
    """At 30.00: it is paid."""
    return cast.variant_of(cast.product(cast.maison_zinc(), "Plat", price_minor=3000, stock=5))


@pytest.fixture
def gift() -> Variant:
    """At 10.00, all of which is taken off."""
    made = cast.product(cast.maison_zinc(), "Tasse", price_minor=1000, stock=5)
    offer(cast.maison_zinc(), value=10_000, product_ids=[made.pk])
    return cast.variant_of(made)


def given_up(order: Order, gift: Variant, key: Any = None, **more: Any) -> Refund:
    part = RefundPart(line_of(order, gift).pk, 1, **more)
    return refund_order(order=order, refund_key=key or uuid4(), parts=[part])


def is_whole(order: Order) -> bool:
    """No money moved, and no paper was issued for it."""
    work()
    payment = Payment.objects.get(order=order)
    entries = LedgerEntry.objects.filter(payment=payment).values_list("amount_minor", flat=True)
    return (
        (payment.status, payment.refund_due_minor) == ("captured", 0)
        and sum(entries) == order.total_minor
        and not Invoice.objects.filter(order=order, kind="credit_note").exists()
        and faults(at_last=True) == []
    )


@pytest.mark.parametrize(("restock", "left"), [(True, 5), (False, 4)])
def test_the_shop_gives_up_what_cost_nothing_before_it_is_sent(
    dish: Variant, gift: Variant, restock: bool, left: int
) -> None:
    order = bought((dish, 1), (gift, 1))
    refund = given_up(order, gift, restock=restock)
    assert (refund.amount_minor, refund.status) == (0, "done")
    assert cast.stock_of(gift) == (left, 0)
    ship_order(order=order)
    order.refresh_from_db()
    tally = tally_of(order, gift)
    assert (order.status, tally.sent, tally.called_off, tally.refunded) == ("shipped", 0, 1, 1)
    assert is_whole(order)


def test_the_shop_takes_back_at_once_what_cost_nothing(dish: Variant, gift: Variant) -> None:
    order = sent((dish, 1), (gift, 1))
    given_up(order, gift, restock=True)
    assert cast.stock_of(gift) == (5, 0)
    assert is_whole(order)


def test_the_same_form_again_gives_up_nothing_more(dish: Variant, gift: Variant) -> None:
    order = bought((dish, 2), (gift, 2))
    key = uuid4()
    assert given_up(order, gift, key).pk == given_up(order, gift, key).pk
    assert tally_of(order, gift).called_off == 1
    given_up(order, gift)
    with pytest.raises(Conflict, match="more_than_left"):
        given_up(order, gift)


def test_a_piece_that_was_paid_is_not_given_up_for_nothing(dish: Variant, gift: Variant) -> None:
    order = bought((dish, 1), (gift, 1))
    for quantity in (0, 1):
        part = RefundPart(line_of(order, dish).pk, quantity, amount_minor=0)
        with pytest.raises(Refused, match="nothing_to_refund"):
            refund_order(order=order, refund_key=uuid4(), parts=[part])
    assert not LineTally.objects.filter(line__order=order, restocked__gt=0).exists()


def test_the_buyer_reads_that_no_money_is_due(dish: Variant, gift: Variant) -> None:
    order = bought((dish, 1), (gift, 1), language="en")
    given_up(order, gift)
    work()
    (letter,) = mail.outbox
    assert letter.to == [order.email]
    assert "1 × Tasse" in letter.body
    assert "0.00" not in letter.body
    assert "no money is due" in letter.body
    assert [moment.kind for moment in timeline_of(order)][-1] == "given_up"


def test_what_is_left_after_it_can_still_be_called_off(dish: Variant, gift: Variant) -> None:
    order = bought((dish, 1), (gift, 1))
    given_up(order, gift, restock=True)
    cancel_by_shop(order=order)
    work()
    payment = Payment.objects.get(order=order)
    assert payment.refunded_minor == order.total_minor
    assert (cast.stock_of(dish), cast.stock_of(gift)) == ((5, 0), (5, 0))
    assert faults(at_last=True) == []


def test_the_buyer_withdraws_from_it_before_it_is_sent(dish: Variant, gift: Variant) -> None:
    order = bought((dish, 1), (gift, 1), language="en")
    made = declare_withdrawal(order=order, pieces={line_of(order, gift).pk: 1}, request_key=uuid4())
    assert (made.amount_minor, made.is_whole) == (0, False)
    assert cast.stock_of(gift) == (5, 0)
    assert "gives the money back" not in made.statement
    assert is_whole(order)
    told = [letter.body for letter in mail.outbox]
    assert not any("0.00 is given back" in body for body in told)


def test_the_buyer_withdraws_from_it_and_sends_it_back(dish: Variant, gift: Variant) -> None:
    order = sent((dish, 1), (gift, 1), language="en")
    line = line_of(order, gift).pk
    made = declare_withdrawal(order=order, pieces={line: 1}, request_key=uuid4())
    assert "sends the goods back" in made.statement
    assert "gives the money back" not in made.statement
    back = Return.objects.get(order=order)
    receive_return(giving_back=back, received={line: 1}, restock={line: 1})
    close_return(giving_back=back)
    assert cast.stock_of(gift) == (5, 0)
    assert is_whole(order)


def test_the_buyer_returns_it(dish: Variant, gift: Variant) -> None:
    order = sent((dish, 1), (gift, 1))
    line = line_of(order, gift).pk
    back = ask_return(order=order, pieces={line: 1}, reason="damaged")
    answer_return(giving_back=back, accept=True, send_to="1 rue du Port")
    receive_return(giving_back=back, received={line: 1}, restock={line: 0})
    close_return(giving_back=back)
    assert cast.stock_of(gift) == (4, 0)
    assert is_whole(order)
