"""What is to be given back: said as it stands, and not offered to be shown to others."""

from datetime import timedelta

import pytest
from django.utils.translation import override

from comptoir.catalog.models import Variant
from comptoir.common import clock
from comptoir.sales.links import signed_key
from comptoir.sales.models import Order, Return
from comptoir.sales.services.mark_delivered import mark_delivered
from comptoir.sales.services.returns import answer_return, ask_return, receive_return
from comptoir.web.formats import whole_date
from tests import cast
from tests.sales.after import line_of, sent
from tests.web.visiting import Answer, browser_of, parsed, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cup() -> Variant:
    return cast.variant_of(cast.product(cast.maison_zinc(), "Tasse", price_minor=1000, stock=10))


@pytest.fixture
def bowl() -> Variant:
    return cast.variant_of(cast.product(cast.maison_zinc(), "Bol", price_minor=2400, stock=10))


def seen(order: Order) -> Answer:
    return browser_of(cast.ines(), "en").get(f"/orders/{signed_key(order.key)}")


def head_of(order: Order) -> str:
    """What stands on top of its page, and the kind of its mark."""
    (head,) = parsed(seen(order)).xpath("//header[contains(@class, 'order-head')]")
    return f"{head.get('class')} {head.text_content()}"


def withdrawn(order: Order, *lines: int) -> None:
    fields = {f"pieces-{line}": "1" for line in lines}
    address = f"/orders/{signed_key(order.key)}/withdrawal"
    assert browser_of(cast.ines(), "en").post(address, fields).status_code == 302


def test_what_was_withdrawn_from_waits_to_be_sent_back(cup: Variant) -> None:
    order = sent((cup, 1), actor=cast.ines().actor, language="en")
    line = line_of(order, cup).pk
    withdrawn(order, line)
    head = head_of(order)
    with override("en"):
        until = whole_date(clock.now() + timedelta(days=14))
    assert "is-wait" in head
    assert "To send back" in head
    assert f"goes back to the shop by {until} at the latest." in head
    page = text_of(seen(order))
    assert "hx-trigger" not in page
    assert "Cancel this order" not in page
    with clock.travelled(timedelta(days=15)):
        assert "goes back to the shop. How is said below." in head_of(order)
    receive_return(giving_back=Return.objects.get(), received={line: 1}, restock={line: 1})
    assert "is-good" in head_of(order)
    assert "All given back" in head_of(order)


def test_a_return_of_everything_waits_for_the_shop_s_answer(cup: Variant) -> None:
    order = sent((cup, 1), actor=cast.ines().actor, language="en")
    mark_delivered(order=order, shipment_id=order.shipments.get().pk)
    back = ask_return(order=order, pieces={line_of(order, cup).pk: 1}, reason="damaged")
    assert "is-wait" in head_of(order)
    assert "Return asked for" in head_of(order)
    answer_return(giving_back=back, accept=True, send_to="12 rue des Cordiers")
    assert "To send back" in head_of(order)


def test_only_what_stays_can_be_shared(cup: Variant, bowl: Variant) -> None:
    order = sent((cup, 1), (bowl, 1), actor=cast.ines().actor, language="en")
    goes, stays = line_of(order, cup).pk, line_of(order, bowl).pk
    withdrawn(order, goes)
    page = text_of(seen(order))
    assert f'action="/orders/lines/{stays}/share"' in page
    assert f'action="/orders/lines/{goes}/share"' not in page
