"""Whatever touches the stock of several things locks them in the order of their keys, so that two
who want the same things never wait for each other in a circle.

A circle would be broken by PostgreSQL and tried again unseen: only looking at who waits for what
tells whether there is one.
"""

from collections.abc import Callable
from functools import partial

import pytest
from django.db import transaction

from comptoir.catalog.models import StockItem, Variant
from comptoir.common import clock
from comptoir.sales.models import Order, Payment
from comptoir.sales.services import Placed, cancel_by_buyer, cancel_by_shop, expire_orders
from comptoir.sales.services.come_back import come_back
from tests import cast
from tests.common.two_connections import behind
from tests.sales.buying import EXPIRED, at_bank, basket, order_of

pytestmark = pytest.mark.django_db(transaction=True)


def ordered(low: Variant, high: Variant) -> Placed:
    """An order of both, the later thing first."""
    return basket((high, 1), (low, 1)).sent()


def placing(low: Variant, high: Variant) -> Callable[[], object]:
    return basket((high, 1), (low, 1)).sent


def paying(low: Variant, high: Variant) -> Callable[[], object]:
    placed = ordered(low, high)
    at_bank(placed, "time_out")
    return partial(come_back, order=order_of(placed))


def giving_up(low: Variant, high: Variant) -> Callable[[], object]:
    return partial(cancel_by_buyer, order=order_of(ordered(low, high)))


def calling_off(low: Variant, high: Variant) -> Callable[[], object]:
    placed = ordered(low, high)
    at_bank(placed, "time_out")
    come_back(order=order_of(placed))
    return partial(cancel_by_shop, order=order_of(placed))


def paying_late(low: Variant, high: Variant) -> Callable[[], object]:
    placed = ordered(low, high)
    with clock.travelled(EXPIRED):
        expire_orders()
    at_bank(placed, "time_out")
    return partial(come_back, order=order_of(placed))


@pytest.mark.parametrize("deed", [placing, paying, giving_up, calling_off, paying_late])
def test_stock_is_locked_in_key_order(
    deed: Callable[[Variant, Variant], Callable[[], object]],
) -> None:
    """Survival 4."""
    at = cast.maison_zinc()
    low, high = (cast.variant_of(cast.product(at, f"Objet {n}", stock=5)) for n in range(2))
    does = deed(low, high)
    StockItem.objects.filter(pk=low.pk).update(in_stock=True)  # it lies behind the other now
    with transaction.atomic():
        StockItem.objects.select_for_update().get(pk=low.pk)
        ended = behind(does)
        StockItem.objects.select_for_update(nowait=True).get(pk=high.pk)
    assert not isinstance(ended(), Exception)


@pytest.mark.parametrize("deed", [paying, giving_up, calling_off, paying_late])
def test_the_order_is_locked_before_its_payment_and_its_stock(
    deed: Callable[[Variant, Variant], Callable[[], object]],
) -> None:
    """Survival 4."""
    at = cast.maison_zinc()
    low, high = (cast.variant_of(cast.product(at, f"Objet {n}", stock=5)) for n in range(2))
    does = deed(low, high)
    with transaction.atomic():
        order = Order.objects.select_for_update().get()
        ended = behind(does)
        Payment.objects.select_for_update(nowait=True).get(order=order)
        assert len(StockItem.objects.select_for_update(nowait=True)) == 2
    assert not isinstance(ended(), Exception)
