"""Acts after payment at the same moment, each with a connection of its own."""

from collections import Counter
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction

from comptoir.catalog.models import Variant
from comptoir.common.errors import Refused
from comptoir.sales.models import LineTally, OrderLine, Payment, Refund, Shipment, Withdrawal
from comptoir.sales.services.cancel_order import cancel_by_shop
from comptoir.sales.services.close_return import exchange_return, refund_return
from comptoir.sales.services.refund_order import RefundPart, refund_order
from comptoir.sales.services.returns import answer_return, ask_return, receive_return
from comptoir.sales.services.ship_order import ship_lines, ship_order
from comptoir.sales.services.withdraw import declare_withdrawal
from tests import cast
from tests.common.two_connections import at_once, behind
from tests.sales.after import bought, line_of, sent, tally_of
from tests.sales.buying import work

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cup() -> Variant:
    return cast.variant_of(cast.product(cast.maison_zinc(), "Tasse", price_minor=1000, stock=10))


def codes(results: list[Any]) -> Counter[str]:
    """How many were done, and the codes of the others; any other error fails."""
    wrong = [r for r in results if isinstance(r, Exception) and not isinstance(r, Refused)]
    assert wrong == []
    return Counter(r.code if isinstance(r, Refused) else "done" for r in results)


def test_refunds_at_the_same_moment_never_pass_what_was_paid(cup: Variant) -> None:
    """Survival 16: eight times two pieces of three, each from a form of its own."""
    order = sent((cup, 3))
    part = RefundPart(line_of(order, cup).pk, 2)
    works = [
        partial(refund_order, order=order, refund_key=uuid4(), parts=[part]) for _n in range(8)
    ]
    assert codes(at_once(works)) == {"done": 1, "more_than_left": 7}
    work()
    payment = Payment.objects.get(order=order)
    assert payment.refund_due_minor == payment.refunded_minor == 2000
    assert tally_of(order, cup).refunded == 2
    assert Refund.objects.count() == 1


def test_one_form_sent_eight_times_is_one_refund(cup: Variant) -> None:
    order, key = sent((cup, 3)), uuid4()
    part = RefundPart(line_of(order, cup).pk, 1)
    results = at_once([partial(refund_order, order=order, refund_key=key, parts=[part])] * 8)
    assert codes(results) == {"done": 8}
    assert len({refund.pk for refund in results}) == 1
    assert Payment.objects.get(order=order).refund_due_minor == 1000


def test_gestures_at_the_same_moment(cup: Variant) -> None:
    order = sent((cup, 1))
    line = line_of(order, cup).pk
    works = [
        partial(refund_order, order=order, refund_key=uuid4(), parts=[RefundPart(line, 0, 400)])
        for _n in range(6)
    ]
    assert codes(at_once(works)) == {"done": 2, "more_than_left": 4}
    assert tally_of(order, cup).refunded_minor == 800


def test_parcels_at_the_same_moment_hold_each_piece_once(cup: Variant) -> None:
    order = bought((cup, 3))
    pieces = {line_of(order, cup).pk: 2}
    works = [partial(ship_lines, order=order, quantities=pieces) for _n in range(6)]
    assert codes(at_once(works)) == {"done": 1, "more_than_left": 5}
    assert tally_of(order, cup).sent == 2
    assert Shipment.objects.count() == 1


def test_shipping_cancelling_refunding_and_withdrawing_at_the_same_moment(cup: Variant) -> None:
    """Whatever wins, pieces and money agree."""
    for _n in range(4):
        order = bought((cup, 1))
        line = line_of(order, cup).pk
        results = at_once(
            [
                partial(ship_order, order=order),
                partial(cancel_by_shop, order=order),
                partial(
                    refund_order,
                    order=order,
                    refund_key=uuid4(),
                    parts=[RefundPart(line, 1, restock=True)],
                    delivery_minor=590,
                ),
                partial(declare_withdrawal, order=order, pieces={line: 1}, request_key=uuid4()),
            ]
        )
        codes(results)
        work()
        tally, payment = tally_of(order, cup), Payment.objects.get(order=order)
        order.refresh_from_db()
        assert tally.sent + tally.called_off == 1
        assert payment.refunded_minor == payment.refund_due_minor <= payment.captured_minor
        if order.status == "cancelled":
            assert (tally.called_off, payment.refunded_minor) == (1, 1590)
    sold = sum(OrderLine.objects.values_list("quantity", flat=True))
    back = sum(LineTally.objects.values_list("restocked", flat=True))
    assert cast.stock_of(cup) == (10 - sold + back, 0)


def test_one_withdrawal_of_the_same_pieces(cup: Variant) -> None:
    order = sent((cup, 2))
    pieces = {line_of(order, cup).pk: 2}
    works = [
        partial(declare_withdrawal, order=order, pieces=pieces, request_key=uuid4())
        for _n in range(6)
    ]
    assert codes(at_once(works)) == {"done": 1, "not_open": 5}
    assert Withdrawal.objects.count() == 1


def test_a_return_ends_once(cup: Variant) -> None:
    """Refunded and exchanged at the same moment: one of them."""
    order = sent((cup, 1))
    back = ask_return(order=order, pieces={line_of(order, cup).pk: 1}, reason="damaged")
    answer_return(giving_back=back, accept=True, send_to="1 rue du Port")
    money = [partial(refund_return, giving_back=back, refund_key=uuid4()) for _n in range(3)]
    done = at_once([*money, *[partial(exchange_return, giving_back=back, variant_id=cup.pk)] * 3])
    back.refresh_from_db()
    assert (back.refund_id is None) != (back.exchange_order_id is None)
    expected = 1 if back.refund_id else 3
    assert codes(done) == {"done": expected, "not_open": 6 - expected}


def test_pieces_come_back_while_their_exchange_is_called_off(cup: Variant) -> None:
    """Whoever is first, what came back waits for its money once more."""
    order = sent((cup, 1))
    line = line_of(order, cup).pk
    back = ask_return(order=order, pieces={line: 1}, reason="damaged")
    answer_return(giving_back=back, accept=True, send_to="1 rue du Port")
    exchange = exchange_return(giving_back=back, variant_id=cup.pk)
    with transaction.atomic():
        receive_return(giving_back=back, received={line: 1}, restock={})
        called_off = behind(partial(cancel_by_shop, order=exchange))
    assert called_off() is None
    back.refresh_from_db()
    assert (back.status, back.exchange_order_id) == ("received", None)
    assert refund_return(giving_back=back, refund_key=uuid4()).amount_minor == 1000
