"""What comes back: returns, what is sent in their place, and parcels that arrive."""

from uuid import uuid4

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from comptoir.sales.models import Order, OrderLine, Return, Shipment
from comptoir.sales.services.close_return import close_return, exchange_return, refund_return
from comptoir.sales.services.mark_delivered import mark_delivered
from comptoir.sales.services.returns import answer_return, ask_return, receive_return
from comptoir.sales.services.ship_order import ship_order
from tests.sales.machine.life import WHICH, Life


class ComingBack(Life):
    """Rules for orders that have left."""

    def _return(self, which: int, *states: str) -> Return | None:
        found = list(Return.objects.filter(status__in=states).order_by("pk"))
        return found[which % len(found)] if found else None

    @precondition(lambda self: self.sent)
    @rule(which=WHICH)
    def send_all_that_is_left(self, which: int) -> None:
        """Of one that can be sent, so that something comes back at all."""
        paid = list(Order.objects.filter(status="paid").order_by("pk"))
        if paid:
            self._do(lambda: ship_order(order=paid[which % len(paid)]))

    @precondition(lambda self: self.sent)
    @rule(which=WHICH)
    def a_parcel_arrives(self, which: int) -> None:
        parcels = list(Shipment.objects.select_related("order").order_by("pk"))
        if parcels:
            parcel = parcels[which % len(parcels)]
            self._do(lambda: mark_delivered(order=parcel.order, shipment_id=parcel.pk))

    @precondition(lambda self: self.sent)
    @rule(
        which=WHICH,
        pieces=st.sampled_from([1, 1, 2, 3]),
        lines=st.sampled_from([1, 1, 2]),
        times=st.integers(1, 2),
        answered=st.booleans(),
        made_good=st.sampled_from(["later", "later", "money", "another"]),
    )
    def ask_to_give_back(
        self, which: int, pieces: int, lines: int, times: int, answered: bool, made_good: str
    ) -> None:
        left = list(Order.objects.filter(shipments__isnull=False).distinct().order_by("pk"))
        if not left:
            return
        order, key = left[which % len(left)], uuid4()
        chosen = self._some_lines(order, pieces, lines)
        back = None
        for _time in range(times):
            back = self._do(lambda: ask_return(order=order, pieces=chosen, reason="fit", key=key))
        if back is not None and answered:
            self._do(lambda: answer_return(giving_back=back, accept=True, send_to="1 rue du Port"))
        if back is not None and made_good != "later":
            self._do(lambda: self._make_good(back, made_good))

    def _make_good(self, back: Return, how: str) -> None:
        """At once, before the pieces are there."""
        if how == "money":
            refund_return(giving_back=back, refund_key=uuid4())
        else:
            line = OrderLine.objects.get(pk=back.lines.order_by("pk")[:1].get().line_id)
            exchange_return(giving_back=back, variant_id=line.variant_id)

    @precondition(lambda self: self.sent)
    @rule(which=WHICH, accept=st.sampled_from([True, True, True, False]))
    def answer(self, which: int, accept: bool) -> None:
        back = self._return(which, "asked", "accepted")
        if back is not None:
            to = "1 rue du Port" if accept else ""
            self._do(
                lambda: answer_return(giving_back=back, accept=accept, words="Voilà", send_to=to)
            )

    @precondition(lambda self: self.sent)
    @rule(which=WHICH, missing=st.sampled_from([0, 0, 1]), shelved=st.booleans())
    def it_is_back(self, which: int, missing: int, shelved: bool) -> None:
        back = self._return(which, "asked", "accepted", "received")
        if back is None:
            return
        came = {one.line_id: one.quantity - missing for one in back.lines.all()}
        shelf = came if shelved else {}
        self._do(lambda: receive_return(giving_back=back, received=came, restock=shelf))

    @precondition(lambda self: self.sent)
    @rule(which=WHICH, amount=st.sampled_from([None, None, 1, 700]), times=st.integers(1, 2))
    def give_its_money_back(self, which: int, amount: int | None, times: int) -> None:
        back, key = self._return(which, "accepted", "received", "closed"), uuid4()
        if back is None:
            return
        said = {one.line_id: amount or 0 for one in back.lines.all()}
        amounts = None if amount is None else said
        for _time in range(times):
            self._do(lambda: refund_return(giving_back=back, refund_key=key, amounts=amounts))

    @precondition(lambda self: self.sent)
    @rule(which=WHICH, another=st.booleans(), times=st.integers(1, 2))
    def send_the_same_again(self, which: int, another: bool, times: int) -> None:
        back = self._return(which, "accepted", "received", "closed")
        if back is None:
            return
        line = OrderLine.objects.get(pk=back.lines.order_by("pk")[:1].get().line_id)
        known = [one.pk for one in self.variants]
        if line.variant_id not in known:  # a file, or an amount of the counter
            return
        number = known.index(line.variant_id) + another
        variant = self.variants[number % len(self.variants)].pk
        for _time in range(times):
            self._do(lambda: exchange_return(giving_back=back, variant_id=variant))

    @precondition(lambda self: self.sent)
    @rule(which=WHICH)
    def settle_it_otherwise(self, which: int) -> None:
        back = self._return(which, "accepted", "received")
        if back is not None:
            self._do(lambda: close_return(giving_back=back))
