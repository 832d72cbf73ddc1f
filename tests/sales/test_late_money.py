"""What time does: orders expire, money comes late, refunds are given once."""

from datetime import timedelta

import pytest
from django.core import mail

from comptoir.catalog.models import Variant
from comptoir.common import clock
from comptoir.people.services import leave
from comptoir.sales.adapters.provider import ProviderDown
from comptoir.sales.jobs import give_back_job, look_back_job, reconcile_payments
from comptoir.sales.models import BankRefund, LedgerEntry, Refund
from comptoir.sales.services import (
    Placed,
    cancel_by_buyer,
    expire_orders,
)
from comptoir.sales.services.come_back import come_back
from tests import cast
from tests.sales.buying import (
    EXPIRED,
    Deaf,
    at_bank,
    basket,
    charge_of,
    is_paid_once,
    jobs_waiting,
    order_of,
    payment_of,
    work,
)
from tests.sales.offering import offer

pytestmark = pytest.mark.django_db


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
    moved = LedgerEntry.objects.order_by("sequence").values_list("kind", "amount_minor")
    assert list(moved) == [("captured", 1880), ("refunded", -1880)]
    assert [message.to for message in mail.outbox] == [["ines@example.org"]] * 2
    assert cast.stock_of(corkscrew) == (0, 1)
    at_bank(other, "approve")
    work()
    assert order_of(other).status == "paid"


def test_paid_late_is_settled_when_the_buyer_is_back(placed: Placed, corkscrew: Variant) -> None:
    """Survival 10: they see it paid, and have no reason to buy it again."""
    with clock.travelled(EXPIRED):
        expire_orders()
        at_bank(placed, "time_out")
        come_back(order=order_of(placed))
    work()
    assert is_paid_once(placed, corkscrew)


def test_paid_too_late_is_promised_back_when_the_buyer_is_back(
    placed: Placed, corkscrew: Variant
) -> None:
    """Survival 10."""
    with clock.travelled(EXPIRED):
        expire_orders()
        basket((corkscrew, 1), email="malo@example.org").sent()
        at_bank(placed, "time_out")
        come_back(order=order_of(placed))
        assert payment_of(placed).refund_due_minor == 1880
        come_back(order=order_of(placed))
    assert Refund.objects.count() == 1


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
        give_back_job.func(0)
    assert payment_of(placed).status == "refunded"
    work()
    assert BankRefund.objects.count() == 1


@pytest.mark.parametrize("give_up", ["expired", "by_buyer"])
def test_money_taken_in_silence_after_we_gave_up_is_found(placed: Placed, give_up: str) -> None:
    """Survival 9 and 10: no webhook ever comes, and the order is no longer waiting."""
    with clock.travelled(EXPIRED):
        if give_up == "expired":
            expire_orders()
        else:
            cancel_by_buyer(order=order_of(placed))
        at_bank(placed, "time_out")
        reconcile_payments.func(0)
        assert order_of(placed).status == "cancelled"
    with clock.travelled(timedelta(hours=1)):
        look_back_job.func(0)
        work()
    charge, order = charge_of(placed), order_of(placed)
    assert order.status == ("paid" if give_up == "expired" else "cancelled")
    assert charge.refunded_minor == (0 if give_up == "expired" else charge.amount_minor)


def test_late_money_of_one_who_left_uses_their_offer_again(corkscrew: Variant) -> None:
    """The last use of it: nobody else may have it too."""
    made = offer(corkscrew.product.shop, code="DERNIER", limit_total=1, limit_per_customer=1)
    ines = cast.ines().actor
    placed = basket((corkscrew, 1), codes=("DERNIER",), actor=ines).sent()
    with clock.travelled(EXPIRED):
        expire_orders()
        leave(actor=ines)
        work(after=EXPIRED)
        at_bank(placed, "approve")
        work(after=EXPIRED)
    made.refresh_from_db()
    assert (order_of(placed).status, made.uses) == ("paid", 1)
    assert made.orders.get().status == "used"
