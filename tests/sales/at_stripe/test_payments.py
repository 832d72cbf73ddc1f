"""Cards at Stripe, by its own library, against localstripe (see ``tests.stripe_server``)."""

from datetime import timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from pytest_django.fixtures import Settings

from comptoir.catalog.models import Variant
from comptoir.common import clock
from comptoir.common.errors import NotVisible, Refused
from comptoir.people.actor import Actor
from comptoir.sales.adapters import stripe
from comptoir.sales.adapters.provider import ProviderDown
from comptoir.sales.adapters.registry import provider_named
from comptoir.sales.models import Refund, StripeCharge
from comptoir.sales.services import (
    Placed,
    cancel_by_shop,
    expire_orders,
    reconcile,
    take_webhook,
)
from comptoir.sales.services.come_back import come_back
from comptoir.sales.services.give_back import give_back
from comptoir.sales.services.stripe_accounts import (
    connect_stripe,
    look_at_stripe,
    use_own_stripe,
)
from tests import cast
from tests.sales.at_stripe.shop import ACCOUNT, session_of
from tests.sales.buying import basket, order_of, payment_of
from tests.stripe_server import (
    CARD_WITH_3DS,
    DECLINED_CARD,
    StripeServer,
)

pytestmark = pytest.mark.django_db


def test_paid_at_stripe_and_back(placed: Placed, stripe_server: StripeServer) -> None:
    session = stripe_server.sessions[session_of(placed)]
    assert (session["account"], session["amount_total"], session["currency"]) == (
        ACCOUNT, 1880, "eur",
    )  # fmt: skip
    assert placed.redirect_url.startswith("/pay/stripe/")
    assert StripeCharge.objects.get().request["customer_email"] == "ines@example.org"
    come_back(order=order_of(placed))
    assert order_of(placed).status == "pending"
    assert stripe_server.pay(session["id"]) == "succeeded"
    come_back(order=order_of(placed))
    payment = payment_of(placed)
    assert (order_of(placed).status, payment.captured_minor) == ("paid", 1880)
    assert payment.reference == session["payment_intent"]


def test_strong_authentication(placed: Placed, stripe_server: StripeServer) -> None:
    session = session_of(placed)
    assert stripe_server.pay(session, CARD_WITH_3DS) == "requires_action"
    come_back(order=order_of(placed))
    assert order_of(placed).status == "pending"
    assert stripe_server.authenticate(session) == "succeeded"
    come_back(order=order_of(placed))
    assert order_of(placed).status == "paid"


def test_a_declined_card_leaves_the_session_open(
    placed: Placed, stripe_server: StripeServer
) -> None:
    assert stripe_server.pay(session_of(placed), DECLINED_CARD) == "declined"
    come_back(order=order_of(placed))
    assert order_of(placed).status == "pending"
    assert stripe_server.pay(session_of(placed)) == "succeeded"


def test_a_session_that_expired_ends_the_order(
    placed: Placed, stripe_server: StripeServer, corkscrew: Variant
) -> None:
    stripe_server.expire(session_of(placed))
    come_back(order=order_of(placed))
    assert (order_of(placed).status, payment_of(placed).failure) == ("cancelled", "expired")
    assert cast.stock_of(corkscrew) == (3, 0)


def test_the_same_checkout_sent_again_is_the_same_session(
    corkscrew: Variant, stripe_server: StripeServer
) -> None:
    """Survival 5."""
    wanted = basket((corkscrew, 1), provider="stripe")
    first, before = wanted.sent(), len(stripe_server.sessions)
    assert wanted.sent() == first
    StripeCharge.objects.update(session_id="", url="")
    answer = provider_named("stripe").fetch(payment_of(first).key)
    assert answer is None  # an address that nobody has cannot be paid
    assert len(stripe_server.sessions) == before


def test_an_answer_that_is_lost_is_asked_for_again_with_the_same_key(
    corkscrew: Variant, stripe_server: StripeServer
) -> None:
    """Survival 9: the library asks again by itself, and Stripe opens one session."""
    before = len(stripe_server.sessions)
    stripe_server.lose = 1
    placed = basket((corkscrew, 1), provider="stripe").sent()
    assert placed.redirect_url
    assert len(stripe_server.sessions) == before + 1


def test_a_customer_whose_answer_was_lost_is_the_same_one_under_another_address(
    corkscrew: Variant, stripe_server: StripeServer
) -> None:
    """A process that ended there, or a line that was cut: the next order must not be in its way."""
    wanted = partial(
        basket,
        (corkscrew, 1),
        provider="stripe",
        actor=cast.ines().actor,
        instrument="card_kept",
    )
    before, stripe_server.lose = stripe_server.customers(), 3
    assert wanted().sent().redirect_url == ""
    again = wanted(email="ines@atelier.example").sent()
    assert again.redirect_url
    asked = [path for method, path in stripe_server.calls if method == "POST"]
    assert asked.count("/v1/customers") == 4
    ((customer, address),) = stripe_server.customers().items() - before.items()
    assert stripe_server.sessions[session_of(again)]["customer"] == customer
    assert address == "ines@atelier.example"


def test_a_stripe_that_never_answers_leaves_the_order_waiting(
    corkscrew: Variant, stripe_server: StripeServer
) -> None:
    """Survival 9."""
    wanted, before = basket((corkscrew, 1), provider="stripe"), len(stripe_server.sessions)
    stripe_server.lose = 3
    placed = wanted.sent()
    assert (placed.status, placed.redirect_url) == ("pending", "")
    again = wanted.sent()
    assert again.redirect_url
    assert len(stripe_server.sessions) == before + 1
    assert stripe_server.pay(session_of(again)) == "succeeded"
    assert reconcile(older_than=timedelta(0)) == 1
    assert order_of(placed).status == "paid"


def test_a_session_asked_for_late_is_open_for_its_full_time(
    corkscrew: Variant, stripe_server: StripeServer
) -> None:
    """Stripe opens none that closes within half an hour."""
    wanted, before = basket((corkscrew, 1), provider="stripe"), set(stripe_server.sessions)
    stripe_server.lose = 3
    placed = wanted.sent()
    (lost,) = set(stripe_server.sessions) - before
    with clock.travelled(timedelta(minutes=8)):
        assert wanted.sent().redirect_url
        closes = stripe_server.sessions[session_of(placed)]["expires_at"]
        assert closes >= (clock.now() + timedelta(minutes=30)).timestamp()
        assert session_of(placed) != lost
    # The first one, whose address nobody has, ends; the buyer pays in the other.
    stripe_server.expire(lost)
    headers, body = stripe_server.notice(lost, "checkout.session.expired")
    take_webhook(provider="stripe", headers=headers, body=body)
    assert order_of(placed).status == "pending"
    stripe_server.pay(session_of(placed))
    come_back(order=order_of(placed))
    assert order_of(placed).status == "paid"


def test_a_session_that_was_kept_stays_when_a_slower_start_opens_another(
    corkscrew: Variant, stripe_server: StripeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its buyer may be paying in it by then; the other's address is given to nobody."""
    wanted, opened = basket((corkscrew, 1), provider="stripe"), list[str]()
    create = stripe._create_session

    def slowly(charge: StripeCharge, back: str) -> Any:
        session = create(charge, back)
        if not opened:
            opened.append(session.id)
            with clock.travelled(timedelta(minutes=2)):
                opened.append(session_of(wanted.sent()))
        return session

    monkeypatch.setattr(stripe, "_create_session", slowly)
    placed = wanted.sent()
    assert placed.redirect_url
    assert len(set(opened)) == 2
    charge = StripeCharge.objects.get()
    assert charge.session_id == opened[1]
    assert charge.url == stripe_server.sessions[opened[1]]["url"]
    stripe_server.pay(opened[1])
    come_back(order=order_of(placed))
    assert order_of(placed).status == "paid"


def test_the_answer_after_the_charge_is_lost(placed: Placed, stripe_server: StripeServer) -> None:
    """Survival 9: paid at Stripe, and the line is dead when we ask."""
    stripe_server.pay(session_of(placed))
    stripe_server.down = True
    come_back(order=order_of(placed))
    with clock.travelled(timedelta(minutes=41)):
        assert expire_orders() == 0
        assert order_of(placed).status == "pending"
        stripe_server.down = False
        assert expire_orders() == 0
    assert order_of(placed).status == "paid"


def test_without_a_key_nothing_is_asked(
    corkscrew: Variant, settings: Settings, stripe_server: StripeServer
) -> None:
    settings.STRIPE_SECRET_KEY = ""
    assert basket((corkscrew, 1), provider="stripe").sent().redirect_url == ""
    assert stripe_server.calls == []


def test_refunds_happen_once(placed: Placed, stripe_server: StripeServer) -> None:
    """The same key twice, the answer lost, and after Stripe forgot the key."""
    stripe_server.pay(session_of(placed))
    come_back(order=order_of(placed))
    provider, key, refund_key = provider_named("stripe"), payment_of(placed).key, uuid4()
    for _n in range(2):
        provider.refund(key, refund_key, 500)
    stripe_server.answered.clear()
    provider.refund(key, refund_key, 500)
    assert stripe_server.refunds_of(session_of(placed)) == [500]
    cancel_by_shop(order=order_of(placed))
    refund = Refund.objects.get()
    stripe_server.down = True
    with pytest.raises(ProviderDown):
        give_back(refund_id=refund.pk)
    stripe_server.down = False
    assert give_back(refund_id=refund.pk)
    assert stripe_server.refunds_of(session_of(placed)) == [500, 1880]


def test_a_shop_connects_its_account_and_uses_it_once_stripe_lets_it(
    stripe_server: StripeServer,
) -> None:
    shop, other = cast.maison_zinc(), cast.atelier_brume()
    links = {connect_stripe(shop=shop, return_url="/a", refresh_url="/b") for _n in range(2)}
    assert links == {f"{stripe_server.url}/onboarding"}
    account = shop.payment_accounts.get(provider="stripe")
    assert (account.is_active, account.is_test) == (False, True)
    assert not look_at_stripe(shop=shop)
    stripe_server.accounts[account.reference]["charges_enabled"] = True
    assert look_at_stripe(shop=shop)
    account.refresh_from_db()
    assert account.is_active
    with pytest.raises(NotVisible):
        look_at_stripe(shop=other)
    stripe_server.down = True
    with pytest.raises(Refused, match="stripe_down"):
        look_at_stripe(shop=shop)


def test_an_account_whose_answer_was_lost_is_the_same_one_for_who_asks_next(
    stripe_server: StripeServer,
) -> None:
    """The owner was cut off, a manager goes on: nothing of either is in what is asked."""
    shop, before = cast.maison_zinc(), len(stripe_server.accounts)
    stripe_server.lose = 3
    with pytest.raises(Refused, match="stripe_down"):
        connect_stripe(shop=shop, return_url="/a", refresh_url="/b")
    stripe_server.lose = 0
    assert connect_stripe(shop=shop, return_url="/a", refresh_url="/b")
    opened = list(stripe_server.accounts)[before:]
    assert opened == [shop.payment_accounts.get(provider="stripe").reference]


def test_only_the_operator_uses_the_place_s_own_account(stripe_server: StripeServer) -> None:
    zoe = cast.zoe()
    with pytest.raises(NotVisible):
        use_own_stripe(actor=zoe.actor, shop=cast.maison_zinc())
    operator = Actor(zoe.user.pk, zoe.profile.pk, True)
    assert use_own_stripe(actor=operator, shop=cast.maison_zinc()).reference == ""


def test_what_stripe_will_not_open_fails_at_once(
    corkscrew: Variant, stripe_server: StripeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = (400, {"error": {"type": "invalid_request_error", "message": "no"}})
    monkeypatch.setattr(StripeServer, "answer", lambda *args: refused)
    placed = basket((corkscrew, 1), provider="stripe").sent()
    assert (placed.status, placed.failure) == ("cancelled", "provider_refused")
    monkeypatch.undo()
    assert provider_named("stripe").fetch(payment_of(placed).key) is None
