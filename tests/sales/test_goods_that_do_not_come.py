"""A withdrawal whose goods never come back: it ends, lawfully told, and opens again on proof."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail

from comptoir.catalog.models import Variant
from comptoir.common import clock
from comptoir.common.errors import Conflict
from comptoir.sales.links import signed_key
from comptoir.sales.models import Order, Payment, Return
from comptoir.sales.services.close_return import close_return, refund_return, reopen_return
from comptoir.sales.services.returns import ask_return, receive_return
from comptoir.sales.services.withdraw import declare_withdrawal
from tests import cast
from tests.sales.after import line_of, sent, tally_of
from tests.sales.buying import work
from tests.web.visiting import browser_of, text_of, visitor

pytestmark = pytest.mark.django_db

ALL_THIS_TIME = timedelta(days=28)


@pytest.fixture
def bowl() -> Variant:
    return cast.variant_of(cast.product(cast.maison_zinc(), "Bol", price_minor=2400, stock=5))


@pytest.fixture
def back(bowl: Variant) -> Return:
    order = sent((bowl, 2))
    pieces = {line_of(order, bowl).pk: 2}
    declare_withdrawal(order=order, pieces=pieces, request_key=uuid4())
    work()
    mail.outbox.clear()
    return Return.objects.select_related("order").get()


def received(back: Return, pieces: int) -> None:
    line = back.lines.get().line_id
    receive_return(giving_back=back, received={line: pieces}, restock={line: pieces})


def status_of(back: Return) -> str:
    return Return.objects.get(pk=back.pk).status


def at_desk(order: Order, back: Return) -> str:
    return f"/counter/maison_zinc/orders/{order.reference}/returns/{back.pk}"


def test_a_parcel_without_the_goods_ends_it(back: Return) -> None:
    received(back, 0)
    close_return(giving_back=back)
    work()
    assert status_of(back) == "closed"
    assert Payment.objects.get().refund_due_minor == 0
    (letter,) = mail.outbox
    assert letter.to == ["ines@example.org"]
    assert "L221-24" in letter.body


def test_it_waits_for_the_time_to_send_and_to_arrive(back: Return) -> None:
    too_early = ALL_THIS_TIME - timedelta(hours=1)
    with clock.travelled(too_early), pytest.raises(Conflict, match="money_due"):
        close_return(giving_back=back)
    with clock.travelled(ALL_THIS_TIME):
        close_return(giving_back=back)
    assert status_of(back) == "closed"


def test_one_piece_that_came_is_money_due(back: Return) -> None:
    received(back, 1)
    with clock.travelled(ALL_THIS_TIME), pytest.raises(Conflict, match="money_due"):
        close_return(giving_back=back)


def test_the_proof_opens_it_again(back: Return, bowl: Variant) -> None:
    received(back, 0)
    close_return(giving_back=back)
    for _twice in range(2):
        reopen_return(giving_back=back)
    received(back, 2)
    refund_return(giving_back=back, refund_key=uuid4())
    assert status_of(back) == "closed"
    assert Payment.objects.get().refund_due_minor == 5390
    assert tally_of(back.order, bowl).received == 2
    with pytest.raises(Conflict, match="not_closed"):
        reopen_return(giving_back=back)


def test_what_was_not_withdrawn_from_is_not_opened_again(bowl: Variant) -> None:
    order = sent((bowl, 1))
    asked = ask_return(order=order, pieces={line_of(order, bowl).pk: 1}, reason="fit")
    with pytest.raises(Conflict, match="not_closed"):
        reopen_return(giving_back=asked)


def test_at_the_desk_and_on_the_buyers_page(back: Return) -> None:
    shop, at = browser_of(cast.zoe()), at_desk(back.order, back)
    assert "Nothing came back" not in text_of(shop.get(at))
    received(back, 0)
    assert "Nothing came back" in text_of(shop.get(at))
    shop.post(at, {"act": "close"})
    buyer = f"/orders/{signed_key(back.order.key)}"
    assert "or you prove that you sent them" in text_of(visitor().get(buyer))
    shop.post(at, {"act": "reopen"})
    assert status_of(back) == "accepted"
    assert "or you prove that you sent them" not in text_of(visitor().get(buyer))
