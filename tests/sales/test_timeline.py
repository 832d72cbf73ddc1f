"""The timeline tells everything that happened to an order, and by whom."""

from datetime import timedelta
from uuid import uuid4

import pytest

from comptoir.catalog.models import Variant
from comptoir.common import clock
from comptoir.sales.course import course_of
from comptoir.sales.models import Refund, Return
from comptoir.sales.services import expire_orders
from comptoir.sales.services.accounts import add_cash_account
from comptoir.sales.services.cancel_order import cancel_by_buyer, cancel_by_shop
from comptoir.sales.services.close_return import exchange_return, refund_return
from comptoir.sales.services.give_back import confirm_given_back
from comptoir.sales.services.mark_delivered import mark_delivered
from comptoir.sales.services.refund_order import RefundPart, refund_order
from comptoir.sales.services.returns import answer_return, ask_return, receive_return
from comptoir.sales.services.ship_order import ship_lines
from comptoir.sales.services.take_cash import take_cash
from comptoir.sales.services.withdraw import declare_withdrawal
from comptoir.sales.timeline import KINDS, Who, timeline_of
from tests import cast
from tests.sales.after import bought, line_of, sent
from tests.sales.buying import Counted, basket, order_of, work

pytestmark = pytest.mark.django_db


@pytest.fixture
def cup() -> Variant:
    return cast.variant_of(cast.product(cast.maison_zinc(), "Tasse", price_minor=1000, stock=10))


def told(order: object) -> list[tuple[str, str, str]]:
    order.refresh_from_db()  # type: ignore[attr-defined]
    return [(m.kind, m.who.value, m.name) for m in timeline_of(order)]  # type: ignore[arg-type]


def test_the_whole_life_of_an_order(cup: Variant) -> None:
    order, zoe = bought((cup, 4), actor=cast.ines().actor), cast.zoe().user.pk
    line = line_of(order, cup).pk
    refund_order(
        order=order, refund_key=uuid4(), parts=[RefundPart(line, 1, restock=True)], by_id=zoe
    )
    ship_lines(order=order, quantities={line: 3}, carrier="La Poste", by_id=zoe)
    mark_delivered(order=order, shipment_id=order.shipments.get().pk)
    back = ask_return(order=order, pieces={line: 1}, reason="damaged")
    answer_return(giving_back=back, accept=True, send_to="ici", by_id=zoe)
    receive_return(giving_back=back, received={line: 1}, restock={}, by_id=zoe)
    refund_return(giving_back=Return.objects.get(), refund_key=uuid4(), by_id=zoe)
    declare_withdrawal(order=order, pieces={line: 1}, request_key=uuid4())
    work(only="sales.refund")
    kinds = [kind for kind, _who, _name in told(order) if kind not in {"invoiced", "credited"}]
    assert kinds == [
        "placed", "paid", "refund_due", "sent", "delivered", "return_asked", "return_accepted",
        "return_received", "refund_due", "withdrawn", "refunded", "refunded",
    ]  # fmt: skip
    by = {kind: (who, name) for kind, who, name in told(order)}
    assert by["placed"] == ("buyer", "")
    assert by["sent"] == by["refund_due"] == by["return_received"] == ("staff", "Zoé")
    assert by["delivered"] == ("shop", "")
    assert by["refunded"] == ("system", "")
    assert {kind for kind, _who, _name in told(order)} <= set(KINDS)


def test_an_exchange_is_told_on_both_orders(cup: Variant) -> None:
    order = sent((cup, 1))
    back = ask_return(order=order, pieces={line_of(order, cup).pk: 1}, reason="defective")
    answer_return(giving_back=back, accept=True, send_to="ici")
    other = exchange_return(giving_back=back, variant_id=cup.pk)
    (moment,) = [m for m in timeline_of(order) if m.kind == "exchanged"]
    assert moment.facts == {"number": other.number, "key": other.key}
    (accepted,) = [m for m in timeline_of(other) if m.kind == "accepted"]
    assert accepted.facts == {"exchange": True}


def test_who_called_it_off(cup: Variant) -> None:
    order = bought((cup, 1))
    cancel_by_shop(order=order, by_id=cast.zoe().user.pk)
    assert ("cancelled", "staff", "Zoé") in told(order)
    unpaid = order_of(basket((cup, 1)).sent())
    cancel_by_shop(order=unpaid)
    assert [m.who for m in timeline_of(unpaid)] == [Who.BUYER, Who.SHOP]


def test_no_payment_failed_when_a_person_called_it_off(cup: Variant) -> None:
    orders = [order_of(basket((cup, 1)).sent()) for _n in range(3)]
    cancel_by_shop(order=orders[0], by_id=cast.zoe().user.pk)
    cancel_by_buyer(order=orders[1])
    for order in orders[:2]:
        assert [kind for kind, _who, _name in told(order)] == ["placed", "cancelled"]
    with clock.travelled(timedelta(days=8)):
        expire_orders()
    kinds = [kind for kind, _who, _name in told(orders[2])]
    assert kinds == ["placed", "payment_failed", "cancelled"]


def test_cash_is_told_of_who_took_it(cup: Variant) -> None:
    add_cash_account(shop=cast.maison_zinc())
    pick_up = cast.pick_up(cast.maison_zinc())
    order = order_of(basket((cup, 1), method=pick_up, provider="cash").sent())
    take_cash(order=order, by_user_id=cast.zoe().user.pk)
    assert ("paid", "staff", "Zoé") in told(order)
    (paid,) = [m for m in timeline_of(order) if m.kind == "paid"]
    assert paid.facts == {"amount": 1000, "provider": "cash"}


def test_what_is_given_back_by_hand_is_the_shop_s_act(cup: Variant) -> None:
    by_bank = bought((cup, 1))  # before a till is there: the test bank is paused then
    add_cash_account(shop=cast.maison_zinc())
    pick_up = cast.pick_up(cast.maison_zinc())
    order = order_of(basket((cup, 1), method=pick_up, provider="cash").sent())
    take_cash(order=order, by_user_id=cast.zoe().user.pk)
    order.refresh_from_db()
    cancel_by_shop(order=order)
    refund = Refund.objects.get()
    confirm_given_back(shop_id=order.shop_id, refund_id=refund.pk, attempt=0)
    cancel_by_shop(order=by_bank)
    work(only="sales.refund")
    assert ("refunded", "shop", "") in told(order)
    assert ("refunded", "system", "") in told(by_bank)


def test_it_is_one_statement_and_the_course_a_few(cup: Variant) -> None:
    order = sent((cup, 2))
    with Counted() as one:
        timeline_of(order)
    assert len(one.statements) == 1
    for _n in range(2):
        ask_return(order=order, pieces={line_of(order, cup).pk: 1}, reason="fit")
    with Counted() as few:
        course_of(order)
    assert len(few.statements) <= 11
