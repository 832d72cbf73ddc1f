"""Refunds of a part: to the unit, never beyond what was paid, and pieces where they belong."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from comptoir.catalog.models import Product, Variant
from comptoir.common.errors import Conflict, Refused
from comptoir.sales.models import Order, Payment, Refund
from comptoir.sales.services.cancel_order import cancel_by_shop
from comptoir.sales.services.refund_order import RefundPart, refund_order
from comptoir.sales.services.ship_order import ship_lines, ship_order
from comptoir.sales.services.withdraw import declare_withdrawal
from tests import cast
from tests.sales.after import bought, line_of, sent, tally_of
from tests.sales.buying import work

pytestmark = pytest.mark.django_db


@pytest.fixture
def cup() -> Variant:
    """3 for 10.00 each with 5.90 by post."""
    return cast.variant_of(cast.product(cast.maison_zinc(), "Tasse", price_minor=1000, stock=10))


def refunded(order: Order, *parts: RefundPart, **more: Any) -> Refund:
    return refund_order(order=order, refund_key=more.pop("key", uuid4()), parts=parts, **more)


def owed(order: Order) -> tuple[int, int]:
    payment = Payment.objects.get(order=order)
    return payment.refund_due_minor, payment.refunded_minor


def test_a_piece_given_up_before_it_is_sent(cup: Variant) -> None:
    order = bought((cup, 3))
    line = line_of(order, cup)
    refund = refunded(order, RefundPart(line.pk, 1, restock=True), by_id=cast.zoe().user.pk)
    assert (refund.amount_minor, refund.by_id) == (1000, cast.zoe().user.pk)
    assert cast.stock_of(cup) == (8, 0)
    work()
    assert owed(order) == (1000, 1000)
    ship_order(order=order)
    tally = tally_of(order, cup)
    assert (tally.sent, tally.called_off, tally.restocked, tally.refunded) == (2, 1, 1, 1)


def test_pieces_that_are_broken_do_not_go_on_the_shelf(cup: Variant) -> None:
    order = bought((cup, 3))
    refunded(order, RefundPart(line_of(order, cup).pk, 1))
    assert cast.stock_of(cup) == (7, 0)
    cancel_by_shop(order=order)
    work()
    assert cast.stock_of(cup) == (9, 0)
    assert owed(order) == (order.total_minor, order.total_minor)


def test_a_gesture_leaves_the_pieces_sold(cup: Variant) -> None:
    order = sent((cup, 3))
    line = line_of(order, cup)
    refund = refunded(order, RefundPart(line.pk, amount_minor=250), delivery_minor=590)
    assert refund.amount_minor == 840
    assert sum(one.amount_minor for one in refund.lines.all()) == 840
    assert tally_of(order, cup).refunded == 0
    assert cast.stock_of(cup) == (7, 0)


def test_the_shares_of_a_line_add_up_to_the_unit() -> None:
    odd = cast.variant_of(
        cast.product(cast.maison_zinc(), "Lot", price_minor=1000, stock=10, sale_price_minor=333)
    )
    order = sent((odd, 7))
    line = line_of(order, odd)
    given = [refunded(order, RefundPart(line.pk, n)).amount_minor for n in (2, 2, 3)]
    assert sum(given) == line.total_minor == 7 * 333
    with pytest.raises(Conflict, match="more_than_left"):
        refunded(order, RefundPart(line.pk, 1))


def test_never_more_than_was_paid(cup: Variant) -> None:
    order = sent((cup, 3))
    line = line_of(order, cup)
    for parts, delivery, code in [
        ([RefundPart(line.pk, 4)], 0, "more_than_bought"),
        ([RefundPart(line.pk, 0, 3001)], 0, "more_than_left"),
        ([], 591, "more_than_left"),
        ([RefundPart(line.pk, 0, -1)], 0, "bad_amount"),
        ([RefundPart(line.pk, -1)], 0, "bad_quantity"),
        ([RefundPart(line.pk + 999, 1)], 0, "no_such_line"),
        ([], 0, "nothing_to_refund"),
    ]:
        with pytest.raises(Refused) as refused:
            refunded(order, *parts, delivery_minor=delivery)
        assert refused.value.code == code
    refunded(order, RefundPart(line.pk, 3), delivery_minor=590)
    assert owed(order) == (3590, 0)
    with pytest.raises(IntegrityError), transaction.atomic():
        Payment.objects.filter(order=order).update(refund_due_minor=3591)


def test_the_same_form_twice_is_one_refund(cup: Variant) -> None:
    order, key = sent((cup, 3)), uuid4()
    part = RefundPart(line_of(order, cup).pk, 1)
    first = refunded(order, part, key=key, delivery_minor=100)
    assert refunded(order, part, key=key, delivery_minor=100) == first
    assert Refund.objects.count() == 1
    less, more = RefundPart(part.line_id, 1, 999), RefundPart(part.line_id, 2)
    for asked, delivery in ((part, 200), (less, 100), (more, 100)):
        with pytest.raises(Conflict, match="refund_key_reused"):
            refunded(order, asked, key=key, delivery_minor=delivery)
    other = sent((cup, 1))
    with pytest.raises(Conflict, match="refund_key_reused"):
        refunded(other, RefundPart(line_of(other, cup).pk, 1), key=key)


def test_the_last_pieces_are_called_off_by_cancelling(cup: Variant) -> None:
    order = bought((cup, 2))
    line = line_of(order, cup)
    with pytest.raises(Refused, match="cancel_instead"):
        refunded(order, RefundPart(line.pk, 2))
    ship_lines(order=order, quantities={line.pk: 1})
    refunded(order, RefundPart(line.pk, 1))
    order.refresh_from_db()
    assert order.status == "shipped"


def test_nothing_is_refunded_of_what_nobody_paid(cup: Variant) -> None:
    free = cast.variant_of(cast.product(cast.maison_zinc(), "Cadeau", price_minor=0))
    gift = bought((free, 1), method=cast.pick_up(cast.maison_zinc()))
    off = bought((cup, 1))
    cancel_by_shop(order=off)
    for order, variant in [(gift, free), (off, cup)]:
        with pytest.raises(Conflict, match="not_refundable"):
            refunded(order, RefundPart(line_of(order, variant).pk, 1))


def test_a_line_that_cost_nothing_is_given_up_by_itself(cup: Variant) -> None:
    gift = cast.variant_of(cast.product(cast.maison_zinc(), "Cadeau", price_minor=0, stock=4))
    order = bought((cup, 1), (gift, 2))
    refund = refunded(order, RefundPart(line_of(order, gift).pk, 2, restock=True))
    assert (refund.amount_minor, refund.status, owed(order)) == (0, "done", (0, 0))
    ship_order(order=order)
    assert (tally_of(order, gift).sent, cast.stock_of(gift)) == (0, (4, 0))


@pytest.mark.parametrize("restock", [True, False])
def test_an_order_with_a_file_that_was_refunded_can_be_cancelled(
    cup: Variant, *, restock: bool
) -> None:
    file = cast.variant_of(cast.product(cast.maison_zinc(), "Patron", price_minor=500, stock=10))
    Product.objects.filter(pk=file.product_id).update(digital=True, withdrawal="digital")
    order = bought((cup, 1), (file, 1))
    refunded(order, RefundPart(line_of(order, file).pk, 1, restock=restock))
    cancel_by_shop(order=order)
    assert owed(order)[0] == order.total_minor
    assert cast.stock_of(cup) == (10, 0)
    assert cast.stock_of(file) == (10 if restock else 9, 0)


@pytest.mark.parametrize("by_buyer", [True, False])
def test_an_order_of_which_files_alone_are_left_waits_for_no_parcel(
    cup: Variant, *, by_buyer: bool
) -> None:
    file = cast.variant_of(cast.product(cast.maison_zinc(), "Patron", price_minor=500))
    Product.objects.filter(pk=file.product_id).update(digital=True, withdrawal="digital")
    order = bought((cup, 2), (file, 1))
    line = line_of(order, cup).pk
    if by_buyer:
        declare_withdrawal(order=order, pieces={line: 2}, request_key=uuid4())
    else:
        refunded(order, RefundPart(line, 2, restock=True))
    order.refresh_from_db()
    # All that was to be sent is withdrawn from: its delivery is due by law (art. L221-24).
    assert (order.status, owed(order)[0]) == ("delivered", 2590 if by_buyer else 2000)
    assert cast.stock_of(cup) == (10, 0)
