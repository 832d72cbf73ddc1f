"""Refunds that the shop makes in Stripe's own dashboard: the books learn of them."""

import time
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection

from comptoir.catalog.models import Variant
from comptoir.common import clock
from comptoir.common.errors import Refused
from comptoir.sales.models import Invoice, LedgerEntry, LineTally, Payment, Refund
from comptoir.sales.services import (
    Placed,
    Settlement,
    cancel_by_buyer,
    cancel_by_shop,
    take_webhook,
)
from comptoir.sales.services.come_back import come_back
from comptoir.sales.services.verify_ledger import verify_ledgers
from tests import cast
from tests.sales.at_stripe.shop import ACCOUNT, session_of
from tests.sales.buying import basket, order_of, payment_of, work
from tests.stripe_server import StripeServer, signed

pytestmark = pytest.mark.django_db


@pytest.fixture
def paid(placed: Placed, stripe_server: StripeServer) -> Placed:
    stripe_server.pay(session_of(placed))
    come_back(order=order_of(placed))
    work()
    mail.outbox.clear()
    return placed


def told(placed: Placed, amount: int, kind: str = "refund.created", **changes: Any) -> Settlement:
    return told_of(payment_of(placed).reference, amount, kind, **changes)


def told_of(
    intent: str,
    amount: int,
    kind: str = "refund.created",
    *,
    account: str = ACCOUNT,
    created: int = 0,
    **changes: Any,
) -> Settlement:
    refund = {
        "id": "re_1",
        "payment_intent": intent,
        "amount": amount,
        "currency": "eur",
        "metadata": {},
        "status": "succeeded",
        **changes,
    }
    headers, body = signed(kind, refund, account=account, created=created)
    return take_webhook(provider="stripe", headers=headers, body=body)


def books(placed: Placed) -> tuple[str, int, int]:
    payment = payment_of(placed)
    return payment.status, payment.refund_due_minor, payment.refunded_minor


def log() -> list[tuple[str, int]]:
    rows = LedgerEntry.objects.order_by("sequence")
    return list(rows.values_list("kind", "amount_minor"))


def test_money_that_is_heard_of_while_its_refund_is_told_is_given_back(
    placed: Placed, stripe_server: StripeServer
) -> None:
    """Another process settles it after the notice was first looked at."""
    stripe_server.pay(session_of(placed))
    intent = stripe_server.sessions[session_of(placed)]["payment_intent"]
    looks: list[str] = []

    def meanwhile(execute: Any, sql: str, *rest: Any) -> Any:
        rows = execute(sql, *rest)
        if "sales_payment" in sql:
            looks.append(sql)
            if len(looks) == 1:
                come_back(order=order_of(placed))
        return rows

    with connection.execute_wrapper(meanwhile):
        told_of(intent, 500)
    assert payment_of(placed).refunded_minor == 500


def test_a_part_is_written_down_once_and_the_stock_stays(paid: Placed, corkscrew: Variant) -> None:
    before = cast.stock_of(corkscrew)
    for kind in ("refund.created", "refund.updated", "charge.refund.updated"):
        assert told(paid, 800, kind) is Settlement.ALREADY
    assert books(paid) == ("captured", 800, 800)
    assert log() == [("captured", 1880), ("refunded", -800)]
    assert cast.stock_of(corkscrew) == before
    refund = Refund.objects.get()
    assert sum(line.amount_minor for line in refund.lines.all()) == 800
    assert LineTally.objects.get().refunded == 0
    work()
    assert sorted(one.to[0] for one in mail.outbox) == [
        "bonjour@boutique.example",
        "ines@example.org",
    ]
    assert Invoice.objects.filter(kind="credit_note", refund=refund).count() == 1
    assert payment_of(paid).refunded_minor == 800
    assert verify_ledgers().broken == ()


def test_all_of_it(paid: Placed) -> None:
    told(paid, 880)
    told(paid, 1000, id="re_2")
    assert books(paid) == ("refunded", 1880, 1880)
    assert verify_ledgers().broken == ()


def test_one_that_we_asked_for_is_not_taken_twice(
    paid: Placed, stripe_server: StripeServer
) -> None:
    cancel_by_shop(order=order_of(paid))
    work()
    notice = stripe_server.refund_notice(session_of(paid), "refund.created", status="succeeded")
    take_webhook(provider="stripe", headers=notice[0], body=notice[1])
    assert books(paid) == ("refunded", 1880, 1880)
    assert Refund.objects.count() == 1


def test_no_more_than_is_left_is_written_down(
    paid: Placed, caplog: pytest.LogCaptureFixture
) -> None:
    """Ours was promised, and made at Stripe meanwhile: it stays the one."""
    cancel_by_shop(order=order_of(paid))
    assert told(paid, 1880) is Settlement.ALREADY
    assert books(paid) == ("captured", 1880, 0)
    assert "more was given back than is left" in caplog.text


FAILED: dict[str, Any] = {"status": "failed", "failure_reason": "expired_or_canceled_card"}
MADE_OR_FAILED: list[tuple[str, dict[str, Any]]] = [
    ("refund.created", {}),
    ("refund.failed", FAILED),
]


def test_one_that_fails_later_is_owed_again(paid: Placed) -> None:
    told(paid, 800)
    told(paid, 800, "refund.failed", **FAILED)
    assert books(paid) == ("captured", 800, 0)
    assert Refund.objects.get().status == "failed"
    assert verify_ledgers().broken == ()


@pytest.mark.parametrize("status", ["pending", "succeeded"])
def test_that_it_failed_may_be_told_first(paid: Placed, status: str) -> None:
    """What was told as made came back long ago: nobody was given anything."""
    for _time in range(2):
        assert told(paid, 800, "refund.failed", **FAILED) is Settlement.ALREADY
    assert told(paid, 800, status=status) is Settlement.ALREADY
    assert not Refund.objects.exists()
    assert books(paid) == ("captured", 0, 0)
    work()
    assert mail.outbox == []
    told(paid, 800, id="re_2")
    assert books(paid) == ("captured", 800, 800)


def test_that_one_failed_before_its_money_is_known_is_told_again(
    placed: Placed, stripe_server: StripeServer
) -> None:
    stripe_server.pay(session_of(placed))
    intent = stripe_server.sessions[session_of(placed)]["payment_intent"]
    with pytest.raises(Refused, match="unknown_payment"):
        told(placed, 800, "refund.failed", payment_intent=intent, **FAILED)


def test_before_the_money_is_known_it_is_told_again(
    placed: Placed, stripe_server: StripeServer
) -> None:
    stripe_server.pay(session_of(placed))
    with pytest.raises(Refused, match="unknown_payment"):
        told(
            placed, 800, payment_intent=stripe_server.sessions[session_of(placed)]["payment_intent"]
        )


def test_another_accounts_refund_changes_nothing(paid: Placed) -> None:
    intent = payment_of(paid).reference
    for kind, more in MADE_OR_FAILED:
        done = told_of(intent, 5, kind, account="acct_stranger", **more)
        assert done is Settlement.ALREADY
    assert books(paid) == ("captured", 0, 0)


@pytest.mark.parametrize(("kind", "more"), MADE_OR_FAILED)
def test_of_what_the_shop_sold_elsewhere_nothing_is_said(
    paid: Placed, kind: str, more: dict[str, Any]
) -> None:
    """Refused, Stripe would tell it for days, and then nothing more at all."""
    assert told_of("pi_elsewhere", 800, kind, **more) is Settlement.ALREADY
    assert not Refund.objects.exists()
    waits = basket((cast.variant_of(cast.product(cast.maison_zinc(), "Bol")), 1)).sent()
    with pytest.raises(Refused, match="unknown_payment"):
        told_of("pi_elsewhere", 800, kind, **more)
    cancel_by_buyer(order=order_of(waits))
    with pytest.raises(Refused, match="unknown_payment"):  # its money may still have come
        told_of("pi_elsewhere", 800, kind, **more)
    Payment.objects.filter(order=waits.order_id).update(settled_at=clock.now() - timedelta(days=5))
    assert told_of("pi_elsewhere", 800, kind, **more) is Settlement.ALREADY


def test_what_was_ordered_since_is_not_what_it_is_about(paid: Placed) -> None:
    then = int(time.time()) - 280
    basket((cast.variant_of(cast.product(cast.maison_zinc(), "Bol")), 1)).sent()
    assert told_of("pi_elsewhere", 800, created=then) is Settlement.ALREADY


@pytest.mark.parametrize(("changes", "code"), [({"currency": "usd"}, "wrong_amount")])
def test_what_cannot_be_written_down_is_refused(
    paid: Placed, changes: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused, match=code):
        told(paid, 800, **changes)
    assert books(paid) == ("captured", 0, 0)
