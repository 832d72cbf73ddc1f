"""Money that is only kept aside, or of which a part came, settles nothing, and is let go."""

import json
from datetime import timedelta

import pytest

from comptoir.catalog.models import Variant
from comptoir.common import clock
from comptoir.common.errors import Refused
from comptoir.sales.services import Placed, Settlement, expire_orders, take_webhook
from comptoir.sales.services.come_back import come_back
from tests import cast
from tests.sales.at_stripe.shop import ACCOUNT, session_of
from tests.sales.buying import order_of, payment_of, work
from tests.stripe_server import StripeServer, signed
from tests.web.visiting import visitor

pytestmark = pytest.mark.django_db

KINDS = ["payment_intent.amount_capturable_updated", "payment_intent.partially_funded"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_notice_of_it_is_refused_in_so_many_words(
    placed: Placed, stripe_server: StripeServer, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    stripe_server.pay(session_of(placed), held=True)
    headers, body = stripe_server.notice(session_of(placed), kind)
    with pytest.raises(Refused, match="partial_payment"):
        take_webhook(provider="stripe", headers=headers, body=body)
    assert kind in caplog.text
    assert order_of(placed).status == "pending"
    signature = {"Stripe-Signature": headers["Stripe-Signature"]}
    answer = visitor().post(
        "/webhooks/stripe", body, content_type="application/json", headers=signature
    )
    assert answer.status_code == 400


def test_one_that_is_not_ours_is_passed_over(stripe_server: StripeServer) -> None:
    for metadata in ({}, {"payment_key": "9b2d1c5e-0000-4000-8000-000000000000"}):
        headers, body = signed(KINDS[0], {"id": "pi_1", "metadata": metadata}, account=ACCOUNT)
        told = take_webhook(provider="stripe", headers=headers, body=body)
        assert told is Settlement.ALREADY
        assert json.loads(body)["type"] == KINDS[0]


def test_the_order_expires_and_the_money_is_let_go(
    placed: Placed, stripe_server: StripeServer, corkscrew: Variant
) -> None:
    assert stripe_server.pay(session_of(placed), held=True) == "requires_capture"
    come_back(order=order_of(placed))
    assert order_of(placed).status == "pending"
    with clock.travelled(timedelta(minutes=41)):
        assert expire_orders() == 1
    work()
    assert (order_of(placed).status, payment_of(placed).captured_minor) == ("cancelled", 0)
    assert cast.stock_of(corkscrew) == (3, 0)
    intent = stripe_server.sessions[session_of(placed)]["payment_intent"]
    assert ("POST", f"/v1/payment_intents/{intent}/cancel") in stripe_server.calls


def test_a_part_that_was_taken_is_looked_at_by_a_person(
    placed: Placed, stripe_server: StripeServer
) -> None:
    stripe_server.pay(session_of(placed))
    headers, body = stripe_server.notice(
        session_of(placed), "payment_intent.succeeded", amount_received=1000
    )
    with pytest.raises(Refused, match="wrong_amount"):
        take_webhook(provider="stripe", headers=headers, body=body)
    assert payment_of(placed).failure == "amount_mismatch"
