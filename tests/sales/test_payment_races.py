"""Two at once: the same statement, the same entry, the same cash, accounts of two kinds."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from importlib import import_module
from typing import Any
from unittest.mock import patch

import pytest
from django.db import transaction

from comptoir.common import clock
from comptoir.common.errors import Refused
from comptoir.sales.adapters.provider import Outcome, ProviderAnswer
from comptoir.sales.adapters.sandbox_bank import bank_choose
from comptoir.sales.baskets import basket_page
from comptoir.sales.models import (
    BankEntry,
    BasketLine,
    CashDue,
    Order,
    Payment,
    PaymentAccount,
    TransferDue,
)
from comptoir.sales.services import cancel_by_buyer, cancel_by_shop, expire_orders, start_payment
from comptoir.sales.services.accounts import (
    activate_account,
    add_cash_account,
    add_transfer_account,
    pause_account,
)
from comptoir.sales.services.come_back import come_back
from comptoir.sales.services.statements import take_statement
from comptoir.sales.services.take_cash import take_cash
from comptoir.sales.services.transfers import assign_entry, confirm_excess
from tests import cast
from tests.common.two_connections import at_once, behind
from tests.sales.buying import basket, charge_of, order_of
from tests.sales.filling import held_by, put
from tests.sales.statements import IBAN, Movement, camt, french_csv

pytestmark = pytest.mark.django_db(transaction=True)
SETTLE = import_module("comptoir.sales.services.settle")


def ordered(account: PaymentAccount, many: int) -> list[TransferDue]:
    pot = cast.variant_of(cast.product(account.shop, stock=many))
    for _n in range(many):
        basket((pot, 1), provider="transfer").sent()
    return list(TransferDue.objects.select_related("payment__order").order_by("id"))


@pytest.fixture
def account() -> PaymentAccount:
    return add_transfer_account(shop=cast.maison_zinc(), iban=IBAN, holder="La Maison Zinc SARL")


def test_called_off_while_its_page_is_noted_it_is_called_off() -> None:
    """The note touches the payment alone, and waits for nobody who holds the order."""
    pot = cast.variant_of(cast.product(cast.maison_zinc(), stock=1))
    with patch.object(start_payment, "_ask", return_value=None):
        placed = basket((pot, 1)).sent()
    payment = Payment.objects.get()
    answer = ProviderAnswer("bank-1", Outcome.WAITING, 1880, "EUR", redirect_url="/bank/1")
    give_back = SETTLE.give_back_held

    def meanwhile(order_id: int) -> None:
        noted.append(behind(partial(start_payment._page_noted, payment, answer)))
        give_back(order_id)

    noted: list[Callable[[], Any]] = []
    with patch.object(SETTLE, "give_back_held", meanwhile):
        cancel_by_buyer(order=order_of(placed))
    assert noted[0]() is False
    assert order_of(placed).status == "cancelled"
    payment.refresh_from_db()
    assert payment.status == "failed"


def test_the_same_statement_and_its_csv_handed_in_at_once_count_once(
    account: PaymentAccount,
) -> None:
    (due,) = ordered(account, 1)
    mine = [Movement("18.80", due.reference, reference="B1")]
    take = partial(take_statement, account=account, by_user_id=None)
    bodies = [camt(mine), camt(mine), camt([*mine, Movement("1.00", "x")]), french_csv(mine)]
    done = at_once([partial(take, body=body) for body in bodies])
    assert not [one for one in done if isinstance(one, Exception)]
    due.refresh_from_db()
    assert (due.received_minor, sum(one.paid for one in done)) == (1880, 1)
    assert Order.objects.get().status == "paid"


def test_one_entry_pays_one_order(account: PaymentAccount) -> None:
    dues = ordered(account, 2)
    take_statement(account=account, body=camt([Movement("18.80", "?")]), by_user_id=None)
    assign = partial(
        assign_entry,
        shop_id=account.shop_id,
        entry_id=BankEntry.objects.get().pk,
        by_user_id=None,
    )
    done = at_once([partial(assign, reference=due.reference) for due in dues])
    assert [one.code for one in done if isinstance(one, Refused)] == ["entry_decided"]
    assert [one for one in done if one is True] == [True]
    assert sum(due.received_minor for due in TransferDue.objects.all()) == 1880


@pytest.mark.parametrize("first", ["person", "statement"])
def test_two_parts_told_at_once_are_both_counted(account: PaymentAccount, first: str) -> None:
    """One by a person, one by its reference, each while the other is being written down."""
    (due,) = ordered(account, 1)
    take_statement(account=account, body=camt([Movement("8.80", "?")]), by_user_id=None)
    entry, rest = BankEntry.objects.get().pk, camt([Movement("10.00", due.reference)])
    about: dict[str, Any] = {"reference": due.reference, "by_user_id": None}
    told: dict[str, Callable[[], object]] = {
        "person": partial(assign_entry, shop_id=account.shop_id, entry_id=entry, **about),
        "statement": partial(take_statement, account=account, body=rest, by_user_id=None),
    }
    before = told.pop(first)
    with transaction.atomic():
        before()
        ended = behind(told.popitem()[1])
    assert not isinstance(ended(), Exception)
    due.refresh_from_db()
    assert due.received_minor == 1880
    assert Order.objects.get().status == "paid"


def test_what_came_too_much_goes_back_once(account: PaymentAccount) -> None:
    (due,) = ordered(account, 1)
    body = camt([Movement("20.00", due.reference)])
    take_statement(account=account, body=body, by_user_id=None)
    confirm = partial(confirm_excess, shop_id=account.shop_id, due_id=due.pk, amount_minor=120)
    done = at_once([confirm, confirm, confirm])
    assert sorted(getattr(one, "code", "done") for one in done) == [
        "done",
        "excess_changed",
        "excess_changed",
    ]
    due.refresh_from_db()
    assert due.given_back_minor == 120


def test_cash_taken_twice_while_the_order_expires() -> None:
    shop = cast.maison_zinc()
    add_cash_account(shop=shop)
    pot = cast.variant_of(cast.product(shop, stock=1))
    placed = basket((pot, 1), method=cast.pick_up(shop), provider="cash").sent()

    def taken() -> bool:
        return take_cash(order=order_of(placed), by_user_id=None)

    def expired() -> int:
        with clock.travelled(timedelta(days=4)):
            return expire_orders()

    done = at_once([taken, taken, expired])
    unexpected = [
        one for one in done if isinstance(one, Exception) and not isinstance(one, Refused)
    ]
    assert unexpected == []
    order, due = order_of(placed), order_of(placed).payments.get().cash
    if order.status == "paid":
        assert due.taken_at is not None
    else:
        assert (order.status, due.taken_at) == ("cancelled", None)


def test_a_test_account_is_never_active_beside_one_in_earnest(account: PaymentAccount) -> None:
    shop = account.shop_id
    sandbox = PaymentAccount.objects.get(shop=shop, provider="sandbox")
    for _n in range(3):
        pause_account(shop_id=shop, account_id=account.pk)
        done = at_once(
            [
                partial(activate_account, shop_id=shop, account_id=one.pk)
                for one in (account, sandbox)
            ]
        )
        assert not [
            one for one in done if isinstance(one, Exception) and not isinstance(one, Refused)
        ]
        active = PaymentAccount.objects.filter(shop=shop, is_active=True)
        assert list(active.values_list("is_test", flat=True)) == [False]


@pytest.mark.parametrize(("at_first", "then", "at_last"), [(5, 2, 2), (2, 5, 5)])
def test_a_basket_that_changes_while_it_is_paid_does_not_stop_the_payment(
    at_first: int, then: int, at_last: int
) -> None:
    """The payment has read the line as it was, and waits for it; three pieces are paid."""
    bowl = cast.product(cast.maison_zinc(), "Bol", stock=9)
    holder = put(bowl, at_first)
    three = (cast.variant_of(bowl), 3)
    placed = basket(three, basket_id=basket_page(holder).id).sent()
    bank_choose(charge_of(placed).reference, "approve")
    with transaction.atomic():
        BasketLine.objects.update(quantity=then)
        paid = behind(partial(come_back, order=order_of(placed)))
    assert paid() is None
    assert order_of(placed).status == "paid"
    assert held_by(holder) == {"Bol": at_last}


def test_no_cash_for_an_order_that_is_being_called_off(account: PaymentAccount) -> None:
    add_cash_account(shop=account.shop)
    pot = cast.variant_of(cast.product(account.shop, stock=1))
    method = cast.pick_up(account.shop)
    order = order_of(basket((pot, 1), provider="cash", method=method).sent())
    with transaction.atomic():
        cancel_by_shop(order=order)
        taking = behind(partial(take_cash, order=order, by_user_id=None))
    assert getattr(taking(), "code", "") == "not_pending"
    assert CashDue.objects.get().taken_at is None
