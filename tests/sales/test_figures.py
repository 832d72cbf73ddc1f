"""What a shop turned over: to the cent, without what it gave back."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db.models import F

from comptoir.catalog.models import Variant
from comptoir.sales.figures import turnover_of
from comptoir.sales.models import Order
from comptoir.sales.services.cancel_order import cancel_by_shop
from comptoir.sales.services.refund_order import RefundPart, refund_order
from tests import cast
from tests.sales.after import bought, line_of, sent
from tests.sales.buying import Counted, work
from tests.web.visiting import browser_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cup() -> Variant:
    """10.33 each, with 5.90 by post."""
    return cast.variant_of(cast.product(cast.maison_zinc(), "Tasse", price_minor=1033, stock=20))


def today() -> tuple[int, int]:
    day = turnover_of(cast.maison_zinc().pk).today
    return day.orders, day.turnover_minor


def test_what_is_given_back_is_no_turnover_to_the_cent(cup: Variant) -> None:
    order, other = sent((cup, 3)), bought((cup, 1))
    assert today() == (2, 3 * 1033 + 590 + 1033 + 590)
    line = line_of(order, cup).pk
    refund_order(order=order, refund_key=uuid4(), parts=[RefundPart(line, 1, restock=True)])
    assert today() == (2, 2 * 1033 + 590 + 1033 + 590)  # promised, before it is given
    work()
    gesture = [RefundPart(line, amount_minor=257)]
    refund_order(order=order, refund_key=uuid4(), parts=gesture, delivery_minor=590)
    work()
    assert today() == (2, 2 * 1033 - 257 + 1033 + 590)
    cancel_by_shop(order=other)
    assert today() == (1, 2 * 1033 - 257)
    rest = [RefundPart(line, 2)]
    refund_order(order=order, refund_key=uuid4(), parts=rest)
    work()
    assert today() == (1, 0)


def test_it_is_taken_off_the_day_of_the_order(cup: Variant) -> None:
    order = sent((cup, 3))
    bought((cup, 1))
    Order.objects.filter(pk=order.pk).update(paid_at=F("paid_at") - timedelta(days=5))
    parts = [RefundPart(line_of(order, cup).pk, 1)]
    refund_order(order=order, refund_key=uuid4(), parts=parts)
    shop_id = cast.maison_zinc().pk
    with Counted() as counted:
        turnover = turnover_of(shop_id)
    assert len(counted.statements) == 1
    assert (turnover.days[-6].orders, turnover.days[-6].turnover_minor) == (1, 2 * 1033 + 590)
    assert turnover.today.turnover_minor == 1033 + 590
    assert turnover.total_minor == 3 * 1033 + 2 * 590


def test_what_was_given_for_nothing_is_an_order_of_nothing(cup: Variant) -> None:
    given = cast.product(cast.maison_zinc(), "Sachet", price_minor=0)
    bought((cast.variant_of(given), 1), method=cast.pick_up(cast.maison_zinc()))
    assert today() == (1, 0)


def test_the_page_says_what_its_figures_leave_out(cup: Variant) -> None:
    order = sent((cup, 3))
    parts = [RefundPart(line_of(order, cup).pk, 1)]
    refund_order(order=order, refund_key=uuid4(), parts=parts)
    page = text_of(browser_of(cast.zoe()).get("/counter/maison_zinc"))
    assert "€26.56" in page
    assert "€36.89" not in page
    assert "what was given back is taken off the day of the order" in page
