"""An order's number bears the year of the place where the shop is, not that of Greenwich."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings

from comptoir.common import clock
from tests import cast
from tests.sales.buying import basket, order_of

pytestmark = pytest.mark.django_db

MIDNIGHT = datetime(2031, 1, 1, tzinfo=ZoneInfo(settings.TIME_ZONE))


@pytest.mark.parametrize("price_minor", [1000, 0])
def test_at_new_year_the_numbers_begin_again(price_minor: int) -> None:
    """Paid, and of nothing to pay."""
    gift = cast.variant_of(cast.product(cast.maison_zinc(), price_minor=price_minor))
    numbers = []
    for minute in (-2, -1, 1, 2):
        with clock.travelled(MIDNIGHT - clock.now() + timedelta(minutes=minute)):
            method = cast.pick_up(gift.product.shop)
            placed = basket((gift, 1), method=method, instrument="card_ok").sent()
        numbers.append(order_of(placed).number)
    assert numbers == ["2030-00001", "2030-00002", "2031-00001", "2031-00002"]
