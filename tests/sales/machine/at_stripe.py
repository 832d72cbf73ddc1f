"""What happens at Stripe: cards, 3-D Secure, refunds that fail, disputes, and notices in any order
and as often as may be."""

from contextlib import suppress
from functools import partial
from itertools import cycle
from typing import Any
from uuid import uuid4

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from comptoir.catalog.models import Variant
from comptoir.people.actor import Actor
from comptoir.sales.adapters.provider import ProviderDown
from comptoir.sales.models import Order, OrderLine, Payment, Refund, StripeCharge
from comptoir.sales.services import cancel_by_shop
from comptoir.sales.services.come_back import come_back
from comptoir.sales.services.give_back import confirm_given_back, give_back
from comptoir.sales.services.refund_failed import try_refund_again
from comptoir.sales.services.refund_order import RefundPart, refund_order
from tests import cast
from tests.sales.at_stripe.shop import session_of
from tests.sales.buying import basket, order_of
from tests.sales.machine.life import NUMBER, WANTED, WHICH, Life
from tests.sales.machine.stripe_in_process import STANDING
from tests.stripe_server import CARD_WITH_3DS, DECLINED_CARD, GOOD_CARD

CARDS = st.sampled_from([GOOD_CARD, GOOD_CARD, GOOD_CARD, CARD_WITH_3DS, DECLINED_CARD])
TOLD = BACK, WRITTEN_TO = "the buyer is back", "Stripe writes first"
DISPUTE = ("needs_response", "needs_response", "under_review", "won", "lost", "warning_closed")


class AtStripe(Life):
    """Rules for buyers, the shop and banks there."""

    @initialize(
        bought=st.lists(
            st.tuples(NUMBER, st.sampled_from([BACK, WRITTEN_TO])), min_size=1, max_size=3
        ),
        refunds=st.lists(st.sampled_from(["succeeded", "pending", "failed"]), min_size=1),
    )
    def some_have_paid_there(self, bought: list[tuple[int, str]], refunds: list[str]) -> None:
        self.stripe.refunds_begin = cycle(refunds)
        for number, then in bought:
            who = self.actors[number % 3]
            self._buy_at_stripe([(self.variants[number], 1)], who, GOOD_CARD, then)

    @rule(
        wanted=WANTED,
        who=st.integers(0, 2),
        card=CARDS,
        then=st.sampled_from([*TOLD, BACK, "nobody says anything"]),
    )
    def buy_at_stripe(self, wanted: list[tuple[int, int]], who: int, card: str, then: str) -> None:
        lines = [(self.variants[number], pieces) for number, pieces in wanted]
        self._buy_at_stripe(lines, self.actors[who], card, then)

    def _buy_at_stripe(
        self, lines: list[tuple[Variant, int]], actor: Actor, card: str, then: str
    ) -> None:
        more: dict[str, Any] = {"method": cast.by_post(self.shop), "provider": "stripe"}
        asked = self._do(lambda: basket(*lines, actor=actor, **more))
        if asked is None:
            return
        self.sent.append(asked)
        placed = self._do(asked.sent)
        if placed is None or not placed.redirect_url:
            return
        said = self._do(lambda: self.stripe.pay(session_of(placed), card))
        if then == BACK:
            self._do(lambda: come_back(order=order_of(placed)))
        elif then == WRITTEN_TO and said == "succeeded":
            self._take_in(self.stripe.letters[-1])

    @precondition(lambda self: self.stripe.sessions)
    @rule(which=WHICH, card=CARDS)
    def at_its_page(self, which: int, card: str) -> None:
        """Of one whose buyer has the address; the question of 3-D Secure comes first."""
        self._do(self.stripe.tick)
        known = StripeCharge.objects.exclude(session_id="").order_by("pk")
        names = known.values_list("session_id", flat=True)
        found = [name for name in names if self.stripe.sessions[name]["status"] == "open"]
        if not found:
            return
        name = found[which % len(found)]
        intent = self.stripe.intents.get(self.stripe.sessions[name]["payment_intent"])
        if intent is not None and intent["status"] == "requires_action":
            good = card != DECLINED_CARD
            self._do(lambda: self.stripe.authenticate(name, success=good))
        else:
            self._do(lambda: self.stripe.pay(name, card))

    @precondition(lambda self: self.stripe.letters)
    @rule(which=WHICH, times=st.integers(1, 2))
    def it_writes(self, which: int, times: int) -> None:
        """Any of all that it ever wrote: late, again, before what happened earlier."""
        for _time in range(times):
            self._take_in(self.stripe.letters[which % len(self.stripe.letters)])

    @precondition(lambda self: self.stripe.intents)
    @rule(which=WHICH, amount=st.integers(1, 1500), whole=st.booleans())
    def the_answer_to_a_refund_is_lost(self, which: int, amount: int, whole: bool) -> None:
        """The job that asked for it ends without knowing; the next one asks again."""
        found = Payment.objects.filter(provider="stripe", status="captured").order_by("pk")
        if not (paid := list(found.values_list("order", flat=True))):
            return
        order = Order.objects.select_related("shop__profile").get(pk=paid[which % len(paid)])
        line = OrderLine.objects.filter(order=order).order_by("position")[:1].get()
        part = RefundPart(line.pk, 0, amount, False)
        asked = partial(refund_order, refund_key=uuid4(), parts=[part])
        self._do(partial(cancel_by_shop if whole else asked, order=order))
        was_deaf, self.stripe.deaf = self.stripe.deaf, True
        for refund in Refund.objects.filter(status="due", payment__order=order):
            with suppress(ProviderDown):
                self._do(partial(give_back, refund_id=refund.pk))
        self.stripe.deaf = was_deaf

    @precondition(lambda self: self.stripe.refunds)
    @rule(which=WHICH, status=st.sampled_from(["succeeded", "failed"]))
    def a_bank_decides_of_a_refund(self, which: int, status: str) -> None:
        found = [name for name, one in self.stripe.refunds.items() if one["status"] in STANDING]
        if found:
            self._do(lambda: self.stripe.decide(found[which % len(found)], status))

    @precondition(lambda self: self.stripe.intents)
    @rule(which=WHICH, amount=st.integers(1, 3000))
    def the_shop_gives_back_at_its_desk(self, which: int, amount: int) -> None:
        if taken := self._taken():
            self._do(lambda: self.stripe.refund_at_desk(taken[which % len(taken)], amount))

    @precondition(lambda self: self.stripe.intents)
    @rule(which=WHICH, status=st.sampled_from(DISPUTE))
    def a_dispute_moves(self, which: int, status: str) -> None:
        if taken := self._taken():
            self._do(lambda: self.stripe.dispute(taken[which % len(taken)], status))

    @precondition(lambda self: self.stripe.refunds)
    @rule(which=WHICH, by_hand=st.booleans())
    def a_failed_refund_is_looked_after(self, which: int, by_hand: bool) -> None:
        failed = list(Refund.objects.filter(status="failed").order_by("pk"))
        if failed:
            refund = failed[which % len(failed)]
            way = confirm_given_back if by_hand else try_refund_again
            seen = {"refund_id": refund.pk, "attempt": refund.attempt}
            self._do(partial(way, shop_id=self.shop.pk, **seen))

    def _taken(self) -> list[str]:
        intents = self.stripe.intents.values()
        return [str(one["id"]) for one in intents if one["status"] == "succeeded"]
