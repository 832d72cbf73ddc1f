"""An order that is called off before it is paid: nothing untrue is said of the money."""

from datetime import timedelta

import pytest
from django.core import mail

from comptoir.catalog.models import Variant
from comptoir.common import clock
from comptoir.sales.links import signed_key
from comptoir.sales.services import Placed, cancel_by_shop
from comptoir.sales.services.accounts import add_cash_account, add_transfer_account
from tests import cast
from tests.sales.buying import at_bank, basket, order_of, work
from tests.sales.statements import IBAN
from tests.web.visiting import text_of, visitor

pytestmark = pytest.mark.django_db

TAKEN = "If the bank has taken anything, it is given back."
SENT = "If you have sent the transfer already, it is given back."
NOTHING = "Nothing was charged"


@pytest.fixture
def bowl() -> Variant:
    return cast.variant_of(cast.product(cast.maison_zinc(), "Bol", stock=5))


def address_of(placed: Placed) -> str:
    return f"/orders/{signed_key(placed.order_key)}"


def called_off(placed: Placed) -> str:
    """What the buyer reads who gives up the order."""
    return text_of(visitor().post(f"{address_of(placed)}/cancellation", follow=True))


def test_while_the_bank_has_not_said_nobody_knows_what_it_took(bowl: Variant) -> None:
    placed = basket((bowl, 1)).sent()
    at_bank(placed, "webhook_late")
    page = called_off(placed)
    assert order_of(placed).cancel_reason == "by_buyer"
    assert TAKEN in page
    assert NOTHING not in page
    work(after=timedelta(minutes=2))
    assert "Your money was given back" in text_of(visitor().get(address_of(placed)))


def test_once_the_bank_was_asked_again_for_long_nothing_was_charged(bowl: Variant) -> None:
    placed = basket((bowl, 1)).sent()
    assert TAKEN in called_off(placed)
    with clock.travelled(timedelta(minutes=90)):
        page = text_of(visitor().get(address_of(placed)))
    assert NOTHING in page
    assert TAKEN not in page


def test_a_transfer_may_be_under_way_for_days_and_cash_is_not(bowl: Variant) -> None:
    shop = cast.maison_zinc()
    add_transfer_account(shop=shop, iban=IBAN, holder="La Maison Zinc")
    add_cash_account(shop=shop)
    by_transfer = basket((bowl, 1), provider="transfer").sent()
    assert SENT in called_off(by_transfer)
    with clock.travelled(timedelta(days=2)):
        assert SENT in text_of(visitor().get(address_of(by_transfer)))
    in_cash = basket((bowl, 1), method=cast.pick_up(shop), provider="cash").sent()
    assert NOTHING in called_off(in_cash)


def test_the_shop_that_calls_it_off_says_no_more(bowl: Variant) -> None:
    placed = basket((bowl, 1), language="en").sent()
    at_bank(placed, "webhook_late")
    cancel_by_shop(order=order_of(placed))
    assert TAKEN in text_of(visitor().get(address_of(placed)))
    work(only="sales.send_letter")
    (letter,) = mail.outbox
    assert TAKEN in letter.body
    assert NOTHING not in letter.body
