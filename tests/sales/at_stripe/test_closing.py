"""Stripe's page of an order that was called off is closed by a job, once and for good."""

from datetime import timedelta

import pytest

from comptoir.catalog.models import Variant
from comptoir.common import clock
from comptoir.sales.adapters.provider import ProviderDown
from comptoir.sales.models import Refund, StripeCharge
from comptoir.sales.services import Placed, cancel_by_buyer, cancel_by_shop, expire_orders
from comptoir.sales.services.close_payment import close_payment
from comptoir.sales.services.come_back import come_back
from tests import cast
from tests.sales.at_stripe.shop import session_of
from tests.sales.buying import basket, jobs_waiting, order_of, payment_of, work
from tests.stripe_server import StripeServer
from tests.web.visiting import worker_turn

pytestmark = pytest.mark.django_db


def status_of(placed: Placed, stripe_server: StripeServer) -> str:
    return str(stripe_server.sessions[session_of(placed)]["status"])


def test_called_off_it_is_closed_once_the_job_has_run(
    placed: Placed, stripe_server: StripeServer
) -> None:
    cancel_by_buyer(order=order_of(placed))
    assert status_of(placed, stripe_server) == "open"  # nothing was asked in the transaction
    work()
    assert status_of(placed, stripe_server) == "expired"
    assert close_payment(payment_id=payment_of(placed).pk)
    assert order_of(placed).status == "cancelled"


def test_a_stripe_that_does_not_answer_is_asked_again(
    placed: Placed, stripe_server: StripeServer
) -> None:
    cancel_by_shop(order=order_of(placed))
    stripe_server.down = True
    worker_turn()
    assert jobs_waiting("sales.close_payment") == [{"payment_id": payment_of(placed).pk}]
    with pytest.raises(ProviderDown):
        close_payment(payment_id=payment_of(placed).pk)
    stripe_server.down = False
    work()
    assert status_of(placed, stripe_server) == "expired"


def test_an_order_that_expired_leaves_no_page_open(
    placed: Placed, stripe_server: StripeServer, corkscrew: Variant
) -> None:
    with clock.travelled(timedelta(minutes=41)):
        assert expire_orders() == 1
    work()
    assert status_of(placed, stripe_server) == "expired"
    assert cast.stock_of(corkscrew) == (3, 0)


def test_money_that_was_faster_comes_back_by_itself(
    placed: Placed, stripe_server: StripeServer
) -> None:
    """The buyer paid between the last question and the closing of the page."""
    cancel_by_buyer(order=order_of(placed))
    stripe_server.pay(session_of(placed))
    work()
    payment = payment_of(placed)
    assert (payment.captured_minor, payment.refunded_minor) == (1880, 1880)
    assert (Refund.objects.get().reason, order_of(placed).status) == ("late_capture", "cancelled")
    assert stripe_server.refunds_of(session_of(placed)) == [1880]
    assert not close_payment(payment_id=payment.pk)


def test_money_that_was_faster_than_expiry_pays_the_order(
    placed: Placed, stripe_server: StripeServer
) -> None:
    with clock.travelled(timedelta(minutes=41)):
        assert expire_orders() == 1
    stripe_server.pay(session_of(placed))
    work()
    assert order_of(placed).status == "paid"


def test_a_session_that_nobody_can_reach_needs_no_closing(
    placed: Placed, stripe_server: StripeServer
) -> None:
    StripeCharge.objects.update(session_id="", url="")
    cancel_by_buyer(order=order_of(placed))
    stripe_server.calls.clear()
    work()
    assert stripe_server.calls == []


def test_a_payment_that_was_made_is_not_touched(
    placed: Placed, stripe_server: StripeServer
) -> None:
    stripe_server.pay(session_of(placed))
    come_back(order=order_of(placed))
    stripe_server.calls.clear()
    assert not close_payment(payment_id=payment_of(placed).pk)
    assert stripe_server.calls == []


def test_other_providers_have_no_page_to_close() -> None:
    bowl = cast.variant_of(cast.product(cast.atelier_brume(), "Bol"))
    placed = basket((bowl, 1)).sent()
    cancel_by_buyer(order=order_of(placed))
    worker_turn()
    assert jobs_waiting("sales.close_payment") == []


def test_the_hold_of_a_session_that_stripe_will_not_show_ends_after_a_day(
    placed: Placed, stripe_server: StripeServer, corkscrew: Variant
) -> None:
    """The shop took the place off its account, or the key is another one: Stripe refuses to tell of
    it whenever it is asked."""
    del stripe_server.sessions[session_of(placed)]
    with clock.travelled(timedelta(hours=20)):
        expire_orders()
    assert (order_of(placed).status, cast.stock_of(corkscrew)) == ("pending", (2, 1))
    with clock.travelled(timedelta(days=2)):
        expire_orders()
    assert (order_of(placed).status, cast.stock_of(corkscrew)) == ("cancelled", (3, 0))
