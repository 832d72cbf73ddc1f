"""Money without an order on the bank's page: put to an order, set aside, taken up again."""

import pytest
from django.test import Client

from comptoir.catalog.models import Variant
from comptoir.sales.models import BankEntry, Order, PaymentAccount, TransferDue
from comptoir.sales.services.accounts import add_transfer_account
from comptoir.sales.services.cancel_order import cancel_by_buyer
from comptoir.sales.services.statements import take_statement
from comptoir.shops.models import Role
from tests import cast
from tests.sales.buying import basket, order_of
from tests.sales.statements import IBAN, Movement, camt
from tests.web.visiting import browser_of, parsed, text_of

pytestmark = pytest.mark.django_db

BANK = "/counter/maison_zinc/bank"


@pytest.fixture
def account() -> PaymentAccount:
    return add_transfer_account(shop=cast.maison_zinc(), iban=IBAN, holder="La Maison Zinc")


@pytest.fixture
def cup() -> Variant:
    return cast.variant_of(cast.product(cast.maison_zinc(), "Tasse", price_minor=1000, stock=9))


@pytest.fixture
def zoe() -> Client:
    """The owner, who reads English."""
    return browser_of(cast.zoe())


def came(account: PaymentAccount, *movements: Movement) -> None:
    take_statement(account=account, body=camt(movements), by_user_id=None)


def ordered(cup: Variant) -> tuple[Order, str]:
    """An order of €10.00 that waits for a transfer, and its reference."""
    pick_up = cast.pick_up(cast.maison_zinc())
    order = order_of(basket((cup, 1), method=pick_up, provider="transfer").sent())
    return order, TransferDue.objects.get(payment__order=order).reference


def entry_page() -> str:
    return f"{BANK}/entries/{BankEntry.objects.get(due=None).pk}"


def test_what_is_set_aside_is_said_and_can_be_taken_up_again(
    account: PaymentAccount, zoe: Client
) -> None:
    came(account, Movement("7.00", "tombola"))
    aside = text_of(zoe.post(entry_page(), {"act": "aside"}, follow=True))
    assert "Set aside: its day and amount alone are kept" in aside
    assert "Take it up again" in aside
    assert "Money without an order" not in aside
    again = text_of(zoe.post(entry_page(), {"act": "again"}, follow=True))
    assert "Taken up again" in again
    assert "Money without an order" in again
    assert "Take it up again" not in again
    twice = text_of(zoe.post(entry_page(), {"act": "again"}, follow=True))
    assert "This was taken up already." in twice


def test_only_who_may_open_the_bank_takes_it_up_again(account: PaymentAccount, zoe: Client) -> None:
    came(account, Movement("7.00", "tombola"))
    zoe.post(entry_page(), {"act": "aside"})
    cast.staff(cast.maison_zinc(), cast.malo(), Role.PACKER)
    refused = browser_of(cast.malo()).post(entry_page(), {"act": "again"})
    assert refused.status_code == 404
    assert BankEntry.objects.get().set_aside


def test_an_order_that_is_paid_is_asked_about_first(
    account: PaymentAccount, cup: Variant, zoe: Client
) -> None:
    order, reference = ordered(cup)
    came(account, Movement("10.00", reference), Movement("7.00", "tombola"))
    order.refresh_from_db()
    sent = {"act": "assign", "reference": reference}
    asked = zoe.post(entry_page(), sent)
    assert asked.status_code == 422
    assert f"Order {order.number} is paid already" in text_of(asked)
    assert parsed(asked).xpath("//input[@name='sure']/@value") == [reference]
    assert BankEntry.objects.filter(due=None).exists()
    noted = text_of(zoe.post(entry_page(), {**sent, "sure": reference}, follow=True))
    assert "Noted." in noted
    assert "Came too much" in noted


def test_an_order_that_was_called_off_is_asked_about_first(
    account: PaymentAccount, cup: Variant, zoe: Client
) -> None:
    order, reference = ordered(cup)
    other, _reference = ordered(cup)
    cancel_by_buyer(order=order)
    came(account, Movement("7.00", "tombola"))
    # Sure of another: this one is asked about as well.
    sent = {"act": "assign", "reference": reference, "sure": "RF00"}
    assert "was called off" in text_of(zoe.post(entry_page(), sent))
    assert BankEntry.objects.filter(due=None).exists()
    zoe.post(entry_page(), {**sent, "sure": reference})
    assert not BankEntry.objects.filter(due=None).exists()
    other.refresh_from_db()
    assert other.status == "pending"
