"""The key of a form makes it one act, however often it is sent: of one thing, with its contents."""

from uuid import uuid4

import pytest

from comptoir.catalog.models import StockChange, Variant
from comptoir.sales.links import signed_key
from comptoir.sales.models import Refund, Return, Shipment, Withdrawal
from comptoir.sales.services.returns import answer_return, ask_return
from tests import cast
from tests.sales.after import bought, line_of, sent
from tests.web.visiting import browser_of, parsed, text_of, visitor

pytestmark = pytest.mark.django_db

COUNTER = "/counter/maison_zinc"


@pytest.fixture
def cup() -> Variant:
    return cast.variant_of(cast.product(cast.maison_zinc(), "Tasse", price_minor=1000, stock=20))


def test_a_key_brought_to_another_order_is_another_act_there(cup: Variant) -> None:
    """A form that was open for one order, and is sent for another one."""
    key, zoe = str(uuid4()), browser_of(cast.zoe())
    packed = [bought((cup, 1)) for _n in range(2)]
    for order in packed:
        line = line_of(order, cup).pk
        there = f"{COUNTER}/orders/{order.number}/shipment"
        assert zoe.post(there, {"key": key, f"pieces-{line}": "1"}).status_code == 302
    assert Shipment.objects.count() == 2
    for order in packed:
        line, page = line_of(order, cup).pk, f"/orders/{signed_key(order.key)}"
        back = {"key": key, f"pieces-{line}": "1", "reason": "fit"}
        assert visitor().post(f"{page}/returns", back).status_code == 302
        assert visitor().post(f"{page}/withdrawal", back).status_code == 302
    assert Return.objects.filter(reason="fit").count() == 2
    assert Withdrawal.objects.count() == 2


def test_of_money_too(cup: Variant) -> None:
    key, zoe = str(uuid4()), browser_of(cast.zoe())
    for _n in range(2):
        order = sent((cup, 2))
        line = line_of(order, cup).pk
        part = {"key": key, f"amount-{line}": "1"}
        assert zoe.post(f"{COUNTER}/orders/{order.number}/refund", part).status_code == 302
        back = ask_return(order=order, pieces={line: 1}, reason="fit")
        answer_return(giving_back=back, accept=True, send_to="1 rue du Port")
        there = f"{COUNTER}/orders/{order.number}/returns/{back.pk}"
        assert zoe.post(there, {**part, "act": "refund"}).status_code == 302
    assert list(Refund.objects.values_list("amount_minor", flat=True)) == [100] * 4


def test_of_the_shelf_too(cup: Variant) -> None:
    other = cast.variant_of(cast.product(cast.maison_zinc(), "Bol", stock=5))
    change = {"key": str(uuid4()), "delta": "2", "reason": "received"}
    for variant in (cup, other):
        for _n in range(2):
            there = f"{COUNTER}/stock/{variant.pk}/change"
            assert browser_of(cast.zoe()).post(there, change).status_code == 302
    assert (cast.stock_of(cup), cast.stock_of(other)) == ((22, 0), (7, 0))
    assert StockChange.objects.count() == 2


def test_a_form_gone_back_to_and_changed_is_not_said_to_be_done(cup: Variant) -> None:
    order, zoe = bought((cup, 3)), browser_of(cast.zoe())
    line, there = line_of(order, cup).pk, f"{COUNTER}/orders/{order.number}/shipment"
    parcel = {"key": str(uuid4()), f"pieces-{line}": "1", "tracking": "6A1"}
    for _n in range(2):
        zoe.post(there, parcel)
    assert Shipment.objects.count() == 1
    zoe.post(there, {**parcel, f"pieces-{line}": "2", "tracking": "6A2"})
    assert list(Shipment.objects.order_by("id").values_list("tracking", flat=True)) == [
        "6A1", "6A2"]  # fmt: skip
    assert StockChange.objects.count() == 0
    change = {"key": str(uuid4()), "delta": "2", "reason": "received"}
    for delta in ("2", "2", "5"):
        zoe.post(f"{COUNTER}/stock/{cup.pk}/change", {**change, "delta": delta})
    assert cast.stock_of(cup) == (24, 0)


def test_one_form_never_gives_money_back_twice(cup: Variant) -> None:
    order, zoe = sent((cup, 2)), browser_of(cast.zoe())
    line, there = line_of(order, cup).pk, f"{COUNTER}/orders/{order.number}/refund"
    form = {"key": str(uuid4()), f"amount-{line}": "1"}
    for _n in range(2):
        assert zoe.post(there, form).status_code == 302
    refused = zoe.post(there, {**form, f"amount-{line}": "2"})
    assert refused.status_code == 409
    assert "This form has given money back already" in text_of(refused)
    assert Refund.objects.get().amount_minor == 100
    (fresh,) = parsed(refused).xpath("//main//input[@name='key']/@value")
    again = zoe.post(there, {**form, f"amount-{line}": "2", "key": fresh})
    assert (again.status_code, Refund.objects.count()) == (302, 2)
