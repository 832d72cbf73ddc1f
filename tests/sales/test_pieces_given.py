"""Pieces bought and pieces given, on lines of their own: what is given back is what was paid."""

from itertools import permutations
from uuid import uuid4

import pytest
from django.core import mail

from comptoir.catalog.models import Variant
from comptoir.sales.links import signed_key
from comptoir.sales.models import Invoice, Order, Refund, Return
from comptoir.sales.services.cancel_order import cancel_by_shop
from comptoir.sales.services.close_return import refund_return
from comptoir.sales.services.refund_order import RefundPart, refund_order
from comptoir.sales.services.returns import receive_return
from comptoir.sales.services.withdraw import declare_withdrawal
from tests import cast
from tests.sales.after import bought, line_of, sent
from tests.sales.buying import basket, order_of, work
from tests.sales.machine.books import faults
from tests.sales.offering import offer
from tests.web.visiting import browser_of, text_of, visitor

pytestmark = pytest.mark.django_db

POST = 590


@pytest.fixture
def dish() -> Variant:
    """At 30.00, VAT of 20 %."""
    return cast.variant_of(cast.product(cast.maison_zinc(), "Plat", price_minor=3000, stock=5))


@pytest.fixture
def jam() -> Variant:
    """At 10.00, VAT of 5.5 %, and given for each dish."""
    shop = cast.maison_zinc()
    made = cast.product(shop, "Confiture", price_minor=1000, stock=5, vat_rate_bp=550)
    offer(shop, name="La confiture offerte", kind="buy_x_get_y", value=10_000,
          buy_quantity=1, get_quantity=1)  # fmt: skip
    return cast.variant_of(made)


def given_back(order: Order) -> list[int]:
    """Amounts of its refunds, in order, once the bank has made them."""
    work()
    assert faults(at_last=True) == []
    refunds = Refund.objects.filter(payment__order=order).order_by("pk")
    return list(refunds.values_list("amount_minor", flat=True))


def credited_to_the_cent(order: Order) -> bool:
    """Whether the credit notes take back, by rate, what the invoice says."""
    papers = Invoice.objects.filter(order=order)
    invoice, notes = papers.get(kind="invoice"), papers.filter(kind="credit_note")
    return all(
        sum(getattr(note, amount) for note in notes) == getattr(invoice, amount)
        for amount in ("total_minor", "net_minor", "vat_minor")
    )


def test_what_is_taken_off_stands_on_both_lines_and_the_total_is_the_same(
    dish: Variant, jam: Variant
) -> None:
    order = order_of(basket((dish, 1), (jam, 1)).sent())
    assert (order.items_minor, order.discount_minor, order.total_minor) == (4000, 1000, 3590)
    assert [line.total_minor for line in order.lines.order_by("position")] == [2250, 750]
    assert [line.vat_minor for line in order.lines.order_by("position")] == [375, 39]


@pytest.mark.parametrize("first", [0, 1])
def test_who_sends_one_back_is_given_its_share_and_then_the_other_s(
    dish: Variant, jam: Variant, first: int
) -> None:
    order = sent((dish, 1), (jam, 1))
    shares = [(dish, 2250), (jam, 750)]
    for variant, _share in (shares[first], shares[1 - first]):
        line = line_of(order, variant).pk
        declare_withdrawal(order=order, pieces={line: 1}, request_key=uuid4())
        back = Return.objects.exclude(status="closed").get()
        receive_return(giving_back=back, received={line: 1}, restock={line: 1})
        refund_return(giving_back=back, refund_key=uuid4())
    assert given_back(order) == [shares[first][1], shares[1 - first][1] + POST]
    assert credited_to_the_cent(order)


@pytest.mark.parametrize("turns", sorted(set(permutations("ddjj"))))
def test_piece_by_piece_in_any_order_all_comes_back_and_no_more(
    dish: Variant, jam: Variant, turns: tuple[str, ...]
) -> None:
    order = bought((dish, 2), (jam, 2))
    lines = {"d": line_of(order, dish).pk, "j": line_of(order, jam).pk}
    for turn in turns[:-1]:
        refund_order(order=order, refund_key=uuid4(), parts=[RefundPart(lines[turn], 1)])
    cancel_by_shop(order=order)
    paid = {"d": 2250, "j": 750}
    left = paid[turns[-1]] + order.delivery_minor
    assert given_back(order) == [*(paid[turn] for turn in turns[:-1]), left]
    assert credited_to_the_cent(order)


def test_a_piece_called_off_before_it_is_sent_is_given_back_at_its_share(
    dish: Variant, jam: Variant
) -> None:
    order = bought((dish, 1), (jam, 1))
    made = declare_withdrawal(order=order, pieces={line_of(order, dish).pk: 1}, request_key=uuid4())
    assert made.amount_minor == 2250
    assert given_back(order) == [2250]


def test_the_offer_is_named_wherever_the_order_is_told(dish: Variant, jam: Variant) -> None:
    placed = basket((dish, 1), (jam, 1), language="en", instrument="card_ok").sent()
    work()
    order = order_of(placed)
    page = text_of(visitor().get(f"/orders/{signed_key(order.key)}"))
    assert "Offers: La confiture offerte" in page
    assert "shared over all of them" in page
    assert "discount of €7.50 taken off" in page
    desk = text_of(browser_of(cast.zoe()).get(f"/counter/maison_zinc/orders/{order.number}"))
    assert "La confiture offerte" in desk
    letter = next(each for each in mail.outbox if each.to == [order.email])
    assert "La confiture offerte" in letter.body
    assert "Offers: La confiture offerte" in Invoice.objects.get().xml
