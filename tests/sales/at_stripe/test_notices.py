"""Stripe's webhooks: early, late, thrice, forged, of another account, about another sum."""

import time
from typing import Any
from uuid import uuid4

import pytest

from comptoir.common.errors import Refused
from comptoir.sales.models import LedgerEntry, StripeCharge, StripeDispute
from comptoir.sales.services import (
    Placed,
    Settlement,
    take_webhook,
)
from comptoir.sales.services.come_back import come_back
from comptoir.sales.services.verify_ledger import verify_ledgers
from tests.sales.at_stripe.shop import ACCOUNT, session_of
from tests.sales.buying import order_of, payment_of
from tests.stripe_server import (
    StripeServer,
    signed,
)
from tests.web.visiting import visitor

pytestmark = pytest.mark.django_db


def webhook(notice: tuple[dict[str, str], bytes]) -> Settlement:
    return take_webhook(provider="stripe", headers=notice[0], body=notice[1])


@pytest.mark.parametrize("kind", ["checkout.session.completed", "payment_intent.succeeded"])
def test_webhook_before_the_return_and_three_times(
    placed: Placed, stripe_server: StripeServer, kind: str
) -> None:
    """Survival 7."""
    stripe_server.pay(session_of(placed))
    notice = stripe_server.notice(session_of(placed), kind)
    assert [webhook(notice) for _n in "abc"] == [
        Settlement.PAID,
        Settlement.ALREADY,
        Settlement.ALREADY,
    ]
    come_back(order=order_of(placed))
    assert (order_of(placed).status, payment_of(placed).captured_minor) == ("paid", 1880)


def test_webhook_after_the_return(placed: Placed, stripe_server: StripeServer) -> None:
    """Survival 7."""
    stripe_server.pay(session_of(placed))
    come_back(order=order_of(placed))
    notices = [
        stripe_server.notice(session_of(placed), kind)
        for kind in ("payment_intent.succeeded", "checkout.session.completed")
    ]
    assert [webhook(notice) for notice in notices] == [Settlement.ALREADY] * 2


def test_a_session_that_is_complete_but_not_paid_yet_pays_nothing(
    placed: Placed, stripe_server: StripeServer
) -> None:
    notice = stripe_server.notice(session_of(placed), payment_status="unpaid")
    assert webhook(notice) is Settlement.ALREADY
    assert order_of(placed).status == "pending"


@pytest.mark.parametrize("change", [{"amount_total": 1}, {"currency": "usd"}])
def test_another_amount_or_currency_does_not_pay(
    placed: Placed, stripe_server: StripeServer, change: dict[str, Any]
) -> None:
    """Survival 8."""
    stripe_server.pay(session_of(placed))
    with pytest.raises(Refused, match="wrong_amount"):
        webhook(stripe_server.notice(session_of(placed), **change))
    assert (order_of(placed).status, payment_of(placed).failure) == ("pending", "amount_mismatch")
    assert webhook(stripe_server.notice(session_of(placed))) is Settlement.PAID


def test_forged_unsigned_and_stale_webhooks_are_refused(
    placed: Placed, stripe_server: StripeServer, caplog: pytest.LogCaptureFixture
) -> None:
    """Survival 8."""
    stripe_server.pay(session_of(placed))
    headers, body = stripe_server.notice(session_of(placed))
    session = stripe_server.sessions[session_of(placed)]
    kind = "checkout.session.completed"
    bad = {
        "unsigned": ({}, body),
        "signature": (headers, body.replace(b"1880", b"1881")),
        "signature ": ({"Stripe-Signature": "t=x"}, body),
        "signature  ": signed(kind, session, account=ACCOUNT, secret="whsec_guess"),
        "stale": signed(kind, session, account=ACCOUNT, at=time.time() - 301),
    }
    for reason, notice in bad.items():
        caplog.clear()
        with pytest.raises(Refused, match="bad_signature"):
            webhook(notice)
        assert reason.strip() in caplog.text
    assert order_of(placed).status == "pending"


def test_an_event_of_another_connected_account_pays_nothing(
    placed: Placed, stripe_server: StripeServer
) -> None:
    """Anyone may connect an account, and charge themselves there with our key written on it."""
    stripe_server.pay(session_of(placed))
    session = stripe_server.sessions[session_of(placed)]
    for account in ("acct_stranger", ""):
        with pytest.raises(Refused, match="bad_signature"):
            webhook(signed("checkout.session.completed", session, account=account))
    assert order_of(placed).status == "pending"


@pytest.mark.parametrize(
    ("about", "outcome"),
    [
        ({"id": "cus_1"}, Settlement.ALREADY),
        (
            {"id": "pi_1", "metadata": {}, "amount_received": 5, "currency": "eur"},
            Settlement.ALREADY,
        ),
    ],
)
def test_what_is_not_ours_is_passed_over(
    stripe_server: StripeServer, about: dict[str, object], outcome: Settlement
) -> None:
    kind = "customer.created" if about["id"] == "cus_1" else "payment_intent.succeeded"
    assert webhook(signed(kind, about)) is outcome


def test_signed_nonsense_is_refused(stripe_server: StripeServer) -> None:
    key = str(uuid4())
    half = {"id": "pi_1", "metadata": {"payment_key": key}}
    whole = {**half, "amount_received": 5, "currency": "eur"}
    for about, code in ((half, "bad_notice"), (whole, "unknown_payment")):
        with pytest.raises(Refused, match=code):
            webhook(signed("payment_intent.succeeded", about))


def test_a_payment_that_was_never_opened_at_stripe_is_paid_by_no_notice(
    placed: Placed, stripe_server: StripeServer
) -> None:
    """A payment's key is no secret to its buyer, and anyone may connect an account."""
    stripe_server.pay(session_of(placed))
    notice = stripe_server.notice(session_of(placed))
    StripeCharge.objects.all().delete()
    with pytest.raises(Refused, match="unknown_payment"):
        webhook(notice)
    assert order_of(placed).status == "pending"


def dispute(
    placed: Placed, status: str, created: int, **changes: Any
) -> tuple[dict[str, str], bytes]:
    about = {
        "id": "dp_1",
        "payment_intent": payment_of(placed).reference,
        "amount": 1880,
        "currency": "eur",
        "reason": "product_not_received",
        "status": status,
        "evidence_details": {"due_by": created + 86400},
        **changes,
    }
    return signed("charge.dispute.updated", about, account=ACCOUNT, created=created)


def test_disputes_are_written_down_in_the_order_of_their_telling(
    placed: Placed, stripe_server: StripeServer
) -> None:
    stripe_server.pay(session_of(placed))
    come_back(order=order_of(placed))
    now = int(time.time())
    for status, created in (("needs_response", now), ("won", now + 60), ("under_review", now + 30)):
        assert webhook(dispute(placed, status, created)) is Settlement.ALREADY
    row = StripeDispute.objects.get()
    assert (row.payment_id, row.status, row.amount_minor) == (payment_of(placed).pk, "won", 1880)
    about = {"id": "dp_2", "payment_intent": "pi_none", "amount": 1, "currency": "eur"}
    elsewhere = {**about, "reason": "x", "status": "lost"}
    assert webhook(signed("charge.dispute.created", elsewhere)) is Settlement.ALREADY
    assert StripeDispute.objects.count() == 1


def test_a_dispute_is_told_again_while_its_money_is_unheard_of(
    placed: Placed, stripe_server: StripeServer
) -> None:
    stripe_server.pay(session_of(placed))
    intent = stripe_server.sessions[session_of(placed)]["payment_intent"]
    notice = dispute(placed, "needs_response", int(time.time()), payment_intent=intent)
    with pytest.raises(Refused, match="unknown_payment"):
        webhook(notice)
    come_back(order=order_of(placed))
    assert webhook(notice) is Settlement.ALREADY
    assert StripeDispute.objects.get().payment_id == payment_of(placed).pk


@pytest.mark.parametrize(
    ("told", "logged"),
    [
        (["needs_response", "under_review", "under_review", "lost"], [("disputed", -1880)]),
        (["needs_response", "won", "won"], [("disputed", -1880), ("dispute_won", 1880)]),
        (["warning_needs_response", "warning_closed"], []),
        (["warning_under_review", "needs_response"], [("disputed", -1880)]),
        (["won"], []),
    ],
)
def test_the_payment_log_says_what_money_a_dispute_moved(
    placed: Placed, stripe_server: StripeServer, told: list[str], logged: list[tuple[str, int]]
) -> None:
    stripe_server.pay(session_of(placed))
    come_back(order=order_of(placed))
    now = int(time.time())
    for later, status in enumerate(told):
        webhook(dispute(placed, status, now + later))
    webhook(dispute(placed, "needs_response", now - 1))  # told late: it moves nothing
    entries = LedgerEntry.objects.exclude(kind="captured").order_by("sequence")
    assert list(entries.values_list("kind", "amount_minor")) == logged
    assert verify_ledgers().broken == ()


def test_a_dispute_in_another_currency_is_in_the_log_as_the_bank_took_it(
    placed: Placed, stripe_server: StripeServer
) -> None:
    stripe_server.pay(session_of(placed))
    come_back(order=order_of(placed))
    now = int(time.time())
    dollars = {"amount": 2050, "currency": "usd"}
    webhook(dispute(placed, "needs_response", now, **dollars))
    webhook(dispute(placed, "under_review", now + 1))  # in euros after all
    webhook(dispute(placed, "won", now + 2))
    entries = LedgerEntry.objects.exclude(kind="captured").order_by("sequence")
    assert list(entries.values_list("kind", "amount_minor", "currency")) == [
        ("disputed", -2050, "USD"),
        ("dispute_won", 2050, "USD"),
        ("disputed", -1880, "EUR"),
        ("dispute_won", 1880, "EUR"),
    ]
    assert verify_ledgers().broken == ()


@pytest.mark.django_db
def test_a_signature_in_no_alphabet_is_a_bad_one(stripe_server: StripeServer) -> None:
    header = f"t={int(time.time())},v1=é"
    answer = visitor().post(
        "/webhooks/stripe", b"{}", content_type="application/json", HTTP_STRIPE_SIGNATURE=header
    )
    assert answer.status_code == 400
