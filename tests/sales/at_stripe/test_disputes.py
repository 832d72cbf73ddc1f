"""A dispute: the shop is written to, and sees on its pages until when it may answer."""

import time

import pytest
from django.core import mail

from comptoir.sales.models import StripeDispute
from comptoir.sales.services import Placed, Settlement, take_webhook
from comptoir.sales.services.come_back import come_back
from tests import cast
from tests.sales.at_stripe.shop import ACCOUNT, session_of
from tests.sales.buying import order_of, payment_of, work
from tests.stripe_server import StripeServer, signed
from tests.web.visiting import browser_of, links, text_of

pytestmark = pytest.mark.django_db

NOW = int(time.time())
IN_NINE_DAYS = NOW + 9 * 86400


@pytest.fixture
def paid(placed: Placed, stripe_server: StripeServer) -> Placed:
    stripe_server.pay(session_of(placed))
    come_back(order=order_of(placed))
    work()
    mail.outbox.clear()
    return placed


def told(placed: Placed, status: str, *, later: int = 0) -> None:
    about = {
        "id": "dp_1",
        "payment_intent": payment_of(placed).reference,
        "amount": 1880,
        "currency": "eur",
        "reason": "product_not_received",
        "status": status,
        "evidence_details": {"due_by": IN_NINE_DAYS},
    }
    kind = "charge.dispute.updated"
    headers, body = signed(kind, about, account=ACCOUNT, created=NOW + later)
    assert take_webhook(provider="stripe", headers=headers, body=body) is Settlement.ALREADY


def letters() -> list[tuple[list[str], str]]:
    work()
    sent = [(list(one.to), str(one.body)) for one in mail.outbox]
    mail.outbox.clear()
    return sent


def test_the_shop_is_written_to_once_and_again_when_it_is_decided(paid: Placed) -> None:
    for _n in range(3):
        told(paid, "needs_response")
    ((to, body),) = letters()
    assert to == ["bonjour@boutique.example"]
    assert "https://dashboard.stripe.com/disputes/dp_1" in body
    assert "product not received" in body
    told(paid, "under_review", later=60)
    assert letters() == []
    for _n in range(2):
        told(paid, "won", later=120)
    ((_to, body),) = letters()
    assert "1880" not in body
    told(paid, "needs_response")  # late: it was decided since
    assert letters() == []
    assert StripeDispute.objects.get().status == "won"


def test_one_that_is_heard_of_when_it_is_over_is_told_as_such(paid: Placed) -> None:
    told(paid, "lost")
    assert len(letters()) == 1
    assert not StripeDispute.objects.get().is_open


def test_the_day_stands_on_the_order_and_in_the_list(paid: Placed) -> None:
    zoe = browser_of(cast.zoe())
    path = "/counter/maison_zinc/orders"
    assert "Disputed" not in text_of(zoe.get(path))
    told(paid, "needs_response")
    assert "Disputed: answer until" in text_of(zoe.get(path))
    page = zoe.get(f"{path}/{order_of(paid).number}")
    assert "Answer until" in text_of(page)
    assert "https://dashboard.stripe.com/disputes/dp_1" in links(page)
    told(paid, "won", later=60)
    assert "Disputed" not in text_of(zoe.get(path))
    page = zoe.get(f"{path}/{order_of(paid).number}")
    assert "Disputed by the buyer" in text_of(page)
    assert "https://dashboard.stripe.com/disputes/dp_1" not in links(page)


def test_a_refund_that_did_not_arrive_is_in_the_list(
    paid: Placed, stripe_server: StripeServer
) -> None:
    zoe = browser_of(cast.zoe())
    sure = {"sure": "yes"}
    number = order_of(paid).number
    zoe.post(f"/counter/maison_zinc/orders/{number}/cancellation", sure)
    work()
    assert "Refund did not arrive" not in text_of(zoe.get("/counter/maison_zinc/orders"))
    headers, body = stripe_server.refund_notice(session_of(paid))
    take_webhook(provider="stripe", headers=headers, body=body)
    assert "Refund did not arrive" in text_of(zoe.get("/counter/maison_zinc/orders"))
