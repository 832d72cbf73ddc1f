"""The forms by which a shop gives money back and takes pieces in: what they propose, and that what
was typed stays when it is refused."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from comptoir.catalog.models import Variant
from comptoir.sales.models import Order, Refund, Return
from comptoir.sales.services.close_return import refund_return
from comptoir.sales.services.refund_order import RefundPart, refund_order
from comptoir.sales.services.returns import answer_return, ask_return, receive_return
from comptoir.sales.services.ship_order import ship_lines
from tests import cast
from tests.sales.after import bought, line_of, sent
from tests.web.visiting import browser_of, links, parsed, text_of

pytestmark = pytest.mark.django_db
ORDERS = "/counter/maison_zinc/orders"


@pytest.fixture
def bowl() -> Variant:
    made = cast.product(cast.maison_zinc(), "Bol", price_minor=2000, stock=9)
    return cast.variant_of(made)


@pytest.fixture
def desk() -> Client:
    cast.maison_zinc()
    return browser_of(cast.zoe())


def field_of(page: Any, name: str) -> tuple[str, str]:
    """What stands in the field of that name, and what is said beside it."""
    (field,) = parsed(page).xpath(f"//input[@name='{name}']")
    if field.get("aria-invalid") != "true":
        return str(field.get("value")), ""
    error = str(field.get("aria-describedby")).split()[-1]
    (beside,) = parsed(page).xpath(f"//p[@id='{error}' and @class='field-error']")
    return str(field.get("value")), str(beside.text_content())


def is_ticked(page: Any, name: str) -> bool:
    (box,) = parsed(page).xpath(f"//input[@name='{name}']")
    return "checked" in box.attrib


def awaited(order: Order, variant: Variant, pieces: int, reason: str = "fit") -> Return:
    back = ask_return(order=order, pieces={line_of(order, variant).pk: pieces}, reason=reason)
    answer_return(giving_back=back, accept=True, send_to="1 rue du Port")
    back.refresh_from_db()
    return back


def test_pieces_that_were_not_sent_go_back_on_the_shelf(bowl: Variant, desk: Client) -> None:
    order = bought((bowl, 3))
    address, line = f"{ORDERS}/{order.number}/refund", line_of(order, bowl).pk
    assert is_ticked(desk.get(address), f"shelf-{line}")
    unticked = desk.post(address, {f"pieces-{line}": "1", f"amount-{line}": "abc"})
    assert not is_ticked(unticked, f"shelf-{line}")
    (form,) = parsed(desk.get(address)).xpath("//form[.//input[@name='key']]")
    proposed = {str(name): str(value) for name, value in form.form_values()}
    desk.post(address, proposed | {f"pieces-{line}": "1"})
    assert cast.stock_of(bowl) == (7, 0)
    ship_lines(order=order, quantities={line: 1})
    partly = desk.get(address)
    assert is_ticked(partly, f"shelf-{line}")
    assert "Not sent yet: 1." in text_of(partly)
    ship_lines(order=order, quantities={line: 1})
    assert not is_ticked(desk.get(address), f"shelf-{line}")


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("pieces", "-5", "Write a number of pieces such as 1."),
        ("amount", "abc", "Write an amount such as 12.90."),
        ("amount", "-5", "Write an amount such as 12.90."),
        ("amount", "900", "This is more than was paid and not refunded yet."),
        ("delivery", "900", "This is more than was paid and not refunded yet."),
    ],
)
def test_a_refused_refund_marks_its_field(
    bowl: Variant, desk: Client, name: str, typed: str, said: str
) -> None:
    order = sent((bowl, 2))
    field = name if name == "delivery" else f"{name}-{line_of(order, bowl).pk}"
    refused = desk.post(f"{ORDERS}/{order.number}/refund", {field: typed})
    assert refused.status_code in {409, 422}
    assert field_of(refused, field) == (typed, said)
    assert not parsed(refused).xpath("//p[contains(@class, 'notice is-error')]")


def test_a_refund_of_all_that_was_not_sent_leads_to_the_cancellation(
    bowl: Variant, desk: Client
) -> None:
    order = bought((bowl, 1))
    page = f"{ORDERS}/{order.number}"
    refused = desk.post(f"{page}/refund", {f"pieces-{line_of(order, bowl).pk}": "1"})
    assert "cancel it instead" in text_of(refused)
    assert f"{page}#cancel" in links(refused)
    assert parsed(desk.get(page)).xpath("//form[@id='cancel']")
    assert f"{page}#cancel" not in links(desk.get(f"{page}/refund"))


@pytest.mark.parametrize(("reason", "shelf"), [("damaged", "0"), ("defective", "0"), ("fit", "2")])
def test_what_is_broken_is_not_proposed_for_the_shelf(
    bowl: Variant, desk: Client, reason: str, shelf: str
) -> None:
    order = sent((bowl, 2))
    back, line = awaited(order, bowl, 2, reason), line_of(order, bowl).pk
    page = desk.get(f"{ORDERS}/{order.number}/returns/{back.pk}")
    assert field_of(page, f"pieces-{line}") == ("2", "")
    assert field_of(page, f"shelf-{line}") == (shelf, "")


def test_what_was_counted_stays_when_it_is_refused(bowl: Variant, desk: Client) -> None:
    order = sent((bowl, 1))
    back, line = awaited(order, bowl, 1), line_of(order, bowl).pk
    address = f"{ORDERS}/{order.number}/returns/{back.pk}"
    pieces, shelf = f"pieces-{line}", f"shelf-{line}"
    refused = desk.post(address, {"act": "receive", pieces: "0", shelf: "1"})
    assert refused.status_code == 422
    assert field_of(refused, pieces) == ("0", "")
    assert field_of(refused, shelf) == ("1", "More pieces than came back.")
    refused = desk.post(address, {"act": "receive", pieces: "2", shelf: "many"})
    assert field_of(refused, shelf) == ("many", "Write a number of pieces such as 1.")
    refused = desk.post(address, {"act": "receive", pieces: "2", shelf: "1"})
    assert field_of(refused, pieces) == ("2", "More pieces than were to come back.")
    back.refresh_from_db()
    assert back.status == "accepted"


def test_what_a_return_was_to_give_back_stays_when_it_is_refused(
    bowl: Variant, desk: Client
) -> None:
    order = sent((bowl, 1))
    back, line = awaited(order, bowl, 1), line_of(order, bowl).pk
    receive_return(giving_back=back, received={line: 1}, restock={line: 1})
    address = f"{ORDERS}/{order.number}/returns/{back.pk}"
    for typed, said in {
        "12,345": "Write an amount such as 12.90.",
        "900": "This is more than was paid and not refunded yet.",
    }.items():
        refused = desk.post(address, {"act": "refund", f"amount-{line}": typed, "delivery": "1,5"})
        assert field_of(refused, f"amount-{line}") == (typed, said)
        assert field_of(refused, "delivery") == ("1,5", "")
    refused = desk.post(address, {"act": "refund", f"amount-{line}": "1", "delivery": "900"})
    assert field_of(refused, "delivery")[1] == "This is more than was paid and not refunded yet."
    assert not Refund.objects.exists()


def test_a_finished_return_says_how_much_when_and_by_whom(bowl: Variant, desk: Client) -> None:
    order = sent((bowl, 2))
    back, line = awaited(order, bowl, 1), line_of(order, bowl).pk
    address = f"{ORDERS}/{order.number}/returns/{back.pk}"
    assert "decided on" not in text_of(desk.get(address))
    zoe = cast.zoe().user.pk
    receive_return(giving_back=back, received={line: 1}, restock={line: 1})
    refund_return(giving_back=back, refund_key=uuid4(), amounts={line: 1500}, by_id=zoe)
    told = text_of(desk.get(address))
    assert "Refund of €15.00 decided on" in told
    name = cast.zoe().user.profile.name
    assert told.count(f" by {name}.") == 2
    refund_order(order=order, refund_key=uuid4(), parts=[RefundPart(line, amount_minor=100)])
    assert "Refund of €15.00 decided on" in text_of(desk.get(address))
