"""Baskets: what is put in, bounded by what there is, and shown as it could be bought now."""

from dataclasses import replace
from functools import partial

import pytest
from django.db import transaction
from django.db.utils import IntegrityError
from django.utils import translation

from comptoir.catalog.models import Product, StockItem, Variant
from comptoir.catalog.services.products import set_price, withdraw_product
from comptoir.common.errors import NotVisible, Refused
from comptoir.people.models import Block
from comptoir.sales.baskets import BasketPage, State, basket_page, pieces_by_shop
from comptoir.sales.models import Basket, BasketLine
from comptoir.sales.services import place_order
from comptoir.sales.services.basket import (
    Holder,
    accept_prices,
    move_back,
    save_for_later,
    set_quantity,
)
from comptoir.sales.services.put_in import add_to_basket
from comptoir.shops.services.admit import close_shop
from tests import cast
from tests.common.two_connections import at_once
from tests.sales.buying import Counted, at_bank, basket, return_url_for, work
from tests.sales.filling import GUEST, held_by, mine, put

pytestmark = pytest.mark.django_db


@pytest.fixture
def bowl(db: None) -> Product:
    return cast.product(cast.maison_zinc(), "Bol", price_minor=2400, stock=5)


@pytest.fixture
def vase(db: None) -> Product:
    return cast.product(cast.atelier_brume(), "Vase", price_minor=4200, stock=1)


def only_line(page: BasketPage) -> State:
    ((line,),) = [shop.lines for shop in page.shops]
    return line.state


def test_a_guest_is_given_a_key_that_nobody_guesses(bowl: Product) -> None:
    first, second = put(bowl, holder=GUEST), put(bowl, holder=GUEST)
    assert len(first.guest_key) == 32
    assert first.guest_key != second.guest_key
    assert put(bowl, 2, holder=first) == first
    assert held_by(first) == {"Bol": 3}
    # A key that we did not give out makes no basket of that key.
    assert put(bowl, holder=Holder(guest_key="chosen-by-the-client")).guest_key != "chosen-by"


def test_it_is_one_query_whatever_it_holds(bowl: Product, vase: Product) -> None:
    put(bowl, 2)
    put(vase)
    put(cast.product(cast.maison_zinc(), "Passoire", price_minor=1500))
    holder = mine()
    with Counted() as counted:
        page = basket_page(holder)
    assert len(counted.statements) == 1
    # The shop touched last comes first.
    assert [(shop.name, shop.total_minor, shop.pieces) for shop in page.shops] == [
        ("La Maison Zinc", 6300, 3),
        ("L'Atelier Brume", 4200, 1),
    ]
    assert pieces_by_shop(mine()) == {s.shop_id: s.pieces for s in page.shops}


@pytest.mark.parametrize("quantity", [0, -1, 1000, 1.5, True, "2"])
def test_a_quantity_that_is_none_is_refused(bowl: Product, quantity: int) -> None:
    with pytest.raises(Refused, match="bad_quantity"):
        put(bowl, quantity)
    assert not BasketLine.objects.exists()


def test_quantities_are_bounded_by_the_stock_with_a_word(bowl: Product) -> None:
    variant = cast.variant_of(bowl).pk
    put(bowl, 3)
    added = add_to_basket(holder=mine(), variant_id=variant, quantity=4)
    assert added.quantity == 5
    assert "5" in added.shortened
    assert "Bol" in added.shortened
    changed = set_quantity(holder=mine(), variant_id=variant, quantity=9)
    assert (changed.quantity, bool(changed.shortened)) == (5, True)
    assert set_quantity(holder=mine(), variant_id=variant, quantity=2).shortened == ""
    assert held_by(mine()) == {"Bol": 2}
    assert set_quantity(holder=mine(), variant_id=variant, quantity=0).quantity == 0
    assert held_by(mine()) == {}


def test_what_is_not_counted_goes_up_to_999(bowl: Product) -> None:
    endless = cast.product(cast.maison_zinc(), "Clou", price_minor=10, stock=None)
    put(endless, 999)
    with translation.override("en"):
        added = add_to_basket(holder=mine(), variant_id=cast.variant_of(endless).pk, quantity=5)
    assert added.shortened.startswith("At most 999")
    assert held_by(mine()) == {"Clou": 999}


def test_what_cannot_be_bought_cannot_be_put_in(bowl: Product, vase: Product) -> None:
    StockItem.objects.filter(variant__product=vase).update(available=0)
    with pytest.raises(Refused, match="sold_out"):
        put(vase)
    withdraw_product(product=bowl)
    with pytest.raises(Refused, match="no_such_product"):
        put(bowl)
    with pytest.raises(Refused, match="no_such_product"):
        add_to_basket(holder=mine(), variant_id=2**62)


def test_a_shop_that_blocks_someone_sells_them_nothing(bowl: Product) -> None:
    put(bowl)
    Block.objects.create(blocker=cast.maison_zinc().profile, blocked=cast.ines().profile)
    assert only_line(basket_page(mine())) is State.GONE
    with pytest.raises(Refused, match="no_such_product"):
        put(bowl)


def test_the_page_says_what_has_changed_since(bowl: Product, vase: Product) -> None:
    put(bowl, 3)
    variant = cast.variant_of(bowl)
    set_price(product=bowl, variant_id=variant.pk, price_minor=2600, sale_price_minor=None)
    ((line,),) = [shop.lines for shop in basket_page(mine()).shops]
    assert (line.seen_minor, line.unit_minor, line.price_changed) == (2400, 2600, True)
    accept_prices(holder=mine())
    assert not any(line.price_changed for line in basket_page(mine()).lines)
    StockItem.objects.filter(pk=variant.pk).update(available=2)
    page = basket_page(mine())
    assert (only_line(page), page.shops[0].wanted) == (State.SHORT, [(variant.pk, 2)])
    assert page.shops[0].total_minor == 5200
    StockItem.objects.filter(pk=variant.pk).update(available=0)
    page = basket_page(mine())
    assert (only_line(page), page.shops[0].wanted) == (State.SOLD_OUT, [])
    withdraw_product(product=bowl)
    assert only_line(basket_page(mine())) is State.GONE


def test_a_closed_shop_s_things_wait_and_say_so(bowl: Product) -> None:
    put(bowl)
    odile = cast.person("Odile", "odile", is_operator=True)
    close_shop(actor=odile.actor, handle="maison_zinc")
    page = basket_page(mine())
    assert (only_line(page), page.shops[0].pieces) == (State.CLOSED, 0)


def test_saved_for_later_it_stays_and_is_not_ordered(bowl: Product) -> None:
    put(bowl, 2)
    variant = cast.variant_of(bowl).pk
    save_for_later(holder=mine(), variant_id=variant)
    page = basket_page(mine())
    assert (page.shops, [line.title for line in page.later]) == ((), ["Bol"])
    assert pieces_by_shop(mine()) == {}
    move_back(holder=mine(), variant_id=variant)
    assert basket_page(mine()).shops[0].pieces == 2
    save_for_later(holder=mine(), variant_id=variant)
    put(bowl)
    assert held_by(mine()) == {"Bol": 1}


def test_nobody_reaches_another_s_line(bowl: Product) -> None:
    guest = put(bowl, holder=GUEST)
    variant = cast.variant_of(bowl).pk
    for stranger in (mine(), Holder(), Holder(guest_key="x" * 32)):
        for act in (save_for_later, move_back, partial(set_quantity, quantity=0)):
            with pytest.raises(NotVisible):
                act(holder=stranger, variant_id=variant)
    # A member's basket has no guest key, and an empty one opens nothing.
    put(bowl)
    assert basket_page(Holder(guest_key="")).id is None
    assert held_by(guest) == {"Bol": 1}


@pytest.mark.django_db(transaction=True)
def test_put_in_from_many_windows_at_once_every_piece_counts(bowl: Product) -> None:
    holder = mine()
    add = partial(add_to_basket, holder=holder, variant_id=cast.variant_of(bowl).pk)
    results = at_once([add] * 4)
    assert sorted(result.quantity for result in results) == [1, 2, 3, 4]
    assert (Basket.objects.count(), held_by(holder)) == (1, {"Bol": 4})


def test_the_database_holds_the_rules_too(bowl: Product) -> None:
    holder = put(bowl)
    line = BasketLine.objects.get(basket__owner=holder.profile_id)
    for column, value in (("quantity", 0), ("quantity", 1000), ("seen_unit_minor", -1)):
        with pytest.raises(IntegrityError), transaction.atomic():
            BasketLine.objects.filter(pk=line.pk).update(**{column: value})
    twin = BasketLine(basket=line.basket, variant=line.variant, quantity=1, seen_unit_minor=1)
    for wrong in (twin, Basket(), Basket(owner=cast.malo().profile, guest_key="k")):
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong.save()


def test_what_was_paid_is_out_of_the_basket_and_the_rest_stays(
    bowl: Product, vase: Product
) -> None:
    put(bowl, 3)
    holder = put(vase)
    asked = basket((cast.variant_of(bowl), 2))
    placed = place_order(
        actor=cast.ines().actor,
        checkout_key=asked.key,
        lines=asked.lines,
        delivery_method_id=asked.method_id,
        address=asked.address,
        email=asked.email,
        language="fr",
        expected_total_minor=asked.expected_minor,
        return_url_for=return_url_for,
        basket_id=basket_page(holder).id,
    )
    assert held_by(holder) == {"Bol": 3, "Vase": 1}
    at_bank(placed, "approve")
    work()
    assert held_by(holder) == {"Bol": 1, "Vase": 1}
    page = basket_page(holder)
    again = basket((cast.variant_of(bowl), 1), basket_id=page.id, instrument="card_ok")
    assert again.sent().status == "paid"
    assert held_by(holder) == {"Vase": 1}


def test_what_costs_nothing_is_out_of_the_basket_too() -> None:
    gift = cast.product(cast.maison_zinc(), "Carte", price_minor=0)
    holder = put(gift, 3)
    many, page = cast.variant_of(gift), basket_page(holder)
    for pieces, left in ((2, {"Carte": 1}), (1, {})):
        asked = basket((many, pieces), method=cast.pick_up(gift.shop), basket_id=page.id)
        assert asked.sent().status == "paid"
        assert held_by(holder) == left


@pytest.mark.parametrize("price_minor", [2400, 0])
def test_what_was_set_aside_stays_when_it_is_paid(price_minor: int) -> None:
    """At the bank, or at once where nothing is to be paid."""
    thing = cast.product(cast.maison_zinc(), "Bol", price_minor=price_minor)
    holder = put(thing)
    variant, page = cast.variant_of(thing), basket_page(holder)
    asked = basket((variant, 1), method=cast.pick_up(thing.shop), instrument="card_ok")
    save_for_later(holder=holder, variant_id=variant.pk)
    assert replace(asked, basket_id=page.id).sent().status == "paid"
    assert [line.title for line in basket_page(holder).later] == ["Bol"]


def test_a_variant_without_stock_row_is_not_shown(bowl: Product) -> None:
    bare = Variant.objects.create(product=bowl, price_minor=100, options={"Size": "S"})
    with pytest.raises(Refused, match="no_such_product"):
        add_to_basket(holder=mine(), variant_id=bare.pk)
