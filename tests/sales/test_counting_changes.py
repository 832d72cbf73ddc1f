"""A shop begins to count a thing, or counts it no more, while it is being bought or given back."""

import pytest

from comptoir.catalog.models import StockItem, Variant
from comptoir.catalog.services.products import count_stock
from comptoir.common import clock
from comptoir.sales.services import Placed, cancel_by_shop, expire_orders
from tests import cast
from tests.sales.after import bought
from tests.sales.buying import EXPIRED, at_bank, basket, order_of, payment_of, work

pytestmark = pytest.mark.django_db


def thing(stock: int | None) -> Variant:
    return cast.variant_of(cast.product(cast.maison_zinc(), "Savon", stock=stock))


def counted(variant: Variant, count: int | None) -> None:
    count_stock(product=variant.product, variant_id=variant.pk, count=count, seen=None)


def expired(variant: Variant) -> Placed:
    """An order for two pieces that nobody paid in time."""
    placed = basket((variant, 2)).sent()
    with clock.travelled(EXPIRED):
        expire_orders()
    return placed


def paid_late(placed: Placed) -> tuple[str, str]:
    """Of order and payment, once the money has come after all."""
    with clock.travelled(EXPIRED):
        at_bank(placed, "approve")
        work(after=EXPIRED)
    return order_of(placed).status, payment_of(placed).status


def test_what_is_counted_since_is_taken_off_the_shelf() -> None:
    """Survival 10."""
    soap = thing(None)
    placed = expired(soap)
    counted(soap, 3)
    assert paid_late(placed) == ("paid", "captured")
    assert cast.stock_of(soap) == (1, 0)
    cancel_by_shop(order=order_of(placed))
    assert cast.stock_of(soap) == (3, 0)


def test_what_is_counted_since_and_not_there_goes_back() -> None:
    """Survival 10."""
    soap = thing(None)
    placed = expired(soap)
    counted(soap, 1)
    assert paid_late(placed) == ("cancelled", "refunded")
    assert cast.stock_of(soap) == (1, 0)


def test_what_is_not_counted_and_out_of_stock_goes_back() -> None:
    """Survival 10."""
    soap = thing(None)
    placed = expired(soap)
    StockItem.objects.filter(pk=soap.pk).update(in_stock=False)
    assert paid_late(placed) == ("cancelled", "refunded")


def test_what_is_counted_no_more_comes_back_uncounted() -> None:
    soap = thing(5)
    placed = expired(soap)
    counted(soap, None)
    assert paid_late(placed) == ("paid", "captured")
    counted(soap, 3)  # whatever was sold is not among them
    cancel_by_shop(order=order_of(placed))
    assert cast.stock_of(soap) == (3, 0)


def test_what_is_counted_no_more_when_time_is_over_is_not_on_the_shelf() -> None:
    soap = thing(5)
    basket((soap, 2)).sent()
    counted(soap, None)
    with clock.travelled(EXPIRED):
        expire_orders()
    assert cast.stock_of(soap) == (0, 0)


def test_what_is_counted_no_more_is_called_off() -> None:
    soap = thing(5)
    order = bought((soap, 2))
    counted(soap, None)
    cancel_by_shop(order=order)
    assert cast.stock_of(soap) == (0, 0)


def test_what_was_bought_uncounted_is_not_counted_when_it_is_called_off() -> None:
    soap = thing(None)
    order = bought((soap, 2))
    counted(soap, 5)
    cancel_by_shop(order=order)
    assert cast.stock_of(soap) == (5, 0)
