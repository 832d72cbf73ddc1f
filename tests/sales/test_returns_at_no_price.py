"""Returns that end otherwise than with their money: none was due, or an exchange fell through."""

from uuid import uuid4

import pytest

from comptoir.catalog.models import Variant
from comptoir.catalog.services.products import VariantDraft, create_product
from comptoir.common.errors import Conflict, Refused
from comptoir.sales.models import Payment, Return
from comptoir.sales.services.cancel_order import cancel_by_shop
from comptoir.sales.services.close_return import close_return, exchange_return, refund_return
from comptoir.sales.services.refund_order import RefundPart, refund_order
from comptoir.sales.services.returns import answer_return, ask_return, receive_return
from comptoir.sales.services.withdraw import declare_withdrawal
from tests import cast
from tests.sales.after import line_of, sent
from tests.sales.offering import offer

pytestmark = pytest.mark.django_db


@pytest.fixture
def shirts() -> list[Variant]:
    """In S and M, at 20.00."""
    drafts = [VariantDraft(price_minor=2000, stock=5, options={"size": s}) for s in "SM"]
    made = create_product(shop=cast.maison_zinc(), title="Chemise", description="", variants=drafts)
    return list(made.variants.order_by("position"))


def withdrawn(order_of: tuple[Variant, int], *others: tuple[Variant, int]) -> Return:
    """What comes back after one withdrew from the first line of a sent order."""
    order = sent(order_of, *others)
    pieces = {line_of(order, order_of[0]).pk: order_of[1]}
    declare_withdrawal(order=order, pieces=pieces, request_key=uuid4())
    return Return.objects.select_related("order").get()


def returned(variant: Variant) -> Return:
    """Asked for, accepted, and back on the shelf."""
    order = sent((variant, 1))
    line = line_of(order, variant).pk
    back = ask_return(order=order, pieces={line: 1}, reason="fit")
    answer_return(giving_back=back, accept=True, send_to="1 rue du Port")
    receive_return(giving_back=back, received={line: 1}, restock={line: 1})
    return back


def test_withdrawing_from_what_was_given_away_ends_without_money(shirts: list[Variant]) -> None:
    gift = cast.variant_of(cast.product(cast.maison_zinc(), "Tasse", stock=5))
    offer(cast.maison_zinc(), value=10_000, product_ids=[gift.product_id])
    back = withdrawn((gift, 1), (shirts[0], 1))
    assert line_of(back.order, gift).total_minor == 0
    with pytest.raises(Refused, match="nothing_to_refund"):
        refund_return(giving_back=back, refund_key=uuid4())
    close_return(giving_back=back)
    back.refresh_from_db()
    assert back.status == "closed"


def test_withdrawing_from_what_was_refunded_already_ends_without_money(
    shirts: list[Variant],
) -> None:
    back = withdrawn((shirts[0], 1))
    with pytest.raises(Conflict, match="money_due"):
        close_return(giving_back=back)
    all_of_it = RefundPart(line_of(back.order, shirts[0]).pk, 0, 2000)
    refund_order(order=back.order, refund_key=uuid4(), parts=[all_of_it], delivery_minor=590)
    close_return(giving_back=back)


def test_a_withdrawal_is_not_met_with_other_goods(shirts: list[Variant]) -> None:
    back = withdrawn((shirts[0], 1))
    with pytest.raises(Conflict, match="money_due"):
        exchange_return(giving_back=back, variant_id=shirts[1].pk)
    refund_return(giving_back=back, refund_key=uuid4())


@pytest.mark.parametrize("ends_with", ["money", "another"])
def test_an_exchange_that_is_called_off_is_owed_again(
    shirts: list[Variant], ends_with: str
) -> None:
    back = returned(shirts[0])
    first = exchange_return(giving_back=back, variant_id=shirts[1].pk)
    cancel_by_shop(order=first)
    back.refresh_from_db()
    assert (back.status, back.exchange_order, back.closed_at) == ("received", None, None)
    assert cast.stock_of(shirts[1]) == (5, 0)
    if ends_with == "money":
        refund_return(giving_back=back, refund_key=uuid4())
        assert Payment.objects.get(order=back.order).refund_due_minor == 2000
    else:
        again = exchange_return(giving_back=back, variant_id=shirts[1].pk)
        assert again.pk != first.pk
        assert cast.stock_of(shirts[1]) == (4, 0)
    back.refresh_from_db()
    assert back.status == "closed"


def test_an_exchange_called_off_before_the_pieces_are_back(shirts: list[Variant]) -> None:
    order = sent((shirts[0], 1))
    line = line_of(order, shirts[0]).pk
    back = ask_return(order=order, pieces={line: 1}, reason="fit")
    answer_return(giving_back=back, accept=True, send_to="1 rue du Port")
    cancel_by_shop(order=exchange_return(giving_back=back, variant_id=shirts[1].pk))
    receive_return(giving_back=back, received={line: 1}, restock={line: 1})
    back.refresh_from_db()
    assert back.status == "received"
