"""Returns: asked, answered, received, refunded or exchanged, with stock and books in agreement."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from comptoir.catalog.models import Variant
from comptoir.catalog.services.products import VariantDraft, create_product
from comptoir.common import clock
from comptoir.common.errors import Conflict, Refused
from comptoir.sales.models import Order, Payment, Return, ReturnLabel
from comptoir.sales.services.close_return import close_return, exchange_return, refund_return
from comptoir.sales.services.refund_order import RefundPart, refund_order
from comptoir.sales.services.returns import answer_return, ask_return, receive_return
from comptoir.sales.services.ship_order import ship_order
from tests import cast
from tests.sales.after import bought, line_of, sent, tally_of
from tests.sales.buying import work

pytestmark = pytest.mark.django_db

LABEL = b"%PDF-1.7 a label"


@pytest.fixture
def shirts() -> list[Variant]:
    """In S and M, at 20.00."""
    drafts = [VariantDraft(price_minor=2000, stock=5, options={"size": s}) for s in "SM"]
    made = create_product(shop=cast.maison_zinc(), title="Chemise", description="", variants=drafts)
    return list(made.variants.order_by("position"))


def asked(order: Order, variant: Variant, pieces: int = 1, **more: Any) -> Return:
    said = {"reason": "fit", **more}
    return ask_return(order=order, pieces={line_of(order, variant).pk: pieces}, **said)


def accepted(order: Order, variant: Variant, pieces: int = 1, **more: Any) -> Return:
    back = asked(order, variant, pieces, **more)
    answer_return(giving_back=back, accept=True, send_to="1 rue du Port", words="D'accord")
    back.refresh_from_db()
    return back


def received(back: Return, pieces: int, shelf: int) -> Return:
    line = back.lines.get().line_id
    receive_return(giving_back=back, received={line: pieces}, restock={line: shelf})
    back.refresh_from_db()
    return back


def test_from_asking_to_the_money(shirts: list[Variant]) -> None:
    order = sent((shirts[0], 3))
    back = received(accepted(order, shirts[0], 2, words="Trop petit"), 2, 1)
    assert (back.status, cast.stock_of(shirts[0])) == ("received", (3, 0))
    key = uuid4()
    refund = refund_return(giving_back=back, refund_key=key, by_id=cast.zoe().user.pk)
    assert refund_return(giving_back=back, refund_key=key) == refund
    work()
    back.refresh_from_db()
    assert (back.status, back.closed_by_id) == ("closed", cast.zoe().user.pk)
    assert Payment.objects.get(order=order).refunded_minor == 4000
    tally = tally_of(order, shirts[0])
    assert (tally.received, tally.restocked, tally.refunded, tally.claimed) == (2, 1, 2, 2)


def test_only_what_is_with_the_buyer_can_be_returned(shirts: list[Variant]) -> None:
    waits = bought((shirts[0], 1))
    with pytest.raises(Conflict, match="more_than_left"):
        asked(waits, shirts[0])
    order = sent((shirts[0], 2))
    asked(order, shirts[0], 2)
    with pytest.raises(Conflict, match="more_than_left"):
        asked(order, shirts[0])
    with clock.travelled(timedelta(days=731)), pytest.raises(Conflict, match="too_late"):
        asked(order, shirts[0])


def test_what_is_on_its_way_back_is_refunded_there_alone(shirts: list[Variant]) -> None:
    order = sent((shirts[0], 1))
    back = accepted(order, shirts[0])
    with pytest.raises(Conflict, match="in_return"):
        refund_order(
            order=order, refund_key=uuid4(), parts=[RefundPart(line_of(order, shirts[0]).pk, 1)]
        )
    refund_return(giving_back=back, refund_key=uuid4())
    back.refresh_from_db()
    assert back.status == "accepted"
    with pytest.raises(Conflict, match="not_open"):
        refund_return(giving_back=back, refund_key=uuid4())
    assert received(back, 1, 1).status == "closed"
    assert cast.stock_of(shirts[0]) == (5, 0)


def test_a_refusal_says_why_and_frees_the_pieces(shirts: list[Variant]) -> None:
    order = sent((shirts[0], 1))
    back = asked(order, shirts[0])
    with pytest.raises(Refused, match="say_why"):
        answer_return(giving_back=back, accept=False, words=" ")
    answer_return(giving_back=back, accept=False, words="Porté")
    assert tally_of(order, shirts[0]).claimed == 0
    with pytest.raises(Conflict, match="state_changed"):
        answer_return(giving_back=back, accept=True, send_to="ici")
    asked(order, shirts[0])


def test_where_to_send_it_is_an_address_or_a_label(shirts: list[Variant]) -> None:
    back = asked(sent((shirts[0], 1)), shirts[0])
    for label, code in [(None, "nowhere_to_send"), (b"GIF89a", "bad_label")]:
        with pytest.raises(Refused, match=code):
            answer_return(giving_back=back, accept=True, label=label)
    with pytest.raises(Refused, match="bad_label"):
        answer_return(giving_back=back, accept=True, label=LABEL + b"0" * 1_000_000)
    answer_return(giving_back=back, accept=True, label=LABEL)
    assert bytes(ReturnLabel.objects.get().content) == LABEL
    back.refresh_from_db()
    close_return(giving_back=back)
    assert not ReturnLabel.objects.exists()


def test_no_more_comes_back_than_was_to_come(shirts: list[Variant]) -> None:
    back = accepted(sent((shirts[0], 2)), shirts[0], 2)
    for pieces, shelf in [(3, 0), (1, 2), (-1, 0)]:
        with pytest.raises(Refused, match="bad_quantity"):
            received(back, pieces, shelf)
    assert Return.objects.get().status == "accepted"


def test_less_may_be_given_for_what_came_back_damaged(shirts: list[Variant]) -> None:
    order = sent((shirts[0], 1))
    back = received(accepted(order, shirts[0]), 1, 0)
    line = line_of(order, shirts[0]).pk
    with pytest.raises(Conflict, match="more_than_left"):
        refund_return(giving_back=back, refund_key=uuid4(), amounts={line: 2001})
    refund = refund_return(
        giving_back=back, refund_key=uuid4(), amounts={line: 1500}, delivery_minor=590
    )
    assert refund.amount_minor == 2090


def test_an_exchange_is_an_order_of_nothing_to_pay(shirts: list[Variant]) -> None:
    small, medium = shirts
    order = sent((small, 2), actor=cast.ines().actor)
    back = received(accepted(order, small, 2, exchange_variant_id=medium.pk), 2, 2)
    sent_on = exchange_return(giving_back=back, variant_id=medium.pk, by_id=cast.zoe().user.pk)
    assert exchange_return(giving_back=back, variant_id=medium.pk) == sent_on
    assert (sent_on.status, sent_on.total_minor, sent_on.items_minor) == ("paid", 0, 4000)
    assert (sent_on.buyer_id, sent_on.number) == (order.buyer_id, order.number[:5] + "00002")
    assert (cast.stock_of(small), cast.stock_of(medium)) == ((5, 0), (3, 0))
    ship_order(order=sent_on)
    back.refresh_from_db()
    assert (back.status, back.exchange_order_id) == ("closed", sent_on.pk)
    assert not Payment.objects.filter(order=sent_on).exists()


def test_an_exchange_needs_its_pieces(shirts: list[Variant]) -> None:
    small, medium = shirts
    order = sent((small, 1))
    other = cast.variant_of(cast.product(cast.maison_zinc(), "Bol"))
    with pytest.raises(Refused, match="bad_exchange"):
        asked(order, small, exchange_variant_id=other.pk)
    back = accepted(order, small)
    with pytest.raises(Refused, match="bad_exchange"):
        exchange_return(giving_back=back, variant_id=other.pk)
    sent((medium, 5))
    with pytest.raises(Conflict, match="sold_out"):
        exchange_return(giving_back=back, variant_id=medium.pk)
    assert Order.objects.count() == 2


def test_the_same_form_twice_is_one_return(shirts: list[Variant]) -> None:
    order, key = sent((shirts[0], 2)), uuid4()
    assert asked(order, shirts[0], key=key) == asked(order, shirts[0], key=key)
    assert tally_of(order, shirts[0]).claimed == 1


def test_for_two_years_one_may_ask(shirts: list[Variant]) -> None:
    order = sent((shirts[0], 1))
    with clock.travelled(timedelta(days=729)):
        assert asked(order, shirts[0], reason="defective").status == "asked"
