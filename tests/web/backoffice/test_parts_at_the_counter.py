"""What leaves in parts, and what is fetched: what was typed stays, what is left is said."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from comptoir.catalog.models import Variant
from comptoir.sales.models import Order, Shipment
from comptoir.sales.services.bills import open_bill
from comptoir.sales.services.refund_order import RefundPart, refund_order
from comptoir.sales.services.ship_order import ship_lines
from tests import cast
from tests.sales.after import bought, line_of
from tests.sales.buying import basket, order_of
from tests.web.visiting import browser_of, parsed, text_of

pytestmark = pytest.mark.django_db
ORDERS = "/counter/maison_zinc/orders"


@pytest.fixture
def bowl() -> Variant:
    return cast.variant_of(cast.product(cast.maison_zinc(), "Bol", stock=9))


@pytest.fixture
def desk() -> Client:
    cast.maison_zinc()
    return browser_of(cast.zoe())


def words_of(response: Any) -> str:
    (main,) = parsed(response).xpath("//main")
    return " ".join(str(main.text_content()).split())


@pytest.mark.parametrize(
    ("typed", "status", "said"),
    [
        ("0", 422, "Say how many pieces are in the parcel."),
        ("9", 409, "Fewer pieces are left to send. Look at the order again."),
        ("many", 422, "Write a number of pieces such as 1."),
    ],
)
def test_a_refused_part_keeps_what_was_typed(
    bowl: Variant, desk: Client, typed: str, status: int, said: str
) -> None:
    order = bought((bowl, 3))
    line = line_of(order, bowl).pk
    assert not parsed(desk.get(f"{ORDERS}/{order.number}")).xpath("//details[@open]")
    parcel = {"key": str(uuid4()), f"pieces-{line}": typed, "carrier": "Colissimo"}
    refused = desk.post(f"{ORDERS}/{order.number}/shipment", parcel)
    assert refused.status_code == status
    (field,) = parsed(refused).xpath(f"//details[@open]//input[@name='pieces-{line}']")
    assert (field.get("value"), field.get("aria-invalid")) == (typed, "true")
    (beside,) = parsed(refused).xpath(f"//p[@id='{field.get('aria-describedby')}']")
    assert beside.text_content() == said
    assert 'value="Colissimo"' in text_of(refused)
    assert not parsed(refused).xpath("//p[contains(@class, 'notice is-error')]")
    assert not Shipment.objects.exists()


def test_a_part_with_a_tracking_number_too_long_stays_a_part(bowl: Variant, desk: Client) -> None:
    order = bought((bowl, 3))
    line = line_of(order, bowl).pk
    parcel = {f"pieces-{line}": "1", "tracking": "6" * 200}
    refused = desk.post(f"{ORDERS}/{order.number}/shipment", parcel)
    assert refused.status_code == 422
    (field,) = parsed(refused).xpath(f"//details[@open]//input[@name='pieces-{line}']")
    assert field.get("value") == "1"


def test_what_is_left_to_send_is_said_on_its_line_and_in_the_list(
    bowl: Variant, desk: Client
) -> None:
    order = bought((bowl, 3))
    line = line_of(order, bowl).pk
    for page in (f"{ORDERS}/{order.number}", ORDERS):
        assert "Partly sent" not in text_of(desk.get(page))
    ship_lines(order=order, quantities={line: 1})
    refund_order(order=order, refund_key=uuid4(), parts=[RefundPart(line, 1)])
    told = words_of(desk.get(f"{ORDERS}/{order.number}"))
    assert "Left to send: 1" in told
    assert "Partly sent" in told
    assert "Partly sent" in words_of(desk.get(ORDERS))
    ship_lines(order=order, quantities={line: 1})
    for page in (f"{ORDERS}/{order.number}", ORDERS):
        assert "Partly sent" not in words_of(desk.get(page))
        assert "Left to send" not in words_of(desk.get(page))


def test_what_is_fetched_is_no_parcel(bowl: Variant, desk: Client) -> None:
    order = bought((bowl, 1), method=cast.pick_up(cast.maison_zinc()))
    page = f"{ORDERS}/{order.number}"
    ready = words_of(desk.post(f"{page}/shipment", {"key": str(uuid4())}, follow=True))
    assert "Marked as ready. The buyer is told." in ready
    assert "Waits at the shop" in ready
    arrival = f"{page}/shipments/{Shipment.objects.get().pk}/arrival"
    fetched = desk.post(arrival, follow=True)
    assert "Noted: it was collected." in words_of(fetched)
    badges = [badge.text for badge in parsed(fetched).xpath("//span[contains(@class, 'badge')]")]
    assert badges[0] == "Collected"
    for told in (ready, words_of(fetched)):
        assert [word for word in ("arcel", "hipped", "elivered") if word in told] == []


def test_a_sale_at_the_counter_says_who_made_its_bill(bowl: Variant, desk: Client) -> None:
    order = bought((bowl, 1))
    nobody = {"delivery_kind": "counter", "recipient": "", "email": "", "address1": ""}
    Order.objects.filter(pk=order.pk).update(**nobody)
    page = desk.get(f"{ORDERS}/{order.number}")
    assert not parsed(page).xpath("//h2[normalize-space()='Sold at the counter']")
    made = open_bill(shop=cast.maison_zinc(), by_id=cast.zoe().user.pk, amount_minor=500)
    order.lines.update(variant=made.variant_id)
    assert "The bill was made by Zoé" in words_of(desk.get(f"{ORDERS}/{order.number}"))


def test_the_tab_of_an_order_without_a_number_names_its_buyer(bowl: Variant, desk: Client) -> None:
    order = order_of(basket((bowl, 1)).sent())
    (title,) = parsed(desk.get(f"{ORDERS}/{order.reference}")).xpath("//title")
    assert "Inès Le Goff" in str(title.text_content())
