"""Payments without a provider's page whose start was cut short are still paid, or called off."""

from datetime import timedelta
from importlib import import_module
from unittest.mock import patch

import pytest
from django.core import mail
from django.db import OperationalError
from psycopg.errors import DeadlockDetected

from comptoir.catalog.models import Variant
from comptoir.sales.baskets import basket_page
from comptoir.sales.models import CashDue, Order, Payment, PaymentAccount, TransferDue
from comptoir.sales.services import cancel_by_buyer, start_payment
from comptoir.sales.services.accounts import add_cash_account, add_transfer_account
from comptoir.sales.services.expire import reconcile
from comptoir.sales.services.take_cash import take_cash
from tests import cast
from tests.sales.buying import basket, work
from tests.sales.filling import held_by, put
from tests.sales.statements import IBAN

pytestmark = pytest.mark.django_db
SETTLE = import_module("comptoir.sales.services.settle")


@pytest.fixture
def account() -> PaymentAccount:
    return add_transfer_account(shop=cast.maison_zinc(), iban=IBAN, holder="La Maison Zinc SARL")


@pytest.fixture
def corkscrew() -> Variant:
    return cast.variant_of(cast.product(cast.maison_zinc(), stock=5))


def test_a_start_cut_short_still_tells_how_to_pay(
    account: PaymentAccount, corkscrew: Variant
) -> None:
    asked = basket((corkscrew, 1), provider="transfer")
    cut = patch.object(start_payment, "settle", side_effect=KeyboardInterrupt)
    with cut, pytest.raises(KeyboardInterrupt):
        asked.sent()
    for _round in range(2):
        reconcile(older_than=timedelta())
    work()
    assert [message.to for message in mail.outbox] == [["ines@example.org"]]


def test_a_start_that_never_was_is_made_good(account: PaymentAccount, corkscrew: Variant) -> None:
    """The process died between the order and its transfer: pieces are held, nobody can pay."""
    asked = basket((corkscrew, 1), provider="transfer")
    dead = patch.object(start_payment, "_ask", side_effect=KeyboardInterrupt)
    with dead, pytest.raises(KeyboardInterrupt):
        asked.sent()
    order = Order.objects.get()
    assert (order.status, TransferDue.objects.count()) == ("pending", 0)
    for _round in range(2):
        reconcile(older_than=timedelta())
    work()
    due = TransferDue.objects.select_related("payment").get()
    assert due.payment.status == "pending"
    assert [message.to for message in mail.outbox] == [["ines@example.org"]]


def test_what_was_called_off_before_it_was_started_stays_so(
    account: PaymentAccount, corkscrew: Variant
) -> None:
    dead = patch.object(start_payment, "_ask", side_effect=KeyboardInterrupt)
    with dead, pytest.raises(KeyboardInterrupt):
        basket((corkscrew, 1), provider="transfer").sent()
    cancel_by_buyer(order=Order.objects.get())
    reconcile(older_than=timedelta())
    assert not TransferDue.objects.exists()


def test_cash_that_was_never_asked_for_can_be_taken(corkscrew: Variant) -> None:
    zinc = cast.maison_zinc()
    add_cash_account(shop=zinc)
    dead = patch.object(start_payment, "_ask", side_effect=KeyboardInterrupt)
    with dead, pytest.raises(KeyboardInterrupt):
        basket((corkscrew, 1), method=cast.pick_up(zinc), provider="cash").sent()
    reconcile(older_than=timedelta())
    assert CashDue.objects.select_related("payment").get().payment.status == "pending"


def test_cash_taken_before_its_note_empties_the_basket_once(corkscrew: Variant) -> None:
    """The order was noted at the till, and its payment not yet; what is put in later stays."""
    zinc = cast.maison_zinc()
    add_cash_account(shop=zinc)
    kept = put(corkscrew.product)
    asked = basket(
        (corkscrew, 1), method=cast.pick_up(zinc), provider="cash", basket_id=basket_page(kept).id
    )
    cut = patch.object(start_payment, "settle", side_effect=KeyboardInterrupt)
    with cut, pytest.raises(KeyboardInterrupt):
        asked.sent()
    order = Order.objects.get()
    assert (order.payments.get().status, held_by(kept)) == ("created", {"Tire-bouchon": 1})
    assert take_cash(order=order, by_user_id=None)
    assert held_by(kept) == {}
    put(corkscrew.product)
    assert not take_cash(order=order, by_user_id=None)
    assert asked.sent().out_of_basket
    assert held_by(kept) == {"Tire-bouchon": 1}


@pytest.mark.django_db(transaction=True)
def test_one_that_deadlocks_as_it_is_noted_is_noted_all_the_same(
    account: PaymentAccount, corkscrew: Variant
) -> None:
    """Its basket may be merged into another's at that moment."""
    deadlock = OperationalError("deadlock")
    deadlock.__cause__ = DeadlockDetected()
    with patch.object(SETTLE, "emit", side_effect=[deadlock, None]) as noted:
        placed = basket((corkscrew, 1), provider="transfer").sent()
    assert noted.call_count == 2
    assert Payment.objects.get(order=placed.order_id).status == "pending"
    assert placed.redirect_url
