"""A file that a shop lets its buyers withdraw from: given up where it is, its money goes back."""

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from comptoir.catalog.models import Product
from comptoir.catalog.services.products import edit_product
from comptoir.sales.links import signed_key
from comptoir.sales.models import Order, Return, Withdrawal
from comptoir.sales.pricing.delivery import DIGITAL_METHOD_ID
from comptoir.sales.queries import order_page
from comptoir.sales.services import Address
from comptoir.sales.services.withdraw import declare_withdrawal
from comptoir.sales.sheet import sheet_of
from comptoir.web.orders.files import links_of
from tests import cast
from tests.sales.after import line_of, sent
from tests.sales.buying import Basket, at_bank, order_of, work
from tests.sales.machine.books import faults
from tests.web.visiting import text_of, visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def pattern(settings: Any, tmp_path: Path) -> Product:
    """Its shop chose "14 days to withdraw, as the law says" in the product's form."""
    settings.FILES_ROOT = tmp_path
    made = cast.product(cast.maison_zinc(), "Patron", price_minor=900, stock=None)
    cast.file_of(made, "patron.pdf")
    made.refresh_from_db()
    edit_product(product=made, title="Patron", description="", brand="", category="", withdrawal="")
    made.refresh_from_db()
    assert (made.digital, made.withdrawal) == (True, "")
    return made


def bought_alone(made: Product) -> Order:
    lines = [(cast.variant_of(made).pk, 1)]
    total = sheet_of(lines).quote_for(DIGITAL_METHOD_ID).total_minor
    nobody = Address(recipient="Inès")
    placed = Basket(lines, DIGITAL_METHOD_ID, total, address=nobody, consented=False).sent()
    at_bank(placed, "approve")
    work()
    return order_of(placed)


def test_a_file_alone_is_withdrawn_from_on_its_order_s_page(pattern: Product) -> None:
    order = bought_alone(pattern)
    here = f"/orders/{signed_key(order.key)}/withdrawal"
    line = order.lines.get().pk
    assert f'name="pieces-{line}"' in text_of(visitor().get(here))
    answer = visitor().post(here, {f"pieces-{line}": "1", "key": str(uuid4())})
    assert (answer.status_code, Withdrawal.objects.count()) == (302, 1)
    work()
    payment = order.payments.get()
    assert (payment.refunded_minor, Return.objects.count()) == (900, 0)
    assert not links_of(order_page(order))
    assert faults(at_last=True) == []


def test_a_file_beside_goods_is_not_to_be_sent_back(pattern: Product) -> None:
    cup = cast.variant_of(cast.product(cast.maison_zinc(), "Tasse", price_minor=1000, stock=10))
    file = cast.variant_of(pattern)
    order = sent((cup, 1), (file, 1))
    line = line_of(order, file).pk
    declare_withdrawal(order=order, pieces={line: 1}, request_key=uuid4())
    assert not Return.objects.exists()
    work()
    assert not links_of(order_page(order))
    assert faults(at_last=True) == []
