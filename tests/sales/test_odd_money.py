"""The operator's door for money of another amount than was asked: it goes back, once."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client

from comptoir.catalog.models import Variant
from comptoir.common import clock
from comptoir.common.errors import Conflict, NotVisible
from comptoir.people.actor import Actor
from comptoir.sales.adapters.provider import NotGivenBack, ProviderDown
from comptoir.sales.adapters.registry import PROVIDERS, provider_named
from comptoir.sales.adapters.sandbox import SandboxProvider
from comptoir.sales.adapters.sandbox_bank import bank_notice
from comptoir.sales.models import BankCharge, BankRefund, LedgerEntry, OddMoney, Payment, Refund
from comptoir.sales.services import Placed, Settlement, expire_orders, settle, take_webhook
from comptoir.sales.services.expire import look_back
from comptoir.sales.services.odd_money import (
    confirm_odd_money,
    fail_odd_money,
    give_odd_money_back,
    give_odd_money_left_over,
    return_odd_money,
)
from comptoir.sales.timeline import timeline_of
from tests import cast
from tests.cast import Person
from tests.sales.buying import (
    EXPIRED,
    at_bank,
    basket,
    charge_of,
    charged_a_cent,
    order_of,
    payment_of,
    work,
)
from tests.web.visiting import browser_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def placed(corkscrew: Variant) -> Placed:
    """The bank took one cent for it, and expiry found out."""
    placed = charged_a_cent(corkscrew)
    with clock.travelled(EXPIRED):
        expire_orders()
    return placed


@pytest.fixture
def odile() -> Person:
    return cast.person("Odile", "odile", language="en", is_operator=True)


@pytest.fixture
def operator(odile: Person) -> Actor:
    return Actor(odile.user.pk, odile.profile.pk, True)


@pytest.fixture
def browser(odile: Person) -> Client:
    return browser_of(odile)


def decided(browser: Client, placed: Placed, **form: str) -> str:
    path = f"/operator/payments/{payment_of(placed).pk}"
    return text_of(browser.post(path, form or {"sure": "yes"}, follow=True))


def test_the_operator_sees_it_and_gives_it_back(
    placed: Placed, corkscrew: Variant, browser: Client
) -> None:
    page = text_of(browser.get("/operator/payments"))
    assert "€0.01 instead of €18.80" in page
    assert "To be decided" in page
    assert 'href="/operator/payments"' in text_of(browser.get("/operator"))
    assert "tick the box" in decided(browser, placed, sure="")
    assert order_of(placed).status == "pending"
    assert "the money goes back" in decided(browser, placed)
    order, payment = order_of(placed), payment_of(placed)
    assert (order.status, order.cancel_reason) == ("cancelled", "wrong_amount")
    assert (payment.status, payment.failure, payment.captured_minor) == (
        "failed", "amount_returned", 0,
    )  # fmt: skip
    assert cast.stock_of(corkscrew) == (1, 0)
    mail.outbox.clear()
    work()
    assert [row.amount_minor for row in BankRefund.objects.all()] == [1]
    assert sorted(one.to[0] for one in mail.outbox) == [
        "bonjour@boutique.example", "ines@example.org",
    ]  # fmt: skip
    page = text_of(browser.get("/operator/payments"))
    assert "Given back" in page
    assert "decided by Odile" in page
    assert "All is well." in text_of(browser.get("/operator"))
    assert "odd_money" in [moment.kind for moment in timeline_of(order)]


def test_two_people_never_act_twice(placed: Placed, browser: Client, operator: Actor) -> None:
    other = browser_of(cast.person("Oscar", "oscar", language="en", is_operator=True))
    assert "the money goes back" in decided(browser, placed)
    assert "Someone has dealt with this payment already." in decided(other, placed)
    work()
    with pytest.raises(Conflict, match="already_decided"):
        return_odd_money(actor=operator, payment_id=payment_of(placed).pk)
    assert give_odd_money_left_over() == 0
    assert BankRefund.objects.count() == 1
    assert not Refund.objects.exists()
    assert not LedgerEntry.objects.exists()


def test_for_all_others_there_is_no_such_door(placed: Placed) -> None:
    for who in (cast.zoe(), cast.malo()):
        path = f"/operator/payments/{payment_of(placed).pk}"
        assert browser_of(who).post(path, {"sure": "yes"}).status_code == 404
        for act in (return_odd_money, confirm_odd_money):
            with pytest.raises(NotVisible):
                act(actor=who.actor, payment_id=payment_of(placed).pk)


def test_a_payment_as_it_was_asked_is_not_to_be_had(corkscrew: Variant, operator: Actor) -> None:
    placed = basket((corkscrew, 1)).sent()
    for act in (return_odd_money, confirm_odd_money):
        with pytest.raises(NotVisible):
            act(actor=operator, payment_id=payment_of(placed).pk)


def test_what_the_bank_corrected_meanwhile_is_settled(placed: Placed, browser: Client) -> None:
    BankCharge.objects.update(amount_minor=payment_of(placed).amount_minor)
    assert "has corrected itself" in decided(browser, placed)
    assert order_of(placed).status == "paid"
    assert "Every payment is as it was asked" in text_of(browser.get("/operator/payments"))


def test_whatever_is_told_afterwards_settles_nothing(
    placed: Placed, operator: Actor, corkscrew: Variant
) -> None:
    return_odd_money(actor=operator, payment_id=payment_of(placed).pk)
    work()
    for amount in (1, payment_of(placed).amount_minor):
        BankCharge.objects.update(amount_minor=amount)
        headers, body = bank_notice(charge_of(placed).reference)
        told = take_webhook(provider="sandbox", headers=headers, body=body)
        assert told is Settlement.ALREADY
        look_back(newer_than=timedelta(hours=26))
    payment = payment_of(placed)
    assert (payment.failure, payment.captured_minor) == ("amount_returned", 0)
    assert not Refund.objects.exists()
    assert cast.stock_of(corkscrew) == (1, 0)


def test_a_bank_that_does_not_answer_decides_nothing(
    placed: Placed, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    provider = provider_named("sandbox")

    def silent(*_args: Any) -> None:
        raise ProviderDown

    monkeypatch.setattr(provider, "fetch", silent)
    assert "does not answer" in decided(browser, placed)
    assert order_of(placed).status == "pending"
    monkeypatch.undo()
    monkeypatch.setattr(provider, "refund", silent)
    decided(browser, placed)
    assert give_odd_money_left_over() == 0
    monkeypatch.undo()
    assert give_odd_money_left_over() == 1
    assert OddMoney.objects.get().done_at is not None


def test_what_the_provider_cannot_give_back_stays_in_sight(
    placed: Placed, browser: Client, operator: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*_args: Any) -> None:
        raise NotGivenBack("expired_or_canceled_card")

    monkeypatch.setattr(provider_named("sandbox"), "refund", refuses)
    decided(browser, placed)
    work()
    page = text_of(browser.get("/operator/payments"))
    assert "expired or canceled card" in page
    assert "Something needs your hand" in text_of(browser.get("/operator"))
    assert "Noted." in decided(browser, placed, act="done")
    assert "already" in decided(browser, placed, act="done")
    assert "All is well." in text_of(browser.get("/operator"))
    odd = OddMoney.objects.get()
    fail_odd_money(odd, "told again")
    odd.refresh_from_db()
    assert odd.done_at is not None


def test_it_comes_back_from_the_buyer_s_bank_days_later(placed: Placed, operator: Actor) -> None:
    return_odd_money(actor=operator, payment_id=payment_of(placed).pk)
    work()
    fail_odd_money(OddMoney.objects.get(), "lost_or_stolen_card")
    odd = OddMoney.objects.get()
    assert (odd.done_at, odd.failure) == (None, "lost_or_stolen_card")
    confirm_odd_money(actor=operator, payment_id=odd.payment_id)


def test_money_for_an_order_that_was_called_off_goes_back_too(
    corkscrew: Variant, operator: Actor
) -> None:
    placed = basket((corkscrew, 1)).sent()
    with clock.travelled(EXPIRED):
        expire_orders()
    at_bank(placed, "time_out")
    BankCharge.objects.update(amount_minor=2)
    answer = provider_named("sandbox").fetch(payment_of(placed).key)
    assert answer is not None
    assert settle(payment_id=payment_of(placed).pk, answer=answer) is Settlement.MISMATCH
    said = return_odd_money(actor=operator, payment_id=payment_of(placed).pk)
    assert said is Settlement.REFUND_DUE
    work()
    assert (order_of(placed).cancel_reason, charge_of(placed).refunded_minor) == ("expired", 2)


def test_the_row_says_who_decided_before_it_is_done(placed: Placed) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        OddMoney.objects.update(done_at=clock.now())
    assert Payment.objects.get().odd_money.decided_at is None


def test_a_failure_that_is_told_before_the_answer_is_not_noted_as_given_back(
    placed: Placed, operator: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    return_odd_money(actor=operator, payment_id=payment_of(placed).pk)

    class FailsAtOnce(SandboxProvider):
        def refund(self, key: Any, refund_key: Any, amount_minor: int) -> None:
            super().refund(key, refund_key, amount_minor)
            fail_odd_money(OddMoney.objects.get(), "expired_or_canceled_card")  # by its notice

    monkeypatch.setitem(PROVIDERS, "sandbox", FailsAtOnce())
    noted = give_odd_money_back(odd_money_id=OddMoney.objects.get().pk)
    odd = OddMoney.objects.get()
    assert (noted, odd.done_at, odd.failure) == (False, None, "expired_or_canceled_card")
