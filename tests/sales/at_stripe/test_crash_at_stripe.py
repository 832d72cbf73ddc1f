"""SIGKILL before and after every commit and every request of a purchase and of a refund at Stripe,
then recovery."""

from collections import Counter
from datetime import timedelta

import pytest

from comptoir.catalog.models import Variant
from comptoir.sales.models import Order, OrderNumber, Payment, Refund
from comptoir.sales.services import issue_invoice
from comptoir.sales.services.accounts import add_account
from tests import cast
from tests.sales.at_stripe.shop import ACCOUNT
from tests.sales.crashes import a_minute_later, confirmed, live_and_die, recover
from tests.sales.machine.books import faults
from tests.stripe_server import KEY, SECRET, StripeServer

pytestmark = pytest.mark.django_db(transaction=True)

STOCK = 10_000
# What each story dies before, at least.
COMMITS = {"buying": 9, "again": 5, "told": 1, "refunding": 7, "called-off": 6}
REQUESTS = {
    "buying": ["GET checkout/sessions", "POST checkout/sessions", "POST customers"],
    "again": ["POST checkout/sessions", "POST customers"],
    "told": [],
    "refunding": ["GET checkout/sessions", "GET refunds", "POST refunds"],
    "called-off": ["GET checkout/sessions", "POST checkout/sessions/expire"],
}
PAID, REFUNDED, UNDONE = "paid", "refunded", "undone"
ENDS = {
    "buying": {UNDONE, PAID},
    "again": {PAID},
    "told": {PAID},
    "refunding": {PAID, REFUNDED},
    "called-off": {UNDONE, REFUNDED},
}


@pytest.fixture
def thing(stripe_server: StripeServer, monkeypatch: pytest.MonkeyPatch) -> Variant:
    """Sold by a shop that is paid at Stripe; what is on the paper is for other tests."""
    monkeypatch.setattr(issue_invoice, "invoice_pdf", lambda *_args: b"%PDF-")
    cast.ines()
    shop = cast.maison_zinc()
    add_account(shop=shop, provider="stripe", reference=ACCOUNT, details={})
    return cast.variant_of(cast.product(shop, stock=STOCK))


def our_books() -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    """As ``StripeServer.books``: what was captured, and what is written down as given back."""
    taken = Payment.objects.filter(captured_minor__gt=0).values_list("key", "captured_minor")
    given = Refund.objects.filter(status="done").values_list("key", "amount_minor")
    return (
        sorted((str(key), amount) for key, amount in taken),
        sorted((str(key), amount) for key, amount in given),
    )


def state_of(email: str) -> str:
    """Wholly undone, paid, or refunded; whatever is between fails."""
    order = Order.objects.filter(email=email).first()
    if order is None:
        return UNDONE
    payment = Payment.objects.get(order=order)
    if order.status == "paid":
        assert (payment.captured_minor, payment.refund_due_minor) == (order.total_minor, 0)
        return PAID
    assert order.status == "cancelled"
    assert payment.captured_minor == payment.refunded_minor == payment.refund_due_minor
    return REFUNDED if payment.captured_minor else UNDONE


def test_killed_before_and_after_every_commit_and_request(
    thing: Variant, stripe_server: StripeServer
) -> None:
    """Survival 11, at Stripe: money and stock agree with it within a minute; one mail each."""
    lives = live_and_die(
        "tests.sales.at_stripe.crashing_buyer", stripe_server.url, thing.pk,
        COMPTOIR_STRIPE_SECRET_KEY=KEY, COMPTOIR_STRIPE_WEBHOOK_SECRET=SECRET,
    )  # fmt: skip
    a_minute_later()
    assert our_books() == stripe_server.books()
    assert not Refund.objects.exclude(status="done").exists()
    recover(timedelta(minutes=3), timedelta(minutes=42))
    assert our_books() == stripe_server.books()

    opened = [
        (s["metadata"]["payment_key"], s["expires_at"]) for s in stripe_server.sessions.values()
    ]
    assert len(set(opened)) == len(opened)

    deaths = Counter((story, what) for story, _number, _email, what in lives)
    for story, least in COMMITS.items():
        assert deaths[(story, "commit")] >= least, deaths
        asked = sorted({what for (s, what) in deaths if s == story} - {"commit", ""})
        assert asked == REQUESTS[story]

    states = {email: state_of(email) for _story, _number, email, _what in lives}
    for story, ends in ENDS.items():
        assert {s for email, s in states.items() if email.startswith(story)} == ends
    sold = 2 * sum(state == PAID for state in states.values())
    assert cast.stock_of(thing) == (STOCK - sold, 0)
    assert faults(at_last=True) == []
    assert OrderNumber.objects.get().last == Order.objects.exclude(number="").count()
    once_paid = [email for email, state in states.items() if state == PAID]
    assert set(confirmed().values()) == {1}
    assert set(once_paid) <= set(confirmed())
