"""The days that the sheet named stay with the order until it is there."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from comptoir.catalog.models import Variant
from comptoir.common import clock
from comptoir.sales.links import signed_key
from comptoir.sales.services import Placed, ship_order
from comptoir.sales.services.accounts import add_cash_account
from comptoir.sales.services.mark_delivered import mark_delivered
from comptoir.shops.arrival import arrival_words, working_days_after
from comptoir.shops.models import DeliveryMethod
from tests import cast
from tests.sales.buying import at_bank, basket, order_of, work
from tests.web.checkout.sheets import GUEST, open_sheet
from tests.web.visiting import SCRIPT, text_of, visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def bowl() -> Variant:
    bowl = cast.variant_of(cast.product(cast.maison_zinc(), "Bol", stock=5))
    cast.by_post(cast.maison_zinc())
    DeliveryMethod.objects.update(days_min=2, days_max=3)
    return bowl


def days() -> str:
    today = timezone.localdate(clock.now())
    return arrival_words(working_days_after(today, 2), working_days_after(today, 3), "en")


def seen(placed: Placed) -> str:
    return text_of(visitor().get(f"/orders/{signed_key(placed.order_key)}"))


def test_it_is_expected_until_it_is_there(bowl: Variant) -> None:
    placed = basket((bowl, 1), language="en").sent()
    assert "Expected" not in seen(placed)  # the bank may still refuse
    at_bank(placed, "approve")
    work()
    assert f"Expected: {days()}" in seen(placed)
    (letter,) = [each for each in mail.outbox if each.to == ["ines@example.org"]]
    assert f"Expected on: {days()}" in letter.body
    # What the shop changes afterwards is not what was agreed.
    DeliveryMethod.objects.update(days_min=8, days_max=9)
    order = order_of(placed)
    ship_order(order=order)
    assert f"Expected: {days()}" in seen(placed)
    mark_delivered(order=order, shipment_id=order.shipments.get().pk)
    assert "Expected" not in seen(placed)


def test_what_is_paid_days_later_is_not_promised_for_before(bowl: Variant) -> None:
    placed = basket((bowl, 1)).sent()
    at_bank(placed, "approve")
    work()
    order = order_of(placed)
    assert order.expected_days == order.agreed_days is not None
    order.placed_at -= timedelta(days=3)
    order.save(update_fields=["placed_at"])
    assert "Expected" not in seen(placed)


def test_what_is_fetched_is_ready_on_these_days(bowl: Variant) -> None:
    shop = cast.maison_zinc()
    add_cash_account(shop=shop)
    pickup = cast.pick_up(shop)
    DeliveryMethod.objects.update(days_min=2, days_max=3)
    placed = basket((bowl, 1), method=pickup, provider="cash").sent()
    assert f"Ready: {days()}" in seen(placed)


def test_the_thanks_name_them_too(bowl: Variant) -> None:
    sheet = {**open_sheet(visitor(), bowl.product), **GUEST, "pay": "sandbox:card_ok"}
    thanks = text_of(visitor().post("/checkout", sheet, headers=SCRIPT))
    assert f"Expected: {days()}" in thanks
