"""Cash at the counter: only for what is fetched, taken once, given back by hand."""

from datetime import timedelta

import pytest

from comptoir.catalog.models import Variant
from comptoir.common.errors import Conflict, Refused
from comptoir.sales.adapters.registry import provider_named
from comptoir.sales.models import CashDue, Refund
from comptoir.sales.services import Placed, cancel_by_shop, reconcile, take_webhook
from comptoir.sales.services.accounts import add_cash_account
from comptoir.sales.services.give_back import confirm_given_back, give_back
from comptoir.sales.services.take_cash import take_cash
from tests import cast
from tests.sales.buying import basket, order_of, payment_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def corkscrew() -> Variant:
    add_cash_account(shop=cast.maison_zinc())
    return cast.variant_of(cast.product(cast.maison_zinc(), stock=2))


@pytest.fixture
def placed(corkscrew: Variant) -> Placed:
    pick_up = cast.pick_up(cast.maison_zinc())
    return basket((corkscrew, 1), method=pick_up, provider="cash").sent()


def test_an_order_to_be_posted_is_not_paid_at_the_counter(corkscrew: Variant) -> None:
    with pytest.raises(Refused, match="bad_provider"):
        basket((corkscrew, 1), provider="cash").sent()


def test_cash_is_taken_once(placed: Placed, corkscrew: Variant) -> None:
    assert (order_of(placed).status, placed.redirect_url) == ("pending", "")
    assert take_cash(order=order_of(placed), by_user_id=cast.zoe().user.pk)
    assert not take_cash(order=order_of(placed), by_user_id=None)
    due = CashDue.objects.get()
    assert (order_of(placed).status, due.taken_by) == ("paid", cast.zoe().user)
    assert cast.stock_of(corkscrew) == (1, 0)


def test_the_same_key_twice_is_one_debt(placed: Placed) -> None:
    answer = provider_named("cash").fetch(payment_of(placed).key)
    assert answer is not None
    assert (answer.outcome, answer.amount_minor) == ("waiting", 1290)
    assert CashDue.objects.count() == 1


def test_what_was_cut_short_after_the_note_is_settled(placed: Placed) -> None:
    """Survival 11."""
    CashDue.objects.update(taken_at=order_of(placed).placed_at)
    assert reconcile(older_than=timedelta(0)) == 1
    assert order_of(placed).status == "paid"


def test_no_cash_for_an_order_called_off_or_paid_otherwise(
    placed: Placed, corkscrew: Variant
) -> None:
    cancel_by_shop(order=order_of(placed))
    with pytest.raises(Conflict, match="not_pending"):
        take_cash(order=order_of(placed), by_user_id=None)
    assert CashDue.objects.get().taken_at is None


def test_cash_goes_back_by_hand(placed: Placed) -> None:
    take_cash(order=order_of(placed), by_user_id=None)
    cancel_by_shop(order=order_of(placed))
    refund = Refund.objects.get()
    assert not give_back(refund_id=refund.pk)
    assert confirm_given_back(shop_id=cast.maison_zinc().pk, refund_id=refund.pk)
    assert payment_of(placed).status == "refunded"


def test_cash_has_no_webhook(placed: Placed) -> None:
    with pytest.raises(Refused, match="bad_signature"):
        take_webhook(provider="cash", headers={}, body=b"{}")
