"""From the shelf to the money that goes back, where a currency has no decimals, or three."""

from typing import Any

import pytest
from django.core import mail

from comptoir.sales.models import Order, Payment
from comptoir.shops.models import DeliveryMethod, Shop
from tests import cast
from tests.sales.buying import work
from tests.sales.machine.books import faults
from tests.sales.offering import offer
from tests.web.checkout.sheets import GUEST, fields, send, total_shown
from tests.web.visiting import browser_of, text_of, visitor

pytestmark = pytest.mark.django_db

# One bowl of 12,345 less 10 %, which are 1,235 as half a unit goes up, and 590 of delivery.
YEN = ("JPY", "¥11,110", "¥590", "¥11,700", "1000", "¥1,000")
DINAR = ("TND", "TND11.110", "TND0.590", "TND11.700", "1.000", "TND1.000")


@pytest.mark.parametrize("shown", [YEN, DINAR], ids=["none", "three"])
def test_every_page_says_and_charges_the_same(shown: tuple[str, ...]) -> None:
    currency, piece, delivery, total, typed, back = shown
    shop = cast.maison_zinc()
    Shop.objects.filter(pk=shop.pk).update(currency=currency)
    shop.refresh_from_db()
    bowl = cast.product(shop, "Bol", price_minor=12_345, stock=5)
    offer(shop, value=1000)
    DeliveryMethod.objects.filter(shop=shop).update(free_from_minor=None)
    guest = visitor()
    assert piece in _words(guest.get("/@maison_zinc/products"))
    assert piece in _words(guest.get(f"/products/{bowl.pk}"))
    guest.post("/basket/lines", {"product": bowl.pk})
    assert piece in _words(guest.get("/basket"))
    sheet = guest.get(f"/checkout/new?shop={shop.pk}")
    assert total_shown(sheet).replace("\xa0", " ") == total
    assert delivery in _words(sheet)
    sent = send(guest, fields(sheet), **GUEST, pay="sandbox:card_ok")
    assert sent.status_code == 303
    work()
    order = Order.objects.get()
    assert (order.total_minor, Payment.objects.get().captured_minor) == (11_700, 11_700)
    assert total in _words(guest.get(sent.headers["Location"]))
    assert total in mail.outbox[0].body.replace("\xa0", " ")
    _a_part_goes_back(order, typed)
    assert back in _words(guest.get(sent.headers["Location"]))
    assert faults(at_last=True) == []


def _words(page: Any) -> str:
    return text_of(page).replace("\xa0", " ").replace("&nbsp;", " ")


def _a_part_goes_back(order: Order, typed: str) -> None:
    """As the desk types it."""
    desk, address = browser_of(cast.zoe()), f"/counter/maison_zinc/orders/{order.number}/refund"
    assert desk.get(address).status_code == 200
    line = order.lines.get()
    data = {f"amount-{line.pk}": typed, f"pieces-{line.pk}": "0"}
    answer = desk.post(address, data)
    assert answer.status_code == 302, text_of(answer)
    work()
    assert Payment.objects.get().refunded_minor == 1000
