"""Many at once, each with a connection of their own."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

import pytest
from django.core import mail
from django.db import connection, transaction
from django.db.models import Sum

from comptoir.catalog.models import StockItem
from comptoir.common import clock
from comptoir.common.errors import Refused
from comptoir.people.actor import ANYONE
from comptoir.sales.adapters.sandbox_bank import bank_notice
from comptoir.sales.models import BankCharge, Offer, Order, OrderLine, Payment, Refund
from comptoir.sales.services import (
    Placed,
    cancel_by_buyer,
    cancel_by_shop,
    expire_orders,
    give_back,
    take_webhook,
)
from comptoir.sales.services.come_back import come_back
from tests import cast
from tests.common.two_connections import who_wait
from tests.sales.buying import EXPIRED, Basket, at_bank, basket, charge_of, order_of, work
from tests.sales.machine.books import faults
from tests.sales.offering import offer

pytestmark = pytest.mark.django_db(transaction=True)

Result = TypeVar("Result")


def all_at_once(deeds: Sequence[Callable[[], Result]], at_a_time: int = 16) -> list[Result | str]:
    """Results in order, or the code of a refusal; any other error fails the test."""
    gate = threading.Barrier(min(at_a_time, len(deeds)))
    first = threading.local()

    def do(deed: Callable[[], Result]) -> Result | str:
        if not getattr(first, "passed", False):
            first.passed = True
            gate.wait(timeout=30)
        try:
            return deed()
        except Refused as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=gate.parties) as pool:
        return list(pool.map(do, deeds))


def approve_and_return(placed: Placed) -> None:
    at_bank(placed, "approve")
    come_back(order=order_of(placed))


def buy(wanted: Basket) -> Placed:
    """Places it, approves at the bank and comes back, as one buyer does."""
    placed = wanted.sent()
    approve_and_return(placed)
    return placed


def test_64_buyers_race_for_the_last_10_pieces() -> None:
    """Survival 1."""
    corkscrew = cast.variant_of(cast.product(cast.maison_zinc(), stock=10))
    wanted = [basket((corkscrew, 1), email=f"buyer{n}@example.org") for n in range(64)]
    results = all_at_once([partial(buy, each) for each in wanted])
    codes = Counter(result for result in results if isinstance(result, str))
    assert codes == {"sold_out": 54}
    assert cast.stock_of(corkscrew) == (0, 0)
    numbers = sorted(Order.objects.filter(status="paid").values_list("number", flat=True))
    assert [int(number[5:]) for number in numbers] == list(range(1, 11))
    assert BankCharge.objects.filter(status="charged").count() == 10
    assert (
        sum(OrderLine.objects.filter(order__status="paid").values_list("quantity", flat=True)) == 10
    )


def test_the_last_piece_goes_to_one_of_twelve() -> None:
    """Survival 1."""
    corkscrew = cast.variant_of(cast.product(cast.maison_zinc(), stock=1))
    wanted = [basket((corkscrew, 1)) for _n in range(12)]
    results = all_at_once([each.sent for each in wanted])
    assert sum(isinstance(result, Placed) for result in results) == 1
    assert cast.stock_of(corkscrew) == (0, 1)
    assert BankCharge.objects.count() == 1


def test_the_same_checkout_sent_eight_times_at_once() -> None:
    """Survival 5: of the last piece, so that the second one finds none."""
    corkscrew = cast.variant_of(cast.product(cast.maison_zinc(), stock=1))
    wanted = basket((corkscrew, 1))
    results = all_at_once([wanted.sent] * 8)
    assert all(isinstance(result, Placed) for result in results)
    assert len({r.order_key for r in results if isinstance(r, Placed)}) == 1
    assert len({r.redirect_url for r in results if isinstance(r, Placed)}) == 1
    assert (Order.objects.count(), Payment.objects.count()) == (1, 1)
    assert BankCharge.objects.count() == 1
    assert cast.stock_of(corkscrew) == (0, 1)


def test_the_same_key_with_two_bodies_at_once() -> None:
    """Survival 6: one is placed, the other is a conflict."""
    corkscrew = cast.variant_of(cast.product(cast.maison_zinc(), stock=10))
    one = basket((corkscrew, 1))
    two = basket((corkscrew, 2), key=one.key)
    results = all_at_once([one.sent, two.sent] * 4)
    codes = Counter(result for result in results if isinstance(result, str))
    assert codes == {"checkout_key_reused": 4}
    assert Order.objects.count() == 1


def test_baskets_with_the_same_items_in_reversed_order() -> None:
    """Survival 4: no deadlock, and each of the 40 orders is placed and paid."""
    at = cast.maison_zinc()
    things = [cast.variant_of(cast.product(at, f"Objet {n}", stock=100)) for n in range(4)]
    there = [(thing, 1) for thing in things]
    wanted = [basket(*there) if n % 2 else basket(*reversed(there)) for n in range(40)]
    results = all_at_once([partial(buy, each) for each in wanted], at_a_time=8)
    assert all(isinstance(result, Placed) for result in results)
    assert [cast.stock_of(thing) for thing in things] == [(60, 0)] * 4
    assert Order.objects.filter(status="paid").count() == 40


def test_return_and_webhooks_at_the_same_moment() -> None:
    """Survival 7: during the return."""
    at = cast.maison_zinc()
    corkscrew = cast.variant_of(cast.product(at, stock=20))
    for _n in range(5):
        placed = basket((corkscrew, 1)).sent()
        at_bank(placed, "approve")
        headers, body = bank_notice(charge_of(placed).reference)
        hear = partial(take_webhook, provider="sandbox", headers=headers, body=body)
        back = partial(come_back, order=order_of(placed))
        results: list[object] = all_at_once([hear, back, hear, back, hear, back])
        assert not any(type(result) is str for result in results)
    work()
    assert Order.objects.filter(status="paid").count() == 5
    assert cast.stock_of(corkscrew) == (15, 0)
    assert len(mail.outbox) == 10
    assert Payment.objects.aggregate(sum=Sum("captured_minor"))["sum"] == 5 * 1880


def test_paying_cancelling_and_expiring_at_the_same_moment() -> None:
    """Whatever wins, money and pieces agree: paid and taken, or given back."""
    corkscrew = cast.variant_of(cast.product(cast.maison_zinc(), stock=30))
    placed = [basket((corkscrew, 1)).sent() for _n in range(12)]
    Order.objects.update(pay_until="2020-01-01T00:00:00Z")
    deeds: list[Callable[[], object]] = []
    for each in placed:
        order = order_of(each)
        deeds += [
            partial(approve_and_return, each),
            partial(cancel_by_buyer, order=order),
            expire_orders,
            partial(cancel_by_shop, order=order),
        ]
    all_at_once(deeds, at_a_time=8)
    work()
    for each in placed:
        order = order_of(each)
        payment, charge = order.payments.get(), charge_of(each)
        if order.status == "paid":
            assert (charge.status, charge.refunded_minor) == ("charged", 0)
        else:
            assert order.status == "cancelled"
            assert charge.refunded_minor == (1880 if charge.status == "charged" else 0)
        kept = payment.captured_minor - payment.refunded_minor
        at_the_bank = charge.amount_minor if charge.status == "charged" else 0
        assert kept == at_the_bank - charge.refunded_minor
    sold = OrderLine.objects.filter(order__status="paid").aggregate(sum=Sum("quantity"))["sum"]
    assert cast.stock_of(corkscrew) == (30 - (sold or 0), 0)


def test_a_member_and_a_guest_are_never_taken_for_each_other() -> None:
    """The checkout key alone does not open another's order."""
    corkscrew = cast.variant_of(cast.product(cast.maison_zinc()))
    mine = basket((corkscrew, 1), actor=cast.ines().actor)
    theirs = basket((corkscrew, 1), actor=ANYONE, key=mine.key)
    results = all_at_once([mine.sent, theirs.sent])
    assert [r for r in results if isinstance(r, str)] == ["checkout_key_reused"]


def test_refunds_at_the_same_moment() -> None:
    """Survival 16: called off eight times and given back eight times, it is refunded once."""
    corkscrew = cast.variant_of(cast.product(cast.maison_zinc(), stock=5))
    placed = buy(basket((corkscrew, 2)))
    order = order_of(placed)
    codes = all_at_once([partial(cancel_by_shop, order=order)] * 8)
    assert Counter(codes) == {None: 1, "not_cancellable": 7}
    refund = Refund.objects.get()
    written = all_at_once([partial(give_back, refund_id=refund.pk)] * 8)
    assert Counter(written) == {True: 1, False: 7}
    payment = Payment.objects.get()
    assert payment.refunded_minor == payment.captured_minor == charge_of(placed).refunded_minor
    assert cast.stock_of(corkscrew) == (5, 0)


def test_late_money_and_new_buyers_at_the_same_moment() -> None:
    """Survival 10: two uses of a code are left, and three pieces, for four who paid late and four
    who come now; whoever gets none has their money back, or was never asked for it."""
    corkscrew = cast.variant_of(cast.product(cast.maison_zinc(), stock=4))
    made = offer(cast.maison_zinc(), code="DEUX", limit_total=4)
    late = [
        basket((corkscrew, 1), codes=("DEUX",), email=f"late{n}@example.org").sent()
        for n in range(4)
    ]
    with clock.travelled(EXPIRED):
        expire_orders()
    StockItem.objects.update(available=3)
    Offer.objects.filter(pk=made.pk).update(limit_total=2)
    now = [basket((corkscrew, 1), codes=("DEUX",), email=f"now{n}@example.org") for n in range(4)]
    deeds: list[Callable[[], object]] = [partial(approve_and_return, each) for each in late]
    deeds += [partial(buy, each) for each in now]
    results: list[object] = all_at_once(deeds, at_a_time=8)
    refusals = {result for result in results if isinstance(result, str)}
    assert refusals <= {"sold_out", "offer_used_up", "total_changed"}
    work()
    sold = Order.objects.filter(status="paid").count()
    made.refresh_from_db()
    assert made.uses == sold == 2
    assert cast.stock_of(corkscrew) == (1, 0)
    for charge in BankCharge.objects.filter(status="charged"):
        order = Order.objects.get(payments__key=charge.key)
        kept = 0 if order.status == "cancelled" else order.total_minor
        assert charge.amount_minor - charge.refunded_minor == kept
    assert faults() == []


def test_a_deadlock_with_something_else_is_tried_again_unseen() -> None:
    """Survival 4: another writer locks the same items the other way round, and wins."""
    at = cast.maison_zinc()
    low, high = (cast.variant_of(cast.product(at, f"Objet {n}", stock=5)) for n in range(2))
    wanted = basket((low, 1), (high, 1))
    has_high, before = threading.Event(), deadlocks_seen()

    def other_writer() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL deadlock_timeout = '1min'")  # the order finds it out first
            cursor.execute(LOCK_ITEM, [high.pk])
            has_high.set()
            until(lambda: bool(who_wait()))
            cursor.execute(LOCK_ITEM, [low.pk])

    def buyer() -> Placed:
        has_high.wait(timeout=30)
        return wanted.sent()

    results: list[object] = all_at_once([other_writer, buyer])
    assert isinstance(results[1], Placed)
    assert (cast.stock_of(low), cast.stock_of(high)) == ((4, 1), (4, 1))
    until(lambda: deadlocks_seen() > before)


def deadlocks_seen() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        return int(cursor.fetchone()[0])


def until(what: Callable[[], bool]) -> None:
    for _n in range(500):
        if what():
            return
        time.sleep(0.02)
    raise AssertionError("it did not happen")


LOCK_ITEM = "SELECT 1 FROM catalog_stockitem WHERE variant_id = %s FOR UPDATE"
