"""Placing an order: what it writes, what it refuses, what it costs in statements."""

import uuid
from dataclasses import replace
from typing import Any

import pytest
from django.db.models import F

from comptoir.catalog.models import Product, StockItem, Variant
from comptoir.common.errors import Conflict, Refused
from comptoir.people.actor import ANYONE, Actor
from comptoir.people.services import block
from comptoir.sales.models import BankCharge, Order, OrderLine, Payment
from comptoir.sales.services import Address
from comptoir.sales.services.come_back import come_back
from comptoir.shops.models import Shop
from tests import cast
from tests.sales.buying import (
    Counted,
    at_bank,
    basket,
    charge_of,
    holds_of,
    order_of,
    payment_of,
)

pytestmark = pytest.mark.django_db


def refused(asked: object, code: str) -> Refused:
    with pytest.raises(Refused) as caught:
        asked.sent()  # type: ignore[attr-defined]
    assert caught.value.code == code
    assert not Order.objects.exists()
    assert not BankCharge.objects.exists()
    return caught.value


def test_a_guest_orders_pays_and_gets_a_number() -> None:
    corkscrew = cast.variant_of(cast.product(cast.maison_zinc(), stock=3))
    placed = basket((corkscrew, 2)).sent()
    assert (placed.status, placed.number) == ("pending", "")
    assert cast.stock_of(corkscrew) == (1, 2)
    assert holds_of(placed) == {corkscrew.pk: "active"}
    charge = charge_of(placed)
    assert placed.redirect_url == f"/bank/{charge.reference}"
    assert (charge.amount_minor, charge.currency) == (2 * 1290 + 590, "EUR")
    assert at_bank(placed, "approve") == f"http://shop.test/orders/{placed.order_key}/return"
    come_back(order=order_of(placed))
    order = order_of(placed)
    assert order.status == "paid"
    assert order.number == f"{order.paid_at:%Y}-00001"
    assert order.buyer is None
    assert cast.stock_of(corkscrew) == (1, 0)
    assert holds_of(placed) == {corkscrew.pk: "taken"}
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


def test_lines_of_one_item_are_summed_before_they_are_checked() -> None:
    """Survival 3."""
    corkscrew = cast.variant_of(cast.product(cast.maison_zinc(), stock=3))
    wanted = replace(basket((corkscrew, 1)), lines=[(corkscrew.pk, 2), (corkscrew.pk, 2)])
    refusal = refused(wanted, "sold_out")
    assert isinstance(refusal, Conflict)
    assert refusal.details == {"variant_id": corkscrew.pk, "left": 3}
    assert cast.stock_of(corkscrew) == (3, 0)
    placed = basket((corkscrew, 2), (corkscrew, 1)).sent()
    assert holds_of(placed) == {corkscrew.pk: "active"}
    assert cast.stock_of(corkscrew) == (0, 3)
    assert OrderLine.objects.filter(order=placed.order_id).count() == 2


def test_a_changed_price_is_refused_with_the_difference() -> None:
    """Survival 17, before the order."""
    corkscrew = cast.variant_of(cast.product(cast.maison_zinc()))
    wanted = basket((corkscrew, 2))
    Variant.objects.filter(pk=corkscrew.pk).update(price_minor=F("price_minor") + 100)
    refusal = refused(wanted, "total_changed")
    assert refusal.details == {
        "expected_minor": 3170,
        "total_minor": 3370,
        "difference_minor": 200,
    }
    assert cast.stock_of(corkscrew) == (10, 0)


def test_a_price_changed_while_paying_changes_nothing() -> None:
    """Survival 17, after the order: charged what was confirmed."""
    corkscrew = cast.variant_of(cast.product(cast.maison_zinc()))
    placed = basket((corkscrew, 2)).sent()
    Variant.objects.filter(pk=corkscrew.pk).update(price_minor=99_00)
    at_bank(placed, "approve")
    come_back(order=order_of(placed))
    assert (order_of(placed).status, charge_of(placed).amount_minor) == ("paid", 3170)


@pytest.mark.parametrize(
    "quantity", [0, -1, 1000, 10**30, 1.5, float("nan"), float("inf"), True, "2", None]
)
def test_quantities_are_whole_numbers_from_1_to_999(quantity: Any) -> None:
    """Survival 18."""
    corkscrew = cast.variant_of(cast.product(cast.maison_zinc(), stock=2000))
    refused(replace(basket((corkscrew, 1)), lines=[(corkscrew.pk, quantity)]), "bad_quantity")


def test_999_pieces_in_two_lines_are_too_many_with_one_more() -> None:
    corkscrew = cast.variant_of(cast.product(cast.maison_zinc(), stock=2000))
    lines = [(corkscrew.pk, 999), (corkscrew.pk, 1)]
    refused(replace(basket((corkscrew, 1)), lines=lines), "bad_quantity")


def test_an_order_has_lines() -> None:
    corkscrew = cast.variant_of(cast.product(cast.maison_zinc()))
    refused(replace(basket((corkscrew, 1)), lines=[]), "no_lines")
    refused(replace(basket((corkscrew, 1)), lines=[(corkscrew.pk, 1)] * 101), "too_many_lines")


def test_an_order_is_for_one_shop() -> None:
    corkscrew = cast.variant_of(cast.product(cast.maison_zinc()))
    bowl = cast.variant_of(cast.product(cast.atelier_brume(), "Bol"))
    lines = [(corkscrew.pk, 1), (bowl.pk, 1)]
    refused(replace(basket((corkscrew, 1)), lines=lines), "several_shops")


@pytest.mark.parametrize("status", ["pending", "closed"])
def test_a_shop_that_is_not_open_sells_nothing(status: str) -> None:
    corkscrew = cast.variant_of(cast.product(cast.maison_zinc()))
    wanted = basket((corkscrew, 1))
    Shop.objects.update(status=status)
    refused(wanted, "shop_closed")


def test_what_is_withdrawn_or_unknown_is_not_sold() -> None:
    made = cast.product(cast.maison_zinc())
    corkscrew = cast.variant_of(made)
    wanted = basket((corkscrew, 1))
    refused(replace(wanted, lines=[(corkscrew.pk + 999, 1)]), "no_such_product")
    Variant.objects.filter(pk=corkscrew.pk).update(status="withdrawn")
    refused(wanted, "no_such_product")
    Variant.objects.filter(pk=corkscrew.pk).update(status="active")
    type(made).objects.filter(pk=made.pk).update(status="withdrawn")
    refused(wanted, "no_such_product")


def test_a_delivery_method_is_the_shop_s_own_and_offered() -> None:
    corkscrew = cast.variant_of(cast.product(cast.maison_zinc()))
    wanted = basket((corkscrew, 1))
    elsewhere = cast.by_post(cast.atelier_brume())
    refused(replace(wanted, method_id=elsewhere.pk), "bad_delivery")
    own = cast.by_post(cast.maison_zinc())
    type(own).objects.filter(pk=own.pk).update(is_active=False)
    refused(wanted, "bad_delivery")


@pytest.mark.parametrize(
    ("address", "code", "fields"),
    [
        (Address("", "", "", "", ""), "address_incomplete", 4),
        (Address("Inès", "3 rue des Lices", "", "29200", " "), "address_incomplete", 1),
        (Address("Inès", "3 rue des Lices", "", "2920", "Brest"), "bad_postcode", 1),
        (Address("Inès", "3 rue", "", "29200", "Brest", "XX"), "bad_country", 1),
        (Address("Inès", "3" * 201, "", "29200", "Brest"), "address_too_long", 1),
    ],
)
def test_a_parcel_needs_a_complete_address(address: Address, code: str, fields: int) -> None:
    corkscrew = cast.variant_of(cast.product(cast.maison_zinc()))
    refusal = refused(basket((corkscrew, 1), address=address), code)
    named = refusal.details["fields"]
    assert isinstance(named, list)
    assert len(named) == fields


def test_an_order_fetched_at_the_shop_needs_a_name_alone() -> None:
    at = cast.maison_zinc()
    corkscrew = cast.variant_of(cast.product(at))
    placed = basket((corkscrew, 1), method=cast.pick_up(at), address=Address("Inès")).sent()
    assert order_of(placed).total_minor == 1290


def test_an_address_to_write_to_is_needed() -> None:
    corkscrew = cast.variant_of(cast.product(cast.maison_zinc()))
    refused(basket((corkscrew, 1), email="ines at example"), "bad_email")


def test_what_is_not_counted_is_sold_while_it_is_in_stock() -> None:
    soap = cast.variant_of(cast.product(cast.maison_zinc(), "Savon", stock=None))
    placed = basket((soap, 500)).sent()
    assert holds_of(placed) == {}
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
    # Items, terms, the order, the bank, and its answer; the pending payment is one, its capture one
    # after the payment and the bank are asked.
    assert [_counted(at_the_page), _counted(settling), _counted(at_once)] == [5, 3, 5]


def _counted(block: Counted) -> int:
    """The savepoint of a transaction is the test's; at top level it is BEGIN and COMMIT."""
    return len([sql for sql in block.statements if "SAVEPOINT" not in sql])


def test_an_order_key_cannot_be_guessed() -> None:
    corkscrew = cast.variant_of(cast.product(cast.maison_zinc()))
    keys = {basket((corkscrew, 1), actor=ANYONE, key=uuid.uuid4()).sent().order_key for _ in "abc"}
    assert len(keys) == 3
    assert all(len(key) == 32 for key in keys)


@pytest.mark.parametrize("blocker", ["person", "shop"])
def test_where_one_blocks_the_other_nothing_is_sold(blocker: str) -> None:
    malo, zinc = cast.malo(), cast.maison_zinc()
    asked = basket((cast.variant_of(cast.product(zinc, stock=3)), 1), actor=malo.actor)
    shop, person = Actor(malo.actor.user_id, zinc.pk), malo.profile.pk
    pairs = {"person": (malo.actor, zinc.pk), "shop": (shop, person)}
    block(actor=pairs[blocker][0], profile_id=pairs[blocker][1])
    refused(asked, "no_such_product")


def test_what_is_given_at_once_needs_the_buyer_s_consent() -> None:
    made = cast.product(cast.maison_zinc(), "Patron à imprimer")
    Product.objects.filter(pk=made.pk).update(withdrawal="digital")
    wanted = basket((cast.variant_of(made), 1))
    asked = refused(replace(wanted, consented=False), "consent_needed")
    assert asked.details == {"fields": ["consent"]}
    order = order_of(wanted.sent())
    assert order.consented_at == order.placed_at
    bowl = cast.variant_of(cast.product(cast.maison_zinc(), "Bol"))
    assert order_of(basket((bowl, 1)).sent()).consented_at is None
