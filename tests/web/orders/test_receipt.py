"""From the receipt of a withdrawal on: where the goods go, and back to the order for its buyer."""

import pytest

from comptoir.catalog.models import Variant
from comptoir.sales.links import signed_key
from comptoir.sales.models import Order, Return, Withdrawal
from comptoir.sales.withdrawal.door import withdrawal_token
from tests import cast
from tests.sales.after import line_of, sent
from tests.web.visiting import browser_of, links, text_of, visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def cup() -> Variant:
    return cast.variant_of(cast.product(cast.maison_zinc(), "Tasse", price_minor=1000, stock=10))


def page_of(order: Order) -> str:
    return f"/orders/{signed_key(order.key)}"


def receipt() -> str:
    return f"/withdrawals/{signed_key(Withdrawal.objects.get().key)}"


def test_it_says_where_to_send_the_goods(cup: Variant) -> None:
    order = sent((cup, 1))
    fields = {f"pieces-{line_of(order, cup).pk}": "1"}
    answer = visitor().post(f"{page_of(order)}/withdrawal", fields, follow=True)
    back = Return.objects.get()
    assert back.send_to.splitlines()[0] in text_of(answer)
    assert "To send back" in text_of(answer)


def test_a_guest_who_came_from_the_order_is_led_back_to_it(cup: Variant) -> None:
    order, browser = sent((cup, 1)), visitor()
    fields = {f"pieces-{line_of(order, cup).pk}": "1"}
    answer = browser.post(f"{page_of(order)}/withdrawal", fields, follow=True)
    assert page_of(order) in links(answer)
    # Whoever the receipt is shown to holds no key of the order; nor does the shop.
    for other in (visitor(), browser_of(cast.zoe())):
        shown = other.get(receipt())
        assert shown.status_code == 200
        assert signed_key(order.key) not in text_of(shown)


def test_one_who_came_by_the_link_asked_for_is_not_given_the_order(cup: Variant) -> None:
    order, browser = sent((cup, 1)), visitor()
    fields = {f"pieces-{line_of(order, cup).pk}": "1"}
    answer = browser.post(f"/withdrawal/{withdrawal_token(order.key)}", fields, follow=True)
    assert "Your withdrawal is received" in text_of(answer)
    assert signed_key(order.key) not in text_of(answer)


def test_a_member_is_led_to_their_own_order(cup: Variant) -> None:
    order, ines = sent((cup, 1), actor=cast.ines().actor), browser_of(cast.ines())
    fields = {f"pieces-{line_of(order, cup).pk}": "1"}
    ines.post(f"{page_of(order)}/withdrawal", fields)
    assert page_of(order) in links(ines.get(receipt()))
    assert page_of(order) not in links(browser_of(cast.malo()).get(receipt()))
