"""The end of a payment: refused, asked a code for, unanswered."""

from datetime import datetime, timedelta

import pytest
from croniter import croniter  # type: ignore[import-untyped]
from django.core import mail
from procrastinate.contrib.django import app

from comptoir.catalog.models import StockItem, Variant
from comptoir.common import clock
from comptoir.common.errors import Refused
from comptoir.sales.jobs import reconcile_soon
from comptoir.sales.models import BankCharge, Order
from comptoir.sales.services import (
    Placed,
    reconcile,
)
from comptoir.sales.services.come_back import come_back
from tests import cast
from tests.sales.buying import (
    Deaf,
    at_bank,
    basket,
    charge_of,
    is_paid_once,
    order_of,
    payment_of,
    work,
)

pytestmark = pytest.mark.django_db


def test_another_amount_found_by_asking_does_not_pay(placed: Placed) -> None:
    at_bank(placed, "time_out")
    BankCharge.objects.update(amount_minor=1)
    come_back(order=order_of(placed))
    assert order_of(placed).status == "pending"
    assert payment_of(placed).captured_minor == 0


def test_refused_by_the_bank_gives_the_pieces_back(placed: Placed, corkscrew: Variant) -> None:
    at_bank(placed, "refuse")
    come_back(order=order_of(placed))
    work()
    order = order_of(placed)
    assert (order.status, order.cancel_reason, order.number) == ("cancelled", "payment_failed", "")
    assert (payment_of(placed).status, payment_of(placed).failure) == ("failed", "refused")
    assert cast.stock_of(corkscrew) == (1, 0)
    (letter,) = mail.outbox
    assert letter.to == ["ines@example.org"]


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


def test_money_taken_in_silence_is_in_the_books_within_a_minute(
    placed: Placed, corkscrew: Variant
) -> None:
    """At the moments that the worker's own clock gives, whenever the order was placed."""
    at_bank(placed, "time_out")
    since = order_of(placed).placed_at
    (soon,) = (
        task.cron
        for task in app.periodic_registry.periodic_tasks.values()
        if task.task is reconcile_soon
    )
    moments = croniter(soon, since)
    after = [moments.get_next(datetime) - since for _each in range(3)]
    assert after[-1] <= timedelta(minutes=1)
    for later in after:
        with clock.travelled(later):
            reconcile_soon.func(0)
    work()
    assert is_paid_once(placed, corkscrew)


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
