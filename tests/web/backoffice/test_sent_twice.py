"""Two quick presses on a form that makes something at the desk: one thing is made."""

from typing import Any

import pytest

from comptoir.catalog.models import Product
from comptoir.sales.models import Offer
from comptoir.shops.models import DeliveryMethod, DeliveryZone, Role
from tests import cast
from tests.web.backoffice.test_delivery_at_the_counter import COURIER
from tests.web.backoffice.test_offers_at_the_counter import TEN
from tests.web.backoffice.test_products_at_the_counter import BOWL
from tests.web.visiting import browser_of, parsed

pytestmark = pytest.mark.django_db

COUNTER = "/counter/maison_zinc"
ZONE = {"name": "Near", "countries": ["BE", "LU"]}


@pytest.mark.parametrize(
    ("page", "sent", "kind"),
    [
        ("products/new", BOWL, Product),
        ("offers/new", TEN, Offer),
        ("delivery/methods/new", COURIER, DeliveryMethod),
        ("delivery/zones/new", ZONE, DeliveryZone),
    ],
)
def test_one_thing_is_made(page: str, sent: dict[str, Any], kind: Any) -> None:
    cast.staff(cast.maison_zinc(), cast.malo(), Role.OWNER)
    desk = browser_of(cast.malo())
    before = kind.objects.count()
    (key,) = parsed(desk.get(f"{COUNTER}/{page}")).xpath("//main//input[@name='key']/@value")
    first, second = (desk.post(f"{COUNTER}/{page}", {**sent, "key": key}) for _press in "ab")
    assert (first.status_code, second.headers["Location"]) == (302, first.headers["Location"])
    assert kind.objects.count() == before + 1
    renamed = {name: f"{text} bis" for name, text in sent.items() if name in {"name", "title"}}
    desk.post(f"{COUNTER}/{page}", {**sent, **renamed, "key": key})
    assert kind.objects.count() == before + 2
