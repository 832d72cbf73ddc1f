"""An order that its buyer fetches: nothing that is said of it is about a parcel."""

import pytest

from comptoir.sales.links import signed_key
from comptoir.sales.services import ship_order
from comptoir.sales.services.mark_delivered import mark_delivered
from tests import cast
from tests.sales.buying import at_bank, basket, order_of, work
from tests.web.visiting import browser_of, parsed

pytestmark = pytest.mark.django_db


def test_what_is_fetched_is_ready_then_collected() -> None:
    shop = cast.maison_zinc()
    bowl = cast.variant_of(cast.product(shop, "Bol"))
    placed = basket((bowl, 1), method=cast.pick_up(shop), actor=cast.ines().actor).sent()
    at_bank(placed, "approve")
    work()
    order = order_of(placed)
    ship_order(order=order)
    mark_delivered(order=order, shipment_id=order.shipments.get().pk)
    pages = (
        browser_of(cast.ines()).get(f"/orders/{signed_key(order.key)}"),
        browser_of(cast.zoe()).get(f"/counter/maison_zinc/orders/{order.number}"),
    )
    for page in pages:
        told = [
            str(line.text_content()).strip().split("\n")[0].split()[0]
            for line in parsed(page).xpath("//*[@class='timeline-what']")
        ]
        assert told[:2] == ["Collected", "Ready"]
        assert not {"Parcel", "Arrived"} & set(told)
