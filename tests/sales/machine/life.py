"""A shop, its people and its time, for whatever may happen to them: see ``counter``."""

from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta
from functools import partial
from typing import Any
from unittest.mock import patch

from django.core import mail
from django.db import transaction
from django.test import override_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant

from comptoir.catalog.models import Product, Variant
from comptoir.common import clock
from comptoir.common.errors import NotVisible, Refused
from comptoir.people.actor import ANYONE
from comptoir.sales import jobs
from comptoir.sales.adapters import registry, stripe_door
from comptoir.sales.models import BankCharge, Order, OrderLine, PaymentAccount, Refund, TransferDue
from comptoir.sales.services import issue_invoice, take_webhook
from comptoir.sales.services.accounts import add_account, add_cash_account, add_transfer_account
from comptoir.sales.services.give_back import confirm_given_back
from comptoir.sales.services.mark_delivered import presume_delivered
from comptoir.sales.services.transfers import confirm_excess, excess_of
from comptoir.sales.services.verify_ledger import verify_ledgers
from tests import cast
from tests.sales.at_stripe.shop import ACCOUNT
from tests.sales.buying import Basket, Deaf, work
from tests.sales.machine.books import faults
from tests.sales.machine.books_at_stripe import faults_at_stripe
from tests.sales.machine.stripe_in_process import Letter, StripeInProcess
from tests.sales.offering import offer
from tests.sales.statements import IBAN
from tests.stripe_server import KEY, SECRET, signed

STOCK = (1, 3, 9, 9)
FILE = 3  # which of the variants is a download, counted like the others
PERIODIC = (
    jobs.expire_holds, jobs.reconcile_payments, jobs.give_back_job, jobs.look_back_job,
    jobs.close_bills_job, jobs.settle_transfers_job, jobs.reconcile_soon,
)  # fmt: skip
WHICH = st.integers(0, 1000)  # taken modulo what there is
NUMBER = st.integers(0, len(STOCK) - 1)
WANTED = st.lists(st.tuples(NUMBER, st.integers(1, 3)), min_size=1, max_size=3)


class Life(RuleBasedStateMachine):
    """Each example lives in a transaction that is rolled back."""

    def __init__(self) -> None:
        super().__init__()
        self.until_the_end = ExitStack()
        life = transaction.atomic()
        # As Django's own tests do: what is durable may be within it.
        life._from_testcase = True  # type: ignore[attr-defined]
        self.until_the_end.enter_context(life)
        self.bank = Deaf()
        self.bank.lost = False
        providers = {"sandbox": self.bank}
        self.until_the_end.enter_context(patch.dict(registry.PROVIDERS, providers))
        self.stripe = StripeInProcess()
        client = self.stripe.client()
        self.until_the_end.enter_context(patch.object(stripe_door, "_client", lambda *_: client))
        keys = {"STRIPE_SECRET_KEY": KEY, "STRIPE_WEBHOOK_SECRETS": [SECRET]}
        self.until_the_end.enter_context(override_settings(**keys))
        # What is on the paper is for other tests, and takes longer than all the rest.
        press = patch.object(issue_invoice, "invoice_pdf", return_value=b"%PDF-")
        self.until_the_end.enter_context(press)
        self.shop = cast.maison_zinc()
        # The test bank is taken in earnest here: it stands beside the accounts that move money.
        PaymentAccount.objects.filter(shop=self.shop).update(is_test=False)
        add_transfer_account(shop=self.shop, iban=IBAN, holder="La Maison Zinc SARL")
        add_cash_account(shop=self.shop)
        add_account(shop=self.shop, provider="stripe", reference=ACCOUNT, details={})
        self.variants = [self._variant(number, stock) for number, stock in enumerate(STOCK)]
        self.actors = [ANYONE, cast.ines().actor, cast.malo().actor]
        self.offer = offer(self.shop, code="DEUX", limit_total=2, limit_per_customer=1)
        offer(
            self.shop, name="One of two", kind="buy_x_get_y", value=10_000, buy_quantity=1,
            get_quantity=1, product_ids=[each.product_id for each in self.variants[1:3]],
        )  # fmt: skip
        self.sent: list[Basket] = []
        self.late = timedelta()

    def _variant(self, number: int, stock: int) -> Variant:
        made = cast.product(self.shop, f"Objet {number}", stock=stock)
        if number == FILE:
            Product.objects.filter(pk=made.pk).update(digital=True, withdrawal="digital")
        variant = cast.variant_of(made)
        Variant.objects.filter(pk=variant.pk).update(mpn=str(stock))  # all that there ever was
        return variant

    def teardown(self) -> None:
        try:
            self.bank.lost = self.stripe.deaf = self.stripe.down = False
            for later in (timedelta(minutes=3), timedelta(minutes=20), timedelta(days=9)):
                self.late += later
                self._recover()
            self._take_in_what_stripe_wrote()
            self._give_back_by_hand()
            self._recover()
            self._do(lambda: issue_invoice.issue_left_over(older_than=timedelta()))
            assert not (found := faults(at_last=True)), found
            assert not (wrong := faults_at_stripe(self.stripe)), wrong
            assert verify_ledgers().broken == ()
        finally:
            transaction.set_rollback(True)
            self.until_the_end.close()
            mail.outbox.clear()

    @invariant()
    def the_books_are_right(self) -> None:
        assert not (found := faults()), found

    def _do(self, deed: Callable[[], Any]) -> Any:
        """In the machine's time, with its savepoint; a refusal is an answer like another."""
        with clock.travelled(self.late):
            try:
                return deed()
            except (Refused, NotVisible):
                return None

    def _recover(self) -> None:
        for task in PERIODIC:
            self._do(partial(task.func, 0))
        self._do(presume_delivered)
        if not self.bank.lost:
            self._work()

    def _work(self) -> None:
        work(letters=False, after=self.late)

    def _give_back_by_hand(self) -> None:
        """All that the shop's list of tasks asks for."""
        shop = self.shop.pk
        for refund in Refund.objects.exclude(status="done").order_by("pk"):
            which = {"refund_id": refund.pk, "attempt": refund.attempt}
            self._do(partial(confirm_given_back, shop_id=shop, **which))
        for due in TransferDue.objects.select_related("payment").order_by("pk"):
            much = excess_of(due)
            self._do(partial(confirm_excess, shop_id=shop, due_id=due.pk, amount_minor=much))

    def _take_in(self, letter: Letter) -> None:
        """One that is refused is written again until it is not."""
        account, created = letter.account, letter.created
        headers, body = signed(letter.kind, letter.about, account=account, created=created)
        said = self._do(lambda: take_webhook(provider="stripe", headers=headers, body=body))
        letter.taken_in = letter.taken_in or said is not None

    def _take_in_what_stripe_wrote(self) -> None:
        for letter in self.stripe.letters:
            if not letter.taken_in:
                self._take_in(letter)
        self._work()

    def _order(self, which: int) -> Order | None:
        orders = list(Order.objects.order_by("pk").values_list("pk", flat=True))
        found = Order.objects.select_related("shop__profile")
        return found.get(pk=orders[which % len(orders)]) if orders else None

    def _charge(self, which: int) -> str | None:
        known = list(BankCharge.objects.order_by("pk").values_list("reference", flat=True))
        return known[which % len(known)] if known else None

    def _some_lines(self, order: Order, pieces: int, lines: int) -> dict[int, int]:
        rows = OrderLine.objects.filter(order=order).order_by("position")
        return {row.pk: min(pieces, row.quantity) for row in rows[:lines]}
