"""Webhooks: early, late, twice, forged, stale, or about another sum."""

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from comptoir.catalog.models import Variant
from comptoir.common import clock
from comptoir.common.errors import NotVisible, Refused
from comptoir.sales.adapters.provider import PaymentRequest, ProviderAnswer
from comptoir.sales.adapters.registry import PROVIDERS
from comptoir.sales.adapters.sandbox import SandboxProvider
from comptoir.sales.adapters.sandbox_bank import (
    SIGNATURE_HEADER,
    bank_choose,
    bank_notice,
    signature,
)
from comptoir.sales.models import BankCharge, Payment
from comptoir.sales.services import (
    Placed,
    Settlement,
    take_webhook,
)
from comptoir.sales.services.come_back import come_back
from tests.sales.buying import (
    at_bank,
    basket,
    charge_of,
    is_paid_once,
    jobs_waiting,
    order_of,
    work,
)

pytestmark = pytest.mark.django_db


def webhook(headers: Mapping[str, str], body: bytes) -> Settlement:
    return take_webhook(provider="sandbox", headers=headers, body=body)


def signed(**changes: Any) -> tuple[dict[str, str], bytes]:
    """The notice of the only charge, with other contents, signed by the bank all the same."""
    _headers, body = bank_notice(BankCharge.objects.get().reference)
    changed = json.dumps({**json.loads(body), **changes}).encode()
    return {SIGNATURE_HEADER: signature(changed, int(clock.now().timestamp()))}, changed


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


class Hasty(SandboxProvider):
    """Charges and tells of it before it has answered that the buyer may come."""

    def start(self, request: PaymentRequest) -> ProviderAnswer:
        answer = super().start(request)
        bank_choose(answer.reference, "approve")
        assert webhook(*bank_notice(answer.reference)) is Settlement.PAID
        return answer


def test_webhook_before_the_provider_has_answered(
    corkscrew: Variant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Survival 7: what is known already is not overwritten by the answer."""
    monkeypatch.setitem(PROVIDERS, "sandbox", Hasty())
    placed = basket((corkscrew, 1)).sent()
    assert (placed.status, placed.redirect_url) == ("paid", "")
    work()
    assert is_paid_once(placed, corkscrew)


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
