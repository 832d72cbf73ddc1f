"""The end of a payment: answers early, late, twice, wrong or never."""

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core import mail

from comptoir.catalog.models import StockItem, Variant
from comptoir.common import clock
from comptoir.common.errors import NotVisible, Refused
from comptoir.sales.adapters.provider import ProviderDown
from comptoir.sales.adapters.registry import PROVIDERS
from comptoir.sales.adapters.sandbox_bank import SIGNATURE_HEADER, bank_notice, signature
from comptoir.sales.jobs import reconcile_payments
from comptoir.sales.models import BankCharge, BankRefund, Order, Payment, Refund
from comptoir.sales.services import (
    Placed,
    Settlement,
    cancel_by_buyer,
    expire_orders,
    reconcile,
    take_webhook,
)
from comptoir.sales.services.come_back import come_back
from tests import cast
from tests.sales.buying import (
    Deaf,
    at_bank,
    basket,
    charge_of,
    holds_of,
    jobs_waiting,
    order_of,
    payment_of,
    work,
)

pytestmark = pytest.mark.django_db

EXPIRED = timedelta(minutes=16)


@pytest.fixture
def corkscrew() -> Variant:
    return cast.variant_of(cast.product(cast.maison_zinc(), stock=1))


@pytest.fixture
def placed(corkscrew: Variant) -> Placed:
    return basket((corkscrew, 1)).sent()


def webhook(headers: Mapping[str, str], body: bytes) -> Settlement:
    return take_webhook(provider="sandbox", headers=headers, body=body)


def signed(**changes: Any) -> tuple[dict[str, str], bytes]:
    """The notice of the only charge, with other contents, signed by the bank all the same."""
    _headers, body = bank_notice(BankCharge.objects.get().reference)
    changed = json.dumps({**json.loads(body), **changes}).encode()
    return {SIGNATURE_HEADER: signature(changed, int(clock.now().timestamp()))}, changed


def is_paid_once(placed: Placed, variant: Variant) -> bool:
    order, payment = order_of(placed), payment_of(placed)
    return (
        (order.status, order.number[5:]) == ("paid", "00001")
        and payment.status == "captured"
        and payment.captured_minor == order.total_minor
        and cast.stock_of(variant) == (0, 0)
        and [message.to for message in mail.outbox] == [["ines@example.org"], ["zoe@example.org"]]
    )


def test_webhook_before_the_return(placed: Placed, corkscrew: Variant) -> None:
    """Survival 7."""
    at_bank(placed, "approve")
    work()
    assert is_paid_once(placed, corkscrew)
    come_back(order=order_of(placed))
    work()
    assert is_paid_once(placed, corkscrew)


def test_webhook_after_the_return_and_three_times(placed: Placed, corkscrew: Variant) -> None:
    """Survival 7."""
    at_bank(placed, "approve")
    come_back(order=order_of(placed))
    notice = bank_notice(charge_of(placed).reference)
    assert [webhook(*notice) for _n in "abc"] == [Settlement.ALREADY] * 3
    work()
    assert is_paid_once(placed, corkscrew)


def test_webhook_three_times_and_no_return(placed: Placed, corkscrew: Variant) -> None:
    """Survival 7."""
    at_bank(placed, "webhook_twice")
    assert len(jobs_waiting("sales.post_bank_notice")) == 2
    notice = bank_notice(charge_of(placed).reference)
    assert webhook(*notice) is Settlement.PAID
    work()
    assert is_paid_once(placed, corkscrew)


def test_webhook_late_while_the_buyer_is_back(placed: Placed, corkscrew: Variant) -> None:
    """Survival 7: the bank itself knows nothing yet when the buyer returns."""
    at_bank(placed, "webhook_late")
    come_back(order=order_of(placed))
    work()
    assert order_of(placed).status == "pending"
    work(after=timedelta(seconds=61))
    assert is_paid_once(placed, corkscrew)


def test_webhook_before_the_payment_knows_its_reference(corkscrew: Variant) -> None:
    """Survival 7: the bank is faster than our own second phase."""
    wanted = basket((corkscrew, 1))
    placed = wanted.sent()
    Payment.objects.update(status="created", reference="", redirect_url="")
    at_bank(placed, "approve")
    work()
    assert is_paid_once(placed, corkscrew)
    assert (wanted.sent().status, wanted.sent().redirect_url) == ("paid", "")


@pytest.mark.parametrize(
    ("tamper", "code"),
    [
        (lambda h, b: (h, b.replace(b'"amount_minor": 1880', b'"amount_minor": 1')), "signature"),
        (lambda _h, b: ({}, b), "unsigned"),
        (lambda _h, b: ({SIGNATURE_HEADER: ""}, b), "unsigned"),
        (lambda _h, b: ({SIGNATURE_HEADER: "t=x,v1=0"}, b), "unsigned"),
        (lambda _h, b: ({SIGNATURE_HEADER: "t=1700000000,v1=00"}, b), "signature"),
        (lambda h, b: ({SIGNATURE_HEADER: h[SIGNATURE_HEADER] + "é"}, b), "signature"),
    ],
)
def test_forged_and_unsigned_webhooks_are_refused(
    placed: Placed, tamper: Any, code: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Survival 8."""
    at_bank(placed, "approve")
    headers, body = tamper(*bank_notice(charge_of(placed).reference))
    with pytest.raises(Refused, match="bad_signature"):
        webhook(headers, body)
    assert code in caplog.text
    assert order_of(placed).status == "pending"


@pytest.mark.parametrize("minutes", [-6, 6])
def test_stale_webhooks_are_refused(
    placed: Placed, minutes: int, caplog: pytest.LogCaptureFixture
) -> None:
    """Survival 8."""
    at_bank(placed, "approve")
    with clock.travelled(timedelta(minutes=minutes)):
        headers, body = bank_notice(charge_of(placed).reference)
    with pytest.raises(Refused, match="bad_signature"):
        webhook(headers, body)
    assert "stale" in caplog.text
    assert order_of(placed).status == "pending"


@pytest.mark.parametrize(
    "change", [{"amount_minor": 1}, {"amount_minor": 188000}, {"currency": "USD"}]
)
def test_another_amount_or_currency_does_not_pay(
    placed: Placed, corkscrew: Variant, change: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    """Survival 8; the right notice, come later under the same event id, still pays."""
    at_bank(placed, "approve")
    with pytest.raises(Refused, match="wrong_amount"):
        webhook(*signed(**change))
    assert "the provider says" in caplog.text
    assert order_of(placed).status == "pending"
    assert webhook(*signed()) is Settlement.PAID
    work()
    assert is_paid_once(placed, corkscrew)


def test_another_amount_found_by_asking_does_not_pay(placed: Placed) -> None:
    at_bank(placed, "time_out")
    BankCharge.objects.update(amount_minor=1)
    come_back(order=order_of(placed))
    assert order_of(placed).status == "pending"
    assert payment_of(placed).captured_minor == 0


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"key": "not a key"}, "bad_notice"),
        ({"status": "on holiday"}, "bad_notice"),
        ({"amount_minor": None}, "bad_notice"),
        ({"key": str(UUID(int=7))}, "unknown_payment"),
    ],
)
def test_signed_nonsense_is_refused(placed: Placed, changes: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused, match=code):
        webhook(*signed(**changes))
    assert order_of(placed).status == "pending"


def test_there_is_no_other_provider(placed: Placed) -> None:
    headers, body = bank_notice(charge_of(placed).reference)
    with pytest.raises(NotVisible):
        take_webhook(provider="cheques", headers=headers, body=body)


def test_refused_by_the_bank_gives_the_pieces_back(placed: Placed, corkscrew: Variant) -> None:
    at_bank(placed, "refuse")
    come_back(order=order_of(placed))
    work()
    order = order_of(placed)
    assert (order.status, order.cancel_reason, order.number) == ("cancelled", "payment_failed", "")
    assert (payment_of(placed).status, payment_of(placed).failure) == ("failed", "refused")
    assert cast.stock_of(corkscrew) == (1, 0)
    assert holds_of(placed) == {corkscrew.pk: "released"}
    assert mail.outbox == []


@pytest.mark.parametrize(("choice", "status"), [("approve", "paid"), ("refuse", "cancelled")])
def test_the_code_is_asked_before_the_bank_decides(
    placed: Placed, choice: str, status: str
) -> None:
    assert at_bank(placed, "secure") == placed.redirect_url
    come_back(order=order_of(placed))
    assert order_of(placed).status == "pending"
    with pytest.raises(Refused, match="bank_choice"):
        at_bank(placed, "time_out")
    at_bank(placed, choice)
    work()
    assert order_of(placed).status == status


def test_the_bank_decides_once(placed: Placed) -> None:
    back = at_bank(placed, "approve")
    assert at_bank(placed, "refuse") == back
    work()
    assert order_of(placed).status == "paid"


def test_the_bank_charges_and_never_answers(placed: Placed, corkscrew: Variant) -> None:
    """Survival 9: the order waits, reconciliation settles it, there is one charge."""
    assert at_bank(placed, "time_out") == placed.redirect_url
    work()
    assert order_of(placed).status == "pending"
    assert reconcile(older_than=timedelta(minutes=2)) == 0
    with clock.travelled(timedelta(minutes=3)):
        assert reconcile(older_than=timedelta(minutes=2)) == 1
    work()
    assert is_paid_once(placed, corkscrew)
    assert BankCharge.objects.count() == 1


@pytest.fixture
def deaf(monkeypatch: pytest.MonkeyPatch) -> Deaf:
    provider = Deaf()
    monkeypatch.setitem(PROVIDERS, "sandbox", provider)
    return provider


def test_the_provider_times_out_after_it_was_asked(deaf: Deaf, corkscrew: Variant) -> None:
    """Survival 9: sent again, the same charge is found; left alone, reconciliation finds it."""
    wanted = basket((corkscrew, 1))
    placed = wanted.sent()
    assert (placed.status, placed.redirect_url) == ("pending", "")
    assert payment_of(placed).status == "created"
    come_back(order=order_of(placed))
    deaf.lost = False
    again = wanted.sent()
    assert again.redirect_url == f"/bank/{charge_of(placed).reference}"
    at_bank(placed, "time_out")
    with clock.travelled(timedelta(minutes=3)):
        reconcile(older_than=timedelta(minutes=2))
    work()
    assert is_paid_once(placed, corkscrew)
    assert BankCharge.objects.count() == 1


def test_an_unpaid_order_expires(placed: Placed, corkscrew: Variant) -> None:
    assert expire_orders() == 0
    with clock.travelled(EXPIRED):
        assert expire_orders() == 1
        assert expire_orders() == 0
    order = order_of(placed)
    assert (order.status, order.cancel_reason) == ("cancelled", "expired")
    assert payment_of(placed).status == "failed"
    assert cast.stock_of(corkscrew) == (1, 0)


def test_an_order_of_uncounted_things_expires_too() -> None:
    soap = cast.variant_of(cast.product(cast.maison_zinc(), "Savon", stock=None))
    placed = basket((soap, 1)).sent()
    with clock.travelled(EXPIRED):
        assert expire_orders() == 1
    assert order_of(placed).status == "cancelled"


def test_what_was_paid_in_silence_does_not_expire(placed: Placed, corkscrew: Variant) -> None:
    at_bank(placed, "time_out")
    with clock.travelled(EXPIRED):
        assert expire_orders() == 0
    work()
    assert is_paid_once(placed, corkscrew)


def test_nothing_expires_while_the_provider_is_silent(deaf: Deaf, corkscrew: Variant) -> None:
    placed = basket((corkscrew, 1)).sent()
    with clock.travelled(EXPIRED):
        assert expire_orders() == 0
        assert cast.stock_of(corkscrew) == (0, 1)
        deaf.lost = False
        assert expire_orders() == 1
    assert order_of(placed).status == "cancelled"


def test_late_capture_takes_the_pieces_again(corkscrew: Variant) -> None:
    """Survival 10."""
    placed = basket((corkscrew, 1), language="en").sent()
    with clock.travelled(EXPIRED):
        expire_orders()
        at_bank(placed, "approve")
        work()
    assert is_paid_once(placed, corkscrew)
    assert order_of(placed).cancelled_at is None
    assert "came after the time to pay" in mail.outbox[0].body


def test_late_capture_without_pieces_is_refunded_and_said(
    placed: Placed, corkscrew: Variant
) -> None:
    """Survival 10."""
    with clock.travelled(EXPIRED):
        expire_orders()
        other = basket((corkscrew, 1), email="malo@example.org").sent()
        at_bank(placed, "approve")
        work()
    order, payment = order_of(placed), payment_of(placed)
    assert (order.status, order.cancel_reason) == ("cancelled", "expired")
    assert (payment.status, payment.refunded_minor) == ("refunded", payment.captured_minor)
    assert charge_of(placed).refunded_minor == 1880
    assert [message.to for message in mail.outbox] == [["ines@example.org"]] * 2
    assert cast.stock_of(corkscrew) == (0, 1)
    at_bank(other, "approve")
    work()
    assert order_of(other).status == "paid"


def test_late_capture_of_an_order_called_off_is_refunded(
    placed: Placed, corkscrew: Variant
) -> None:
    """Survival 10: the buyer gave up; the pieces are there, but nobody wants them any more."""
    cancel_by_buyer(order=order_of(placed))
    at_bank(placed, "approve")
    work()
    assert order_of(placed).status == "cancelled"
    assert payment_of(placed).status == "refunded"
    assert cast.stock_of(corkscrew) == (1, 0)


def test_a_refund_whose_answer_is_lost_is_given_once(deaf: Deaf, corkscrew: Variant) -> None:
    deaf.lost = False
    placed = basket((corkscrew, 1)).sent()
    cancel_by_buyer(order=order_of(placed))
    at_bank(placed, "approve")
    deaf.lost = True
    with pytest.raises(ProviderDown):
        work()
    assert Refund.objects.get().status == "due"
    deaf.lost = False
    work()
    assert payment_of(placed).status == "refunded"
    assert BankRefund.objects.get().amount_minor == 1880


def test_a_refund_whose_job_is_lost_is_found(placed: Placed) -> None:
    cancel_by_buyer(order=order_of(placed))
    at_bank(placed, "approve")
    work(only="sales.post_bank_notice")
    assert len(jobs_waiting("sales.refund")) == 1
    with clock.travelled(timedelta(minutes=3)):
        reconcile_payments.func(timestamp=0)
    assert payment_of(placed).status == "refunded"
    work()
    assert BankRefund.objects.count() == 1


def test_buyers_prepared_then_paying_one_after_the_other(corkscrew: Variant) -> None:
    """Survival 2: the late one is refused before they are charged."""
    prepared = [basket((corkscrew, 1)), basket((corkscrew, 1), email="malo@example.org")]
    first = prepared[0].sent()
    with pytest.raises(Refused, match="sold_out"):
        prepared[1].sent()
    assert BankCharge.objects.count() == 1
    at_bank(first, "approve")
    work()
    assert Order.objects.get().status == "paid"
    assert StockItem.objects.get(pk=corkscrew.pk).available == 0
