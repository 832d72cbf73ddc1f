"""A counter that anything may happen to: hypothesis chooses what, and the books are read after
every step. A shop with few pieces, three people and a guest, an offer of two uses, a bank that may
be deaf, time that moves, requests and notices that come again."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any
from unittest.mock import patch
from uuid import uuid4

from django.core import mail
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from comptoir.catalog.models import StockItem, Variant
from comptoir.common import clock
from comptoir.common.errors import Refused
from comptoir.people.actor import ANYONE
from comptoir.sales import jobs
from comptoir.sales.adapters import registry
from comptoir.sales.adapters.sandbox_bank import bank_choose, bank_notice
from comptoir.sales.models import BankCharge, Order, OrderLine
from comptoir.sales.services import cancel_by_buyer, cancel_by_shop, take_webhook
from comptoir.sales.services.come_back import come_back
from comptoir.sales.services.mark_delivered import presume_delivered
from comptoir.sales.services.refund_order import RefundPart, refund_order
from comptoir.sales.services.ship_order import ship_lines
from comptoir.sales.services.withdraw import declare_withdrawal
from tests import cast
from tests.sales.buying import Basket, Deaf, basket, work
from tests.sales.machine.books import faults
from tests.sales.offering import offer

STOCK = (1, 3, 9)
INSTRUMENTS = ("card_ok", "card_ok", "card_refused", "card_3ds", "page")
CHOICES = ("approve", "refuse", "secure", "time_out", "webhook_late", "webhook_twice")
PERIODIC = (jobs.expire_holds, jobs.reconcile_payments, jobs.give_back_job, jobs.look_back_job)
WHICH = st.integers(0, 1000)  # taken modulo what there is


class Counter(RuleBasedStateMachine):
    """Each example lives in a transaction that is rolled back."""

    def __init__(self) -> None:
        super().__init__()
        self.until_the_end = ExitStack()
        life = transaction.atomic()
        life._from_testcase = True  # type: ignore[attr-defined]  # as Django's own tests do: what is durable may be within it
        self.until_the_end.enter_context(life)
        self.bank = Deaf()
        self.bank.lost = False
        providers = {"sandbox": self.bank}
        self.until_the_end.enter_context(patch.dict(registry.PROVIDERS, providers))
        self.shop = cast.maison_zinc()
        self.variants = [self._variant(number, stock) for number, stock in enumerate(STOCK)]
        self.actors = [ANYONE, cast.ines().actor, cast.malo().actor]
        self.offer = offer(self.shop, code="DEUX", limit_total=2, limit_per_customer=1)
        self.sent: list[Basket] = []
        self.late = timedelta()

    def _variant(self, number: int, stock: int) -> Variant:
        variant = cast.variant_of(cast.product(self.shop, f"Objet {number}", stock=stock))
        Variant.objects.filter(pk=variant.pk).update(mpn=str(stock))  # all that there ever was
        return variant

    def teardown(self) -> None:
        try:
            self.bank.lost = False
            for later in (timedelta(minutes=3), timedelta(minutes=20), timedelta(hours=30)):
                self.late += later
                self._recover()
            assert faults(at_last=True) == []
        finally:
            transaction.set_rollback(True)
            self.until_the_end.close()
            mail.outbox.clear()

    @invariant()
    def the_books_are_right(self) -> None:
        assert faults() == []

    def _do(self, deed: Callable[[], Any]) -> Any:
        """In the machine's time, with its savepoint; a refusal is an answer like another."""
        with clock.travelled(self.late):
            try:
                return deed()
            except Refused:
                return None

    def _order(self, which: int) -> Order | None:
        orders = list(Order.objects.order_by("pk").values_list("pk", flat=True))
        found = Order.objects.select_related("shop__profile")
        return found.get(pk=orders[which % len(orders)]) if orders else None

    def _charge(self, which: int) -> str | None:
        known = list(BankCharge.objects.order_by("pk").values_list("reference", flat=True))
        return known[which % len(known)] if known else None

    @rule(
        wanted=st.lists(st.tuples(st.integers(0, 2), st.integers(1, 3)), min_size=1, max_size=3),
        who=st.integers(0, 2),
        instrument=st.sampled_from(INSTRUMENTS),
        coded=st.booleans(),
        pickup=st.booleans(),
        wrong=st.sampled_from([0, 0, 0, 1]),
    )
    def order(
        self,
        wanted: list[tuple[int, int]],
        who: int,
        instrument: str,
        coded: bool,
        pickup: bool,
        wrong: int,
    ) -> None:
        lines = [(self.variants[number], pieces) for number, pieces in wanted]
        method = cast.pickup(self.shop) if pickup else cast.by_post(self.shop)
        more = {"codes": ("DEUX",) if coded else (), "actor": self.actors[who]}
        asked = self._do(lambda: basket(*lines, method=method, instrument=instrument, **more))
        if asked is None:
            return
        asked = replace(asked, expected_minor=asked.expected_minor + wrong)
        self.sent.append(asked)
        self._do(asked.sent)

    @precondition(lambda self: self.sent)
    @rule(which=WHICH)
    def send_again(self, which: int) -> None:
        before = Order.objects.count()
        asked = self.sent[which % len(self.sent)]
        known = Order.objects.filter(checkout_key=asked.key).exists()
        self._do(asked.sent)
        assert not known or Order.objects.count() == before

    @precondition(lambda self: self.sent)
    @rule(which=WHICH, choice=st.sampled_from(CHOICES), code=st.sampled_from(["1234", "0000"]))
    def choose_at_the_bank(self, which: int, choice: str, code: str) -> None:
        reference = self._charge(which)
        if reference is not None:
            self._do(lambda: bank_choose(reference, choice, code))

    @precondition(lambda self: self.sent)
    @rule(which=WHICH, times=st.integers(1, 3))
    def a_notice_comes(self, which: int, times: int) -> None:
        reference = self._charge(which)
        if reference is None:
            return
        headers, body = self._do(lambda: bank_notice(reference))
        for _time in range(times):
            self._do(lambda: take_webhook(provider="sandbox", headers=headers, body=body))

    @precondition(lambda self: self.sent)
    @rule(which=WHICH)
    def the_buyer_is_back(self, which: int) -> None:
        order = self._order(which)
        if order is not None:
            self._do(lambda: come_back(order=order))

    @rule(lost=st.booleans())
    def the_line_to_the_bank(self, lost: bool) -> None:
        self.bank.lost = lost

    @rule(minutes=st.sampled_from([1, 5, 16, 60, 60 * 24 * 15]))
    def time_passes(self, minutes: int) -> None:
        self.late += timedelta(minutes=minutes)

    @rule(periodic=st.booleans())
    def the_worker_works(self, periodic: bool) -> None:
        if periodic:
            self._recover()
        elif not self.bank.lost:  # a job that fails is tried later: see ``Deaf`` in other tests
            self._work()

    def _recover(self) -> None:
        for task in PERIODIC:
            self._do(partial(task.func, timestamp=0))
        self._do(presume_delivered)
        if not self.bank.lost:
            self._work()

    def _work(self) -> None:
        work(letters=False, after=self.late)

    @precondition(lambda self: self.sent)
    @rule(which=WHICH, by_shop=st.booleans())
    def call_off(self, which: int, by_shop: bool) -> None:
        order = self._order(which)
        cancel = cancel_by_shop if by_shop else cancel_by_buyer
        if order is not None:
            self._do(lambda: cancel(order=order))

    def _some_lines(self, order: Order, pieces: int, lines: int) -> dict[int, int]:
        rows = OrderLine.objects.filter(order=order).order_by("position")
        return {row.pk: min(pieces, row.quantity) for row in rows[:lines]}

    @precondition(lambda self: self.sent)
    @rule(which=WHICH, pieces=st.integers(1, 3), lines=st.integers(1, 3))
    def send_a_parcel(self, which: int, pieces: int, lines: int) -> None:
        order = self._order(which)
        if order is not None:
            chosen = self._some_lines(order, pieces, lines)
            self._do(lambda: ship_lines(order=order, quantities=chosen, key=uuid4()))

    @precondition(lambda self: self.sent)
    @rule(
        which=WHICH,
        pieces=st.integers(0, 3),
        amount=st.none() | st.integers(1, 2000),
        restock=st.booleans(),
        delivery=st.sampled_from([0, 0, 590]),
        times=st.integers(1, 2),
    )
    def refund_a_part(
        self,
        which: int,
        pieces: int,
        amount: int | None,
        restock: bool,
        delivery: int,
        times: int,
    ) -> None:
        order, key = self._order(which), uuid4()
        if order is None:
            return
        parts = [
            RefundPart(line, min(pieces, quantity), amount, restock)
            for line, quantity in self._some_lines(order, 3, 1).items()
        ]
        for _time in range(times):
            self._do(
                lambda: refund_order(
                    order=order, refund_key=key, parts=parts, delivery_minor=delivery
                )
            )

    @precondition(lambda self: self.sent)
    @rule(which=WHICH, pieces=st.integers(1, 3), lines=st.integers(1, 3))
    def withdraw(self, which: int, pieces: int, lines: int) -> None:
        order, key = self._order(which), uuid4()
        if order is not None:
            chosen = self._some_lines(order, pieces, lines)
            self._do(lambda: declare_withdrawal(order=order, pieces=chosen, request_key=key))

    @rule(number=st.integers(0, 2), price=st.integers(1, 5000))
    def a_price_changes(self, number: int, price: int) -> None:
        Variant.objects.filter(pk=self.variants[number].pk).update(
            price_minor=price, sale_price_minor=None
        )

    @rule(number=st.integers(0, 2), pieces=st.integers(1, 4))
    def pieces_arrive(self, number: int, pieces: int) -> None:
        item = StockItem.objects.get(pk=self.variants[number].pk)
        StockItem.objects.filter(pk=item.pk).update(available=item.available + pieces)
        variant = Variant.objects.get(pk=item.pk)
        Variant.objects.filter(pk=item.pk).update(mpn=str(int(variant.mpn) + pieces))
