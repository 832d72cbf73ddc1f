"""Invoices and the payment log, written by several connections at the same moment."""

from functools import partial

import pytest

from comptoir.sales.models import Invoice, LedgerEntry, Payment
from comptoir.sales.services.issue_invoice import issue_invoice
from comptoir.sales.services.ledger import append_to_ledger
from comptoir.sales.services.verify_ledger import verify_ledger
from tests import cast
from tests.common.two_connections import at_once
from tests.sales.buying import at_bank, basket, order_of, work

pytestmark = pytest.mark.django_db(transaction=True)


def test_invoices_asked_for_at_the_same_moment_are_one_each_without_a_gap() -> None:
    thing = cast.variant_of(cast.product(cast.maison_zinc(), stock=20))
    placed = [basket((thing, 1)).sent() for _ in range(3)]
    for one in placed:
        at_bank(one, "approve")
    work(only="sales.post_bank_notice")
    orders = [order_of(one) for one in placed]
    results = at_once([partial(issue_invoice, order_id=order.pk) for order in orders * 3])

    assert [one for one in results if isinstance(one, Exception)] == []
    issued = Invoice.objects.order_by("sequence")
    assert [one.sequence for one in issued] == [1, 2, 3]
    assert {one.order_id for one in issued} == {order.pk for order in orders}
    assert [one.issued_at for one in issued] == sorted(one.issued_at for one in issued)


def test_movements_at_the_same_moment_are_one_chain() -> None:
    thing = cast.variant_of(cast.product(cast.maison_zinc()))
    placed = basket((thing, 1)).sent()
    at_bank(placed, "approve")
    work()
    payment, shop = Payment.objects.get(), cast.maison_zinc().pk
    kind = LedgerEntry.Kind.DISPUTE_WON
    results = at_once([partial(append_to_ledger, payment, shop, kind, 1) for _ in range(8)])

    assert sorted(results) == list(range(2, 10))
    assert verify_ledger(shop) is None
    assert LedgerEntry.objects.filter(shop=shop).count() == 9
