"""Money of another amount or currency than was asked: nothing is called off, a person must look."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from comptoir.catalog.models import Variant
from comptoir.common import clock
from comptoir.common.errors import Conflict, Refused
from comptoir.sales.adapters.sandbox_bank import bank_notice
from comptoir.sales.census import mismatched_payments
from comptoir.sales.models import BankCharge
from comptoir.sales.services import (
    Placed,
    cancel_by_buyer,
    cancel_by_shop,
    expire_orders,
    reconcile,
    take_webhook,
)
from tests import cast
from tests.sales.buying import (
    EXPIRED,
    charge_of,
    charged_a_cent,
    is_paid_once,
    order_of,
    payment_of,
    work,
)
from tests.web.visiting import browser_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def placed(corkscrew: Variant) -> Placed:
    """The bank took one cent for it, and told nobody."""
    return charged_a_cent(corkscrew)


def is_marked(placed: Placed) -> bool:
    payment = payment_of(placed)
    return (order_of(placed).status, payment.failure, mismatched_payments()) == (
        "pending", "amount_mismatch", 1,
    )  # fmt: skip


def test_it_does_not_expire(placed: Placed, corkscrew: Variant) -> None:
    with clock.travelled(EXPIRED):
        assert expire_orders() == 0
    assert is_marked(placed)
    assert cast.stock_of(corkscrew) == (0, 1)


@pytest.mark.parametrize("cancel", [cancel_by_buyer, cancel_by_shop])
def test_it_is_not_called_off(placed: Placed, cancel: Callable[..., None]) -> None:
    with clock.travelled(EXPIRED), pytest.raises(Conflict, match="amount_mismatch"):
        cancel(order=order_of(placed))
    assert is_marked(placed)


def test_a_notice_of_it_leaves_the_mark_too(placed: Placed) -> None:
    with pytest.raises(Refused, match="wrong_amount"):
        headers, body = bank_notice(charge_of(placed).reference)
        take_webhook(provider="sandbox", headers=headers, body=body)
    assert is_marked(placed)


def test_what_the_bank_corrects_is_settled(placed: Placed, corkscrew: Variant) -> None:
    with clock.travelled(EXPIRED):
        expire_orders()
        BankCharge.objects.update(amount_minor=payment_of(placed).amount_minor)
        assert reconcile(older_than=timedelta(minutes=2)) == 1
    work()
    assert is_paid_once(placed, corkscrew)
    assert mismatched_payments() == 0


def test_a_refusal_needs_no_amount(placed: Placed, corkscrew: Variant) -> None:
    """Nothing was taken, so there is nothing to compare."""
    BankCharge.objects.update(status="refused", amount_minor=0)
    with clock.travelled(EXPIRED):
        reconcile(older_than=timedelta(minutes=2))
    assert order_of(placed).status == "cancelled"
    assert cast.stock_of(corkscrew) == (1, 0)


def test_the_operator_sees_it(placed: Placed) -> None:
    browser = browser_of(cast.person("Odile", "odile", language="en", is_operator=True))
    assert "All is well." in text_of(browser.get("/operator"))
    with clock.travelled(EXPIRED):
        expire_orders()
    page = text_of(browser.get("/operator"))
    assert "Something needs your hand" in page
    assert "Payments of another amount than asked" in page
    assert is_marked(placed)
