"""Placing an order: what it writes, what it costs in statements."""

import uuid
from dataclasses import replace

import pytest

from comptoir.catalog.models import StockItem, Variant
from comptoir.common.errors import Conflict
from comptoir.people.actor import ANYONE
from comptoir.sales.links import signed_key
from comptoir.sales.models import BankCharge, OrderLine, Payment
from comptoir.sales.services import Address
from comptoir.sales.services.come_back import come_back
from tests import cast
from tests.sales.buying import (
    Counted,
    at_bank,
    basket,
    charge_of,
    order_of,
    payment_of,
)

pytestmark = pytest.mark.django_db


def test_a_guest_orders_pays_and_gets_a_number() -> None:
    corkscrew = cast.variant_of(cast.product(cast.maison_zinc(), stock=3))
    placed = basket((corkscrew, 2)).sent()
    assert (placed.status, placed.number) == ("pending", "")
    assert cast.stock_of(corkscrew) == (1, 2)
    charge = charge_of(placed)
    assert placed.redirect_url == f"/bank/{charge.reference}"
    assert (charge.amount_minor, charge.currency) == (2 * 1290 + 590, "EUR")
    assert (
        at_bank(placed, "approve")
        == f"http://shop.test/orders/{signed_key(placed.order_key)}/return"
    )
    come_back(order=order_of(placed))
    order = order_of(placed)
    assert order.status == "paid"
    assert order.number == f"{order.paid_at:%Y}-00001"
    assert order.buyer is None
    assert cast.stock_of(corkscrew) == (1, 0)
    payment = payment_of(placed)
    assert (payment.status, payment.captured_minor) == ("captured", order.total_minor)


def test_the_order_keeps_what_was_agreed() -> None:
    ines = cast.ines()
    made = cast.product(
        cast.maison_zinc(), "Tablier", options={"size": "M", "color": "encre"}, vat_rate_bp=550
    )
    placed = basket((cast.variant_of(made), 1), actor=ines.actor, language="en").sent()
    line = OrderLine.objects.get(order=placed.order_id)
    assert (line.title, line.options, line.unit_minor) == ("Tablier", "M · encre", 1290)
    assert (line.vat_rate_bp, line.vat_minor) == (550, 67)
    order = order_of(placed)
    assert order.buyer == ines.profile
    assert (order.city, order.postcode, order.language) == ("Brest", "29200", "en")
    assert (order.delivery_kind, order.delivery_minor) == ("post", 590)
    assert (order.items_minor, order.total_minor, order.vat_minor) == (1290, 1880, 67 + 31)


def test_numbers_follow_each_other_in_each_shop() -> None:
    for at in (cast.maison_zinc(), cast.atelier_brume()):
        variant = cast.variant_of(cast.product(at, stock=5))
        numbers = []
        for _n in range(3):
            placed = basket((variant, 1)).sent()
            unpaid = basket((variant, 1)).sent()
            at_bank(placed, "approve")
            come_back(order=order_of(placed))
            at_bank(unpaid, "refuse")
            come_back(order=order_of(unpaid))
            numbers.append(order_of(placed).number[5:])
            assert order_of(unpaid).number == ""
        assert numbers == ["00001", "00002", "00003"]


def test_a_price_changed_while_paying_changes_nothing() -> None:
    """Survival 17, after the order: charged what was confirmed."""
    corkscrew = cast.variant_of(cast.product(cast.maison_zinc()))
    placed = basket((corkscrew, 2)).sent()
    Variant.objects.filter(pk=corkscrew.pk).update(price_minor=99_00)
    at_bank(placed, "approve")
    come_back(order=order_of(placed))
    assert (order_of(placed).status, charge_of(placed).amount_minor) == ("paid", 3170)


def test_an_order_fetched_at_the_shop_needs_a_name_alone() -> None:
    at = cast.maison_zinc()
    corkscrew = cast.variant_of(cast.product(at))
    placed = basket((corkscrew, 1), method=cast.pick_up(at), address=Address("Inès")).sent()
    assert order_of(placed).total_minor == 1290


def test_what_is_not_counted_is_sold_while_it_is_in_stock() -> None:
    soap = cast.variant_of(cast.product(cast.maison_zinc(), "Savon", stock=None))
    placed = basket((soap, 500)).sent()
    assert cast.stock_of(soap) == (0, 0)
    at_bank(placed, "approve")
    come_back(order=order_of(placed))
    assert order_of(placed).status == "paid"
    assert cast.stock_of(soap) == (0, 0)
    StockItem.objects.filter(pk=soap.pk).update(in_stock=False)
    with pytest.raises(Conflict, match="sold_out"):
        basket((soap, 1)).sent()


def test_nothing_to_pay_is_settled_without_the_bank() -> None:
    at = cast.maison_zinc()
    sample = cast.variant_of(cast.product(at, "Échantillon", price_minor=0, stock=2))
    placed = basket((sample, 1), method=cast.pick_up(at)).sent()
    assert (placed.status, placed.redirect_url) == ("paid", "")
    assert placed.number.endswith("-00001")
    assert cast.stock_of(sample) == (1, 0)
    assert not Payment.objects.exists()
    assert not BankCharge.objects.exists()


def test_sale_prices_are_charged_while_they_last() -> None:
    corkscrew = cast.variant_of(cast.product(cast.maison_zinc(), sale_price_minor=990))
    assert order_of(basket((corkscrew, 1)).sent()).items_minor == 990


@pytest.mark.parametrize("lines", [1, 5])
def test_statements_of_a_purchase_do_not_grow(lines: int) -> None:
    """Placing and settling, bank included, for any number of lines and products."""
    at = cast.maison_zinc()
    made = [cast.variant_of(cast.product(at, f"Objet {n}")) for n in range(lines + 40)]
    wanted = basket(*((variant, 2) for variant in made[:lines]))
    with Counted() as at_the_page:
        placed = wanted.sent()
    at_bank(placed, "approve")
    order = order_of(placed)
    with Counted() as settling:
        come_back(order=order)
    assert order_of(placed).status == "paid"
    with Counted() as at_once:
        paid = replace(wanted, key=uuid.uuid4(), instrument="card_ok").sent()
    assert (paid.status, paid.number[5:]) == ("paid", "00002")
    # What is asked for, the order, the bank, and its answer; the pending payment is one, its
    # capture one after the payment and the bank are asked.
    assert [_counted(at_the_page), _counted(settling), _counted(at_once)] == [4, 3, 4]


def _counted(block: Counted) -> int:
    """The savepoint of a transaction is the test's; at top level it is BEGIN and COMMIT."""
    return len([sql for sql in block.statements if "SAVEPOINT" not in sql])


def test_an_order_key_cannot_be_guessed() -> None:
    corkscrew = cast.variant_of(cast.product(cast.maison_zinc()))
    keys = {basket((corkscrew, 1), actor=ANYONE, key=uuid.uuid4()).sent().order_key for _ in "abc"}
    assert len(keys) == 3
    assert all(len(key) == 32 for key in keys)
