"""What of a return never comes: it stays with the buyer, who may give it back another time."""

from typing import Any
from uuid import uuid4

import pytest

from comptoir.catalog.models import Variant
from comptoir.common.errors import Conflict
from comptoir.sales.models import Order, Return, ReturnLabel
from comptoir.sales.services.close_return import close_return, refund_return
from comptoir.sales.services.refund_order import RefundPart, refund_order
from comptoir.sales.services.returns import answer_return, ask_return, receive_return
from comptoir.sales.services.withdraw import declare_withdrawal
from tests import cast
from tests.sales.after import line_of, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def cup() -> Variant:
    return cast.variant_of(cast.product(cast.maison_zinc(), "Tasse", price_minor=1000, stock=10))


def accepted(order: Order, variant: Variant, pieces: int, **more: Any) -> Return:
    back = ask_return(order=order, pieces={line_of(order, variant).pk: pieces}, reason="fit")
    answer_return(giving_back=back, accept=True, **({"send_to": "1 rue du Port"} | more))
    back.refresh_from_db()
    return back


def one_of_two_came(cup: Variant) -> tuple[Order, int]:
    """The order, and its line: two were to come back, one did and was refunded."""
    order = sent((cup, 2))
    line = line_of(order, cup).pk
    back = accepted(order, cup, 2)
    receive_return(giving_back=back, received={line: 1}, restock={line: 1})
    refund_return(giving_back=back, refund_key=uuid4())
    back.refresh_from_db()
    assert back.status == "closed"
    return order, line


def test_who_kept_a_piece_of_a_return_may_still_withdraw_from_it(cup: Variant) -> None:
    order, line = one_of_two_came(cup)
    declare_withdrawal(order=order, pieces={line: 1}, request_key=uuid4())
    with pytest.raises(Conflict):
        declare_withdrawal(order=order, pieces={line: 1}, request_key=uuid4())


def test_a_late_piece_of_a_return_is_refunded_and_put_back_on_the_shelf(cup: Variant) -> None:
    order, line = one_of_two_came(cup)
    refund_order(order=order, refund_key=uuid4(), parts=[RefundPart(line, 1, restock=True)])
    assert cast.stock_of(cup) == (10, 0)


def test_a_return_closed_without_goods_does_not_end_the_right_to_withdraw(cup: Variant) -> None:
    order = sent((cup, 1))
    close_return(giving_back=accepted(order, cup, 1))
    line = line_of(order, cup).pk
    made = declare_withdrawal(order=order, pieces={line: 1}, request_key=uuid4())
    assert list(made.lines.values_list("line", "quantity")) == [(line, 1)]
    assert made.amount_minor > 0


def test_the_label_of_an_overtaken_return_is_forgotten(cup: Variant) -> None:
    order = sent((cup, 1))
    accepted(order, cup, 1, label=b"%PDF-1.7 a label with an address")
    declare_withdrawal(order=order, pieces={line_of(order, cup).pk: 1}, request_key=uuid4())
    assert Return.objects.filter(withdrawal=None).get().status == "closed"
    assert not ReturnLabel.objects.exists()
