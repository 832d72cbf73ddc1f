"""What the shop does with its own hands: cash, bank statements, bills, offers, counts."""

from typing import Any
from uuid import UUID, uuid4

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from comptoir.catalog.models import StockItem, Variant
from comptoir.catalog.services.products import count_stock
from comptoir.sales.bills import bill_of, bill_view
from comptoir.sales.models import Bill, Offer, Order, PaymentAccount, TransferDue
from comptoir.sales.services.bills import cancel_bill, open_bill, pay_bill
from comptoir.sales.services.offers import change_offer, resume_offer, stop_offer
from comptoir.sales.services.statements import take_statement
from comptoir.sales.services.take_cash import take_cash
from tests.sales.buying import return_url_for
from tests.sales.machine.books import pieces_out
from tests.sales.machine.life import WHICH, Life
from tests.sales.offering import draft
from tests.sales.statements import Movement, camt

MOST_BILLS = 3


class AtTheTill(Life):
    """Rules for what needs a person of the shop."""

    def __init__(self) -> None:
        super().__init__()
        self.asked_to_pay: list[tuple[str, UUID]] = []

    @precondition(lambda self: self.sent)
    @rule(which=WHICH)
    def cash_is_taken(self, which: int) -> None:
        awaited = Order.objects.filter(payments__provider="cash").order_by("pk")
        orders = list(awaited.select_related("shop__profile"))
        if orders:
            self._do(lambda: take_cash(order=orders[which % len(orders)], by_user_id=None))

    @precondition(lambda self: self.sent)
    @rule(which=WHICH, euros=st.sampled_from(["all", "all", "3.00", "80.00"]))
    def a_transfer_comes(self, which: int, euros: str) -> None:
        dues = list(TransferDue.objects.order_by("pk"))
        if not dues:
            return
        due = dues[which % len(dues)]
        amount = f"{due.amount_minor / 100:.2f}" if euros == "all" else euros
        body = camt([Movement(amount, due.reference, reference=uuid4().hex[:16])])
        account = PaymentAccount.objects.get(pk=due.account_id)
        for _time in range(2):  # the same file again changes nothing
            self._do(lambda: take_statement(account=account, body=body, by_user_id=None))

    @precondition(lambda self: self.sent)
    @rule()
    def what_is_owed_by_hand_is_given_back(self) -> None:
        self._give_back_by_hand()

    @rule(amount=st.none() | st.integers(1, 3000), number=st.integers(0, 2))
    def a_bill_is_made(self, amount: int | None, number: int) -> None:
        if Bill.objects.count() >= MOST_BILLS:
            return
        lines = [(self.variants[number].pk, 1)] if amount is None else []
        self._do(lambda: open_bill(shop=self.shop, by_id=None, amount_minor=amount, lines=lines))

    @rule(
        which=WHICH,
        who=st.integers(0, 2),
        instrument=st.sampled_from(["card_ok", "card_refused", "page"]),
        provider=st.sampled_from(["sandbox", "sandbox", "cash"]),
    )
    def a_bill_is_paid(self, which: int, who: int, instrument: str, provider: str) -> None:
        bills = list(Bill.objects.order_by("pk").values_list("key", flat=True))
        if bills:
            key = bills[which % len(bills)]
            self.asked_to_pay.append((key, uuid4()))
            self._pay(*self.asked_to_pay[-1], who=who, instrument=instrument, provider=provider)

    @precondition(lambda self: self.asked_to_pay)
    @rule(which=WHICH)
    def a_phone_asks_again(self, which: int) -> None:
        key, checkout_key = self.asked_to_pay[which % len(self.asked_to_pay)]
        self._pay(key, checkout_key, who=0, instrument="page", provider="sandbox")

    def _pay(
        self, key: str, checkout_key: UUID, *, who: int, instrument: str, provider: str
    ) -> None:
        more: dict[str, Any] = {"actor": self.actors[who], "email": "", "language": "fr"}
        bill = bill_of(key)
        self._do(
            lambda: pay_bill(
                bill=bill,
                checkout_key=checkout_key,
                expected_total_minor=bill_view(bill).total_minor or 0,
                return_url_for=return_url_for,
                instrument=instrument,
                provider=provider,
                **more,
            )
        )

    @precondition(lambda self: self.asked_to_pay)
    @rule(which=WHICH)
    def a_bill_is_taken_back(self, which: int) -> None:
        bills = list(Bill.objects.order_by("pk"))
        if bills:
            self._do(lambda: cancel_bill(bill=bills[which % len(bills)]))

    @rule(deed=st.sampled_from(["stop", "resume", "change"]), most=st.integers(1, 3))
    def the_offer_changes(self, deed: str, most: int) -> None:
        offer = Offer.objects.get(pk=self.offer.pk)
        if deed == "change":
            said = draft(code="DEUX", limit_total=most, limit_per_customer=most)
            self._do(lambda: change_offer(offer=offer, draft=said))
        elif deed == "stop":
            stop_offer(offer=offer)
        else:
            resume_offer(offer=offer)

    @rule(number=st.integers(0, 3), count=st.none() | st.integers(0, 5))
    def the_shelf_is_counted(self, number: int, count: int | None) -> None:
        """Or is not counted any more."""
        variant = self.variants[number]
        self._do(
            lambda: count_stock(
                product=variant.product, variant_id=variant.pk, count=count, seen=None
            )
        )
        item = StockItem.objects.get(pk=variant.pk)
        there = item.available + pieces_out(variant.pk)
        Variant.objects.filter(pk=variant.pk).update(mpn=str(there))
