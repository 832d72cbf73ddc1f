"""A counter that anything may happen to: hypothesis chooses what, and the books are read after
every step. A shop with few pieces and a file, two members and a guest, an offer of two uses and one
that gives pieces away, a bank that may be deaf, transfers and cash, time that moves, requests and
notices that come again."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from uuid import uuid4

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from comptoir.catalog.models import StockItem, Variant
from comptoir.people.actor import Actor
from comptoir.sales.adapters.sandbox_bank import bank_choose, bank_notice
from comptoir.sales.baskets import basket_page
from comptoir.sales.models import Order, OrderLine
from comptoir.sales.services import cancel_by_buyer, cancel_by_shop, take_webhook
from comptoir.sales.services.basket import holder_of
from comptoir.sales.services.come_back import come_back
from comptoir.sales.services.put_in import add_to_basket
from comptoir.sales.services.refund_order import RefundPart, refund_order
from comptoir.sales.services.ship_order import ship_lines, ship_order
from comptoir.sales.services.withdraw import declare_withdrawal
from tests import cast
from tests.sales.buying import basket
from tests.sales.machine.at_stripe import AtStripe
from tests.sales.machine.at_the_till import AtTheTill
from tests.sales.machine.coming_back import ComingBack
from tests.sales.machine.life import NUMBER, WANTED, WHICH

INSTRUMENTS = ("card_ok", "card_ok", "card_refused", "card_3ds", "page")
A_DAY = 60 * 24
CHOICES = ("approve", "refuse", "secure", "time_out", "webhook_late", "webhook_twice")


class Counter(ComingBack, AtTheTill, AtStripe):
    """What buyers, the bank and time do; see ``ComingBack``, ``AtTheTill`` and ``AtStripe`` for the
    rest."""

    @initialize(bought=st.lists(WANTED, min_size=3, max_size=5))
    def some_have_bought(self, bought: list[list[tuple[int, int]]]) -> None:
        """Two of them have it already, so that a life is not all about the bank."""
        for who, wanted in enumerate(bought):
            lines = [(self.variants[number], pieces) for number, pieces in wanted]
            method = cast.by_post(self.shop)
            actor = self.actors[who % 3]
            asked = basket(*lines, method=method, actor=actor, instrument="card_ok")
            self.sent.append(asked)
            self._do(asked.sent)
        for order in Order.objects.filter(status="paid").order_by("pk")[:2]:
            self._do(partial(ship_order, order=order))

    @rule(
        wanted=WANTED,
        who=st.integers(0, 2),
        provider=st.sampled_from(["sandbox", "sandbox", "transfer", "cash"]),
    )
    def buy_at_once(self, wanted: list[tuple[int, int]], who: int, provider: str) -> None:
        lines = [(self.variants[number], pieces) for number, pieces in wanted]
        method = cast.pick_up(self.shop) if provider == "cash" else cast.by_post(self.shop)
        more = {"actor": self.actors[who], "instrument": "card_ok", "provider": provider}
        asked = self._do(lambda: basket(*lines, method=method, **more))
        if asked is not None:
            self.sent.append(asked)
            self._do(asked.sent)

    @rule(
        wanted=WANTED,
        who=st.integers(0, 2),
        instrument=st.sampled_from(INSTRUMENTS),
        coded=st.booleans(),
        pickup=st.booleans(),
        provider=st.sampled_from(["", "sandbox", "sandbox", "stripe", "transfer", "cash"]),
        basketed=st.booleans(),
        wrong=st.sampled_from([0, 0, 0, 1]),
    )
    def order(
        self,
        wanted: list[tuple[int, int]],
        who: int,
        instrument: str,
        coded: bool,
        pickup: bool,
        provider: str,
        basketed: bool,
        wrong: int,
    ) -> None:
        lines = [(self.variants[number], pieces) for number, pieces in wanted]
        method = cast.pick_up(self.shop) if pickup else cast.by_post(self.shop)
        actor = self.actors[who]
        more = {
            "codes": ("DEUX",) if coded else (),
            "actor": actor,
            "instrument": instrument,
            "provider": provider,
            "basket_id": self._filled(actor, lines) if basketed else None,
        }
        asked = self._do(lambda: basket(*lines, method=method, **more))
        if asked is None:
            return
        asked = replace(asked, expected_minor=asked.expected_minor + wrong)
        self.sent.append(asked)
        self._do(asked.sent)

    def _filled(self, actor: Actor, lines: list[tuple[Variant, int]]) -> int | None:
        """The member's basket with these things in it, and what was there before."""
        holder = holder_of(actor, "")
        if holder.profile_id is None:
            return None
        for variant, pieces in lines:
            put = partial(add_to_basket, holder=holder, variant_id=variant.pk, quantity=pieces)
            self._do(put)
        return basket_page(holder).id

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

    @rule(lost=st.booleans(), heard=st.booleans())
    def the_lines_to_the_banks(self, lost: bool, heard: bool) -> None:
        """Stripe does what it is asked if it ``heard`` it."""
        self.bank.lost = lost
        self.stripe.deaf, self.stripe.down = lost and heard, lost and not heard

    @rule(minutes=st.sampled_from([1, 5, 16, 60, A_DAY * 15]))
    def time_passes(self, minutes: int) -> None:
        self.late += timedelta(minutes=minutes)
        if minutes > A_DAY:
            self.stripe.forget_keys()

    @rule(periodic=st.booleans())
    def the_worker_works(self, periodic: bool) -> None:
        if periodic:
            self._recover()
        elif not self.bank.lost:  # a job that fails is tried later: see ``Deaf`` in other tests
            self._work()

    @precondition(lambda self: self.sent)
    @rule(which=WHICH, by_shop=st.booleans(), last=st.booleans())
    def call_off(self, which: int, by_shop: bool, last: bool) -> None:
        """Any order, or the last one that can be: an exchange, as like as not."""
        order = self._order(which)
        if last:
            order = Order.objects.filter(status__in=["pending", "paid"]).order_by("pk").last()
        cancel = cancel_by_shop if by_shop else cancel_by_buyer
        if order is not None:
            self._do(lambda: cancel(order=order))

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
    @rule(which=WHICH, pieces=st.integers(1, 3), lines=st.integers(1, 3), whole=st.booleans())
    def withdraw(self, which: int, pieces: int, lines: int, whole: bool) -> None:
        order, key = self._order(which), uuid4()
        if order is not None:
            goods = OrderLine.objects.filter(order=order, digital=False)
            chosen = self._some_lines(order, pieces, lines)
            chosen = dict(goods.values_list("pk", "quantity")) if whole else chosen
            self._do(lambda: declare_withdrawal(order=order, pieces=chosen, request_key=key))

    @rule(number=NUMBER, price=st.integers(1, 5000))
    def a_price_changes(self, number: int, price: int) -> None:
        Variant.objects.filter(pk=self.variants[number].pk).update(
            price_minor=price, sale_price_minor=None
        )

    @rule(number=NUMBER, pieces=st.integers(1, 4))
    def pieces_arrive(self, number: int, pieces: int) -> None:
        item = StockItem.objects.get(pk=self.variants[number].pk)
        StockItem.objects.filter(pk=item.pk).update(available=item.available + pieces)
        variant = Variant.objects.get(pk=item.pk)
        Variant.objects.filter(pk=item.pk).update(mpn=str(int(variant.mpn) + pieces))
