"""The buyer withdraws: what goes back at once, what has to come back, what the law excepts."""

from datetime import timedelta
from hashlib import sha256
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from comptoir.catalog.models import Product, Variant
from comptoir.common import clock
from comptoir.common.errors import Conflict, Refused
from comptoir.sales.models import Order, OrderLine, Payment, Return, Withdrawal
from comptoir.sales.services.close_return import (
    close_return,
    exchange_return,
    refund_return,
)
from comptoir.sales.services.mark_delivered import mark_delivered
from comptoir.sales.services.refund_order import RefundPart, refund_order
from comptoir.sales.services.returns import answer_return, ask_return, receive_return
from comptoir.sales.services.ship_order import ship_lines, ship_order
from comptoir.sales.services.withdraw import declare_withdrawal
from tests import cast
from tests.sales.after import bought, line_of, sent, tally_of
from tests.sales.buying import work
from tests.sales.offering import offer

pytestmark = pytest.mark.django_db


@pytest.fixture
def cup() -> Variant:
    return cast.variant_of(cast.product(cast.maison_zinc(), "Tasse", price_minor=1000, stock=10))


@pytest.fixture
def bowl() -> Variant:
    return cast.variant_of(cast.product(cast.maison_zinc(), "Bol", price_minor=2000, stock=10))


def withdrawn(order: Order, *wanted: tuple[Variant, int], **more: Any) -> Withdrawal:
    pieces = {line_of(order, variant).pk: n for variant, n in wanted}
    return declare_withdrawal(
        order=order, pieces=pieces, request_key=more.pop("key", uuid4()), **more
    )


def delivered(*wanted: tuple[Variant, int], **more: Any) -> Order:
    order = sent(*wanted, **more)
    mark_delivered(order=order, shipment_id=order.shipments.get().pk)
    order.refresh_from_db()
    return order


def exempt(variant: Variant, exception: str) -> Variant:
    Product.objects.filter(pk=variant.product_id).update(withdrawal=exception)
    return variant


def test_before_anything_left_all_goes_back_at_once(cup: Variant) -> None:
    order = bought((cup, 2), actor=cast.ines().actor)
    made = withdrawn(order, (cup, 2), by_id=cast.ines().user.pk)
    work()
    order.refresh_from_db()
    assert (order.status, order.cancel_reason) == ("cancelled", "by_buyer")
    assert order.cancelled_by_id == cast.ines().user.pk
    assert (made.is_whole, made.amount_minor, made.delivery_minor) == (True, 2590, 590)
    assert Payment.objects.get(order=order).refunded_minor == 2590
    assert cast.stock_of(cup) == (10, 0)
    assert not Return.objects.exists()


def test_what_was_delivered_comes_back_then_its_money(cup: Variant, bowl: Variant) -> None:
    order = delivered((cup, 2), (bowl, 1))
    made = withdrawn(order, (cup, 1), (bowl, 1))
    assert (made.is_whole, made.amount_minor, made.delivery_minor) == (False, 3000, 0)
    assert made.refund_by == timezone.localdate(made.declared_at) + timedelta(days=14)
    back = Return.objects.get(withdrawal=made)
    assert (back.status, back.reason) == ("accepted", "withdrawal")
    lines = {line.line_id: line.quantity for line in back.lines.all()}
    assert Payment.objects.get(order=order).refund_due_minor == 0
    receive_return(giving_back=back, received=lines, restock={line_of(order, cup).pk: 1})
    assert cast.stock_of(cup) == (9, 0)
    assert cast.stock_of(bowl) == (9, 0)
    with pytest.raises(Conflict, match="money_due"):
        close_return(giving_back=back)
    refund = refund_return(giving_back=back, refund_key=uuid4())
    back.refresh_from_db()
    assert (refund.amount_minor, back.status, back.refund_id) == (3000, "closed", refund.pk)


def test_the_whole_of_a_sent_order_brings_the_delivery_back(cup: Variant) -> None:
    order = delivered((cup, 3))
    withdrawn(order, (cup, 1))
    last = withdrawn(order, (cup, 2))
    assert (last.is_whole, last.amount_minor) == (True, 2590)
    for back in Return.objects.order_by("pk"):
        refund_return(giving_back=back, refund_key=uuid4())
    assert Payment.objects.get(order=order).refund_due_minor == order.total_minor
    assert not Return.objects.filter(status="closed").exists()  # the pieces are still awaited


def test_a_part_that_left_and_a_part_that_did_not(cup: Variant) -> None:
    order = bought((cup, 3))
    ship_lines(order=order, quantities={line_of(order, cup).pk: 1})
    made = withdrawn(order, (cup, 3))
    order.refresh_from_db()
    assert (order.status, made.amount_minor) == ("shipped", 3590)
    assert Payment.objects.get(order=order).refund_due_minor == 2000
    assert cast.stock_of(cup) == (9, 0)
    refund_return(giving_back=Return.objects.get(), refund_key=uuid4())
    assert Payment.objects.get(order=order).refund_due_minor == 3590


def test_the_time_runs_from_the_last_parcel(cup: Variant) -> None:
    order = sent((cup, 2))
    with clock.travelled(timedelta(days=60)):  # nobody said that it arrived
        withdrawn(order, (cup, 1))
        mark_delivered(order=order, shipment_id=order.shipments.get().pk)
    with clock.travelled(timedelta(days=73)):
        withdrawn(order, (cup, 1))
    other = delivered((cup, 1))
    with clock.travelled(timedelta(days=21)), pytest.raises(Conflict) as refused:
        withdrawn(other, (cup, 1))
    assert (refused.value.code, refused.value.details["why"]) == ("not_open", "too_late")


@pytest.mark.parametrize("exception", ["personalised", "perishable", "digital"])
def test_what_the_law_excepts(cup: Variant, bowl: Variant, exception: str) -> None:
    exempt(cup, exception)
    order = delivered((cup, 1), (bowl, 1))
    with pytest.raises(Refused, match="exempt"):
        withdrawn(order, (cup, 1), (bowl, 1))
    made = withdrawn(order, (bowl, 1))
    assert (made.is_whole, made.delivery_minor) == (False, 0)
    alone = delivered((cup, 1))
    with pytest.raises(Conflict) as refused:
        withdrawn(alone, (cup, 1))
    assert refused.value.details["why"] == "all_exempt"


def test_sealed_goods_as_long_as_they_are_sealed(cup: Variant) -> None:
    order = delivered((exempt(cup, "sealed"), 1))
    assert line_of(order, cup).withdrawal == OrderLine.Exempt.SEALED
    with pytest.raises(Refused, match="seal_needed"):
        withdrawn(order, (cup, 1))
    withdrawn(order, (cup, 1), still_sealed=[line_of(order, cup).pk])


def test_an_exception_holds_as_it_was_shown_when_it_was_bought(cup: Variant) -> None:
    order = delivered((cup, 1))
    exempt(cup, "personalised")
    assert withdrawn(order, (cup, 1)).amount_minor > 0


def test_businesses_and_purchases_in_the_shop_have_no_such_right(cup: Variant) -> None:
    for changed, why in [
        ({"vat_number": "BE0"}, "business"),
        ({"delivery_kind": "counter"}, "in_shop"),
    ]:
        order = delivered((cup, 1))
        Order.objects.filter(pk=order.pk).update(**changed)
        with pytest.raises(Conflict) as refused:
            withdrawn(order, (cup, 1))
        assert refused.value.details["why"] == why


def test_nothing_twice_and_nothing_that_is_not_there(cup: Variant) -> None:
    order, key = delivered((cup, 2)), uuid4()
    first = withdrawn(order, (cup, 1), key=key)
    assert withdrawn(order, (cup, 1), key=key) == first
    for wanted, code in [(2, "more_than_left"), (0, "nothing_chosen"), (-1, "bad_quantity")]:
        with pytest.raises(Refused) as refused:
            withdrawn(order, (cup, wanted))
        assert refused.value.code == code
    withdrawn(order, (cup, 1))
    with pytest.raises(Conflict) as closed:
        withdrawn(order, (cup, 1))
    assert closed.value.details["why"] == "nothing_left"
    assert tally_of(order, cup).claimed == 2


def test_a_return_under_way_does_not_keep_from_withdrawing(cup: Variant) -> None:
    order = delivered((cup, 2))
    asked = ask_return(order=order, pieces={line_of(order, cup).pk: 2}, reason="fit")
    withdrawn(order, (cup, 2))
    asked.refresh_from_db()
    assert asked.status == "closed"
    assert tally_of(order, cup).claimed == 2


@pytest.mark.parametrize("settled", ["refunded", "exchanged"])
def test_what_was_made_good_before_it_is_back_is_not_paid_twice(cup: Variant, settled: str) -> None:
    order = delivered((cup, 2))
    back = ask_return(order=order, pieces={line_of(order, cup).pk: 1}, reason="defective")
    answer_return(giving_back=back, accept=True, send_to="1 rue du Port")
    if settled == "refunded":
        refund_return(giving_back=back, refund_key=uuid4())
    else:
        exchange_return(giving_back=back, variant_id=cup.pk)
    with pytest.raises(Conflict, match="more_than_left"):
        withdrawn(order, (cup, 2))
    made = withdrawn(order, (cup, 1))
    assert made.lines.get().amount_minor == 1000
    back.refresh_from_db()
    assert (back.status, tally_of(order, cup).claimed) == ("accepted", 2)


def test_no_receipt_promises_what_another_one_promised(cup: Variant) -> None:
    """Of two pieces of 10.00 after a gesture of 6.00, 14.00 are left in all."""
    order = delivered((cup, 2))
    gesture = RefundPart(line_of(order, cup).pk, 0, 600)
    refund_order(order=order, refund_key=uuid4(), parts=[gesture])
    assert [withdrawn(order, (cup, 1)).amount_minor for _n in "ab"] == [1000, 400 + 590]
    for back in Return.objects.order_by("pk"):
        refund_return(giving_back=back, refund_key=uuid4())
    assert Payment.objects.get(order=order).refund_due_minor == order.total_minor


def test_piece_by_piece_the_whole_line_is_promised(cup: Variant) -> None:
    """Three pieces that came to 10.00 in all."""
    offer(cup.product.shop, kind="amount", value=2000)
    order = delivered((cup, 3))
    amounts = [withdrawn(order, (cup, 1)) for _n in range(3)]
    assert [made.amount_minor - made.delivery_minor for made in amounts] == [333, 333, 334]


def test_the_delivery_is_promised_once(cup: Variant, bowl: Variant) -> None:
    """A return that the shop refuses may be withdrawn from after all the rest was."""
    order = delivered((cup, 1), (bowl, 1))
    asked = ask_return(order=order, pieces={line_of(order, cup).pk: 1}, reason="fit")
    assert withdrawn(order, (bowl, 1)).delivery_minor == 590
    answer_return(giving_back=asked, accept=False, words="Worn.")
    assert withdrawn(order, (cup, 1)).delivery_minor == 0


def test_the_receipt_says_all_and_keeps_its_digest(cup: Variant) -> None:
    order = delivered((cup, 1), language="en")
    made = withdrawn(order, (cup, 1), name="Inès L.")
    for told in (
        "Inès L. <ines@example.org>",
        order.number,
        "1 × Tasse",
        "€15.90",
        "Receipt",
        ", France",
    ):
        assert told in made.statement
    assert made.declared_at.astimezone().isoformat()[:4] in made.statement
    assert sha256(made.statement.encode()).hexdigest() == made.digest


def test_a_withdrawal_in_time_stands_when_the_parcel_leaves_after(cup: Variant) -> None:
    order = bought((cup, 2))
    withdrawn(order, (cup, 1))
    parcel = ship_order(order=order)
    assert [line.quantity for line in parcel.lines.all()] == [1]
