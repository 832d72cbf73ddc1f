"""What placing an order refuses: nothing is written then, and nobody is asked to pay."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.db.models import F

from comptoir.catalog.models import Product, StockItem, Variant
from comptoir.common.errors import Conflict
from comptoir.people.actor import Actor
from comptoir.people.services import block
from comptoir.sales.models import OrderLine
from comptoir.sales.services import Address
from comptoir.shops.models import Shop
from tests import cast
from tests.sales.buying import (
    basket,
    order_of,
    refused,
)

pytestmark = pytest.mark.django_db


def test_lines_of_one_item_are_summed_before_they_are_checked() -> None:
    """Survival 3."""
    corkscrew = cast.variant_of(cast.product(cast.maison_zinc(), stock=3))
    wanted = replace(basket((corkscrew, 1)), lines=[(corkscrew.pk, 2), (corkscrew.pk, 2)])
    refusal = refused(wanted, "sold_out")
    assert isinstance(refusal, Conflict)
    assert refusal.details == {"variant_id": corkscrew.pk, "left": 3}
    assert cast.stock_of(corkscrew) == (3, 0)
    placed = basket((corkscrew, 2), (corkscrew, 1)).sent()
    assert cast.stock_of(corkscrew) == (0, 3)
    assert OrderLine.objects.filter(order=placed.order_id).count() == 2


@pytest.mark.parametrize("change", [100, -100])
def test_a_changed_price_is_refused_with_the_difference(change: int) -> None:
    """Survival 17, before the order: what is cheaper by now is asked about too."""
    corkscrew = cast.variant_of(cast.product(cast.maison_zinc()))
    wanted = basket((corkscrew, 2))
    Variant.objects.filter(pk=corkscrew.pk).update(price_minor=F("price_minor") + change)
    refusal = refused(wanted, "total_changed")
    assert refusal.details == {
        "expected_minor": 3170,
        "total_minor": 3170 + 2 * change,
        "difference_minor": 2 * change,
    }
    assert cast.stock_of(corkscrew) == (10, 0)


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


def test_an_address_to_write_to_is_needed() -> None:
    corkscrew = cast.variant_of(cast.product(cast.maison_zinc()))
    refused(basket((corkscrew, 1), email="ines at example"), "bad_email")


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


@pytest.mark.parametrize(
    ("gone", "left"),
    [({"available": 1}, 1), ({"available": 0}, 0), ({"tracked": False, "in_stock": False}, 0)],
)
def test_what_goes_between_the_reading_and_the_writing_is_refused_in_words(
    gone: dict[str, Any], left: int
) -> None:
    """The statement that writes looks at the shelf itself, for all of the order or nothing."""
    at = cast.maison_zinc()
    kept, sold = (cast.variant_of(cast.product(at, title, stock=5)) for title in ("Bol", "Vase"))
    wanted = basket((kept, 1), (sold, 2))

    def meanwhile(
        execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        if "INSERT INTO sales_orderline" in sql:
            StockItem.objects.filter(variant=sold).update(**gone)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(meanwhile):
        refusal = refused(wanted, "sold_out")
    assert isinstance(refusal, Conflict)
    assert refusal.details == {"variant_id": sold.pk, "left": left}
    assert "Vase" in str(refusal.message)
    assert (cast.stock_of(kept), cast.stock_of(sold)[1]) == ((5, 0), 0)
    assert not OrderLine.objects.exists()
