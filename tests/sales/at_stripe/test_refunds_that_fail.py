"""A refund that Stripe says failed: the books, the letters and the counter say so too."""

from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from comptoir.common.errors import Conflict, NotVisible, Refused
from comptoir.sales.adapters.provider import ProviderDown
from comptoir.sales.models import Invoice, LedgerEntry, Payment, Refund, RefundFailure
from comptoir.sales.queries import order_page
from comptoir.sales.services import Placed, Settlement, cancel_by_shop, take_webhook
from comptoir.sales.services.come_back import come_back
from comptoir.sales.services.give_back import confirm_given_back, give_back
from comptoir.sales.services.ledger import append_to_ledger
from comptoir.sales.services.refund_failed import try_refund_again
from comptoir.sales.services.verify_ledger import verify_ledger
from comptoir.sales.timeline import timeline_of
from comptoir.shops.models import Role
from tests import cast
from tests.sales.at_stripe.shop import session_of
from tests.sales.buying import order_of, payment_of, work
from tests.stripe_server import StripeServer, signed
from tests.web.visiting import browser_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def given(placed: Placed, stripe_server: StripeServer) -> Placed:
    """Paid, called off by the shop, given back, and the buyer told so."""
    stripe_server.pay(session_of(placed))
    come_back(order=order_of(placed))
    cancel_by_shop(order=order_of(placed))
    work()
    assert Refund.objects.get().status == "done"
    mail.outbox.clear()
    return placed


def told(notice: tuple[dict[str, str], bytes]) -> Settlement:
    return take_webhook(provider="stripe", headers=notice[0], body=notice[1])


def failed(stripe_server: StripeServer, placed: Placed, **more: Any) -> None:
    assert told(stripe_server.refund_notice(session_of(placed), **more)) is Settlement.ALREADY


def books(placed: Placed) -> tuple[str, int, int]:
    payment = payment_of(placed)
    return payment.status, payment.refund_due_minor, payment.refunded_minor


def log() -> list[tuple[str, int]]:
    return [(e.kind, e.amount_minor) for e in LedgerEntry.objects.order_by("sequence")]


def test_the_books_take_it_back_once_however_often_it_is_told(
    given: Placed, stripe_server: StripeServer
) -> None:
    for kind in ("refund.failed", "refund.failed", "refund.updated", "charge.refund.updated"):
        failed(stripe_server, given, kind=kind)
    assert books(given) == ("captured", 1880, 0)
    assert log() == [("captured", 1880), ("refunded", -1880), ("refund_failed", 1880)]
    failure = RefundFailure.objects.get()
    assert (failure.reason, failure.refund.status) == ("expired_or_canceled_card", "failed")
    assert verify_ledger(order_of(given).shop_id) is None


def test_a_refund_that_goes_well_or_is_not_ours_changes_nothing(
    given: Placed, stripe_server: StripeServer
) -> None:
    failed(stripe_server, given, kind="refund.updated", status="succeeded", failure_reason=None)
    failed(stripe_server, given, metadata={})
    assert books(given) == ("refunded", 1880, 1880)
    with pytest.raises(Refused, match="unknown_payment"):
        failed(stripe_server, given, metadata={"refund_key": str(payment_of(given).key)})
    session = stripe_server.sessions[session_of(given)]
    about = {"id": "re_1", "status": "failed", "payment_intent": session["payment_intent"]}
    forged = {**about, "metadata": {"refund_key": str(Refund.objects.get().key)}}
    with pytest.raises(Refused, match="unknown_payment"):
        told(signed("refund.failed", forged, account="acct_stranger"))
    assert books(given) == ("refunded", 1880, 1880)


def test_the_buyer_is_told_how_it_is_and_the_shop_what_to_do(
    given: Placed, stripe_server: StripeServer
) -> None:
    failed(stripe_server, given)
    work()
    shop, buyer = sorted(mail.outbox, key=lambda one: one.to[0])
    assert (shop.to, buyer.to) == (["bonjour@boutique.example"], ["ines@example.org"])
    assert "expired or canceled card" in str(shop.body)
    assert shop.reply_to == ["ines@example.org"]
    kinds = [moment.kind for moment in timeline_of(order_of(given))]
    assert [kind for kind in kinds if kind.startswith("refund")] == [
        "refund_due", "refunded", "refund_failed",
    ]  # fmt: skip
    payment = order_page(order_of(given)).payment
    assert payment is not None
    assert payment.failed_minor == 1880


def test_the_shop_gives_it_back_by_hand(given: Placed, stripe_server: StripeServer) -> None:
    failed(stripe_server, given)
    work()
    mail.outbox.clear()
    zoe = browser_of(cast.zoe())
    number = order_of(given).number
    assert "did not reach the buyer" in text_of(zoe.get(f"/counter/maison_zinc/orders/{number}"))
    desk = text_of(zoe.get("/counter/maison_zinc/bank"))
    assert "Did not arrive" in desk
    assert "expired or canceled card" in desk
    refund = Refund.objects.get()
    path = f"/counter/maison_zinc/bank/refunds/{refund.pk}"
    page = text_of(zoe.post(path, {"attempt": "0"}, follow=True))
    assert "Noted. The buyer is told." in page
    assert "Did not arrive" not in page
    assert "This was noted already." in text_of(zoe.post(path, {"attempt": "0"}, follow=True))
    again = text_of(zoe.post(path, {"attempt": "0", "act": "again"}, follow=True))
    assert "Someone has dealt with this refund already." in again
    work()
    assert books(given) == ("refunded", 1880, 1880)
    assert [kind for kind, _n in log()][-2:] == ["refund_failed", "refunded"]
    (letter,) = mail.outbox
    assert letter.to == ["ines@example.org"]
    assert Invoice.objects.filter(kind="credit_note").count() == 1
    assert stripe_server.refunds_of(session_of(given)) == [1880]


def test_the_provider_tries_again_with_another_key(
    given: Placed, stripe_server: StripeServer
) -> None:
    failed(stripe_server, given)
    refund, shop_id = Refund.objects.get(), order_of(given).shop_id
    with pytest.raises(NotVisible):
        try_refund_again(shop_id=cast.atelier_brume().pk, refund_id=refund.pk, attempt=0)
    try_refund_again(shop_id=shop_id, refund_id=refund.pk, attempt=0)
    with pytest.raises(Conflict, match="refund_changed"):
        try_refund_again(shop_id=shop_id, refund_id=refund.pk, attempt=0)
    with pytest.raises(Conflict, match="refund_changed"):
        confirm_given_back(shop_id=shop_id, refund_id=refund.pk)
    failed(stripe_server, given)  # of the first try, told late
    refund.refresh_from_db()
    assert (refund.status, refund.attempt) == ("due", 1)
    stripe_server.refund_fails = "lost_or_stolen_card"
    assert not give_back(refund_id=refund.pk)
    refund.refresh_from_db()
    assert (refund.status, RefundFailure.objects.count()) == ("failed", 2)
    assert log()[-1] == ("refund_failed", 1880)
    stripe_server.refund_fails = ""
    try_refund_again(shop_id=shop_id, refund_id=refund.pk, attempt=1)
    work()
    assert books(given) == ("refunded", 1880, 1880)
    assert verify_ledger(shop_id) is None
    letters = [one for one in mail.outbox if one.to == ["ines@example.org"]]
    assert len({one.extra_headers["Message-ID"] for one in letters}) == len(letters) == 2


def test_what_stripe_will_never_give_back_waits_for_the_shop(
    placed: Placed, stripe_server: StripeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody was told that it was given, so the shop alone is written to."""
    stripe_server.pay(session_of(placed))
    come_back(order=order_of(placed))
    cancel_by_shop(order=order_of(placed))
    answer = stripe_server.answer

    def refuses(method: str, path: str, body: str, headers: Any) -> Any:
        if (method, path) == ("POST", "/v1/refunds"):
            return 400, {"error": {"type": "invalid_request_error", "code": reason}}
        return answer(method, path, body, headers)

    monkeypatch.setattr(stripe_server, "answer", refuses)
    refund, reason = Refund.objects.get(), "balance_insufficient"
    with pytest.raises(ProviderDown):
        give_back(refund_id=refund.pk)
    reason = "charge_already_refunded"
    assert not give_back(refund_id=refund.pk)
    assert not give_back(refund_id=refund.pk)
    assert log() == [("captured", 1880)]
    mail.outbox.clear()
    work()
    assert ["bonjour@boutique.example"] in [one.to for one in mail.outbox]
    assert not [one for one in mail.outbox if "did not reach" in one.subject]
    assert confirm_given_back(shop_id=order_of(placed).shop_id, refund_id=refund.pk)
    assert books(placed) == ("refunded", 1880, 1880)


def test_the_log_refuses_one_refund_twice(given: Placed) -> None:
    payment, refund = Payment.objects.get(), Refund.objects.get()
    for kind, amount in [("refunded", -1880), ("refund_failed", 1879)]:
        with pytest.raises(IntegrityError, match="twice"), transaction.atomic():
            append_to_ledger(payment, payment.order.shop_id, kind, amount, refund)


@pytest.mark.parametrize("role", [Role.PACKER, Role.SUPPORT])
def test_only_those_who_keep_the_bank_decide(
    given: Placed, stripe_server: StripeServer, role: Role
) -> None:
    failed(stripe_server, given)
    refund = Refund.objects.get()
    one = cast.malo()
    cast.staff(cast.maison_zinc(), one, role)
    path = f"/counter/maison_zinc/bank/refunds/{refund.pk}"
    assert browser_of(one).post(path, {"attempt": "0"}).status_code == 404
