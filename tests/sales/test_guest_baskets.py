"""Guests' baskets: the member's at sign-in, forgotten in time; and what a member takes along."""

from datetime import timedelta
from functools import partial
from unittest.mock import patch

import pytest
from django.db import OperationalError, transaction
from psycopg.errors import DeadlockDetected

from comptoir.catalog.models import Product
from comptoir.common import clock
from comptoir.people.services import leave
from comptoir.sales.baskets import basket_page
from comptoir.sales.models import Basket
from comptoir.sales.privacy import export_of
from comptoir.sales.services import basket as basket_services
from comptoir.sales.services.basket import (
    forget_guest_baskets,
    merge_guest_basket,
    save_for_later,
)
from comptoir.sales.services.come_back import come_back
from comptoir.sales.services.expire import expire_orders
from comptoir.sales.services.items import items_of
from tests import cast
from tests.common.two_connections import at_once, behind
from tests.sales.buying import EXPIRED, at_bank, basket, order_of, work
from tests.sales.filling import GUEST, held_by, mine, put

pytestmark = pytest.mark.django_db


@pytest.fixture
def bowl(db: None) -> Product:
    return cast.product(cast.maison_zinc(), "Bol", price_minor=2400, stock=5)


@pytest.fixture
def vase(db: None) -> Product:
    return cast.product(cast.atelier_brume(), "Vase", price_minor=4200, stock=1)


def test_at_sign_in_the_baskets_become_one(bowl: Product, vase: Product) -> None:
    put(bowl, 2)
    guest = put(bowl, 2, holder=GUEST)
    put(vase, holder=guest)
    assert merge_guest_basket(actor=cast.ines().actor, guest_key=guest.guest_key) == 2
    assert held_by(mine()) == {"Bol": 4, "Vase": 1}
    assert held_by(guest) == {}
    assert merge_guest_basket(actor=cast.ines().actor, guest_key=guest.guest_key) == 0
    assert held_by(mine()) == {"Bol": 4, "Vase": 1}


def test_a_merged_quantity_is_what_the_shop_has(bowl: Product) -> None:
    put(bowl, 4)
    guest = put(bowl, 4, holder=GUEST)
    merge_guest_basket(actor=cast.ines().actor, guest_key=guest.guest_key)
    assert held_by(mine()) == {"Bol": 5}


def test_what_was_set_aside_by_one_and_wanted_by_the_other_is_wanted(bowl: Product) -> None:
    put(bowl, 2)
    save_for_later(holder=mine(), variant_id=cast.variant_of(bowl).pk)
    guest = put(bowl, 1, holder=GUEST)
    merge_guest_basket(actor=cast.ines().actor, guest_key=guest.guest_key)
    assert basket_page(mine()).shops[0].pieces == 1


@pytest.mark.django_db(transaction=True)
def test_merged_from_many_windows_at_once_it_is_merged_once(bowl: Product) -> None:
    ines = cast.ines().actor
    guest = put(bowl, 2, holder=GUEST)
    merge = partial(merge_guest_basket, actor=ines, guest_key=guest.guest_key)
    assert sorted(at_once([merge] * 6)) == [0, 0, 0, 0, 0, 1]
    assert held_by(mine()) == {"Bol": 2}


@pytest.mark.django_db(transaction=True)
def test_what_is_paid_while_its_buyer_signs_in_leaves_the_member_s_basket(bowl: Product) -> None:
    """The lines move while the capture waits for the order, and are in no snapshot of its."""
    guest = put(bowl, 2, holder=GUEST)
    kept = basket_page(guest)
    placed = basket((cast.variant_of(bowl), 2), basket_id=kept.id).sent()
    at_bank(placed, "time_out")
    with transaction.atomic():
        merge_guest_basket(actor=cast.ines().actor, guest_key=guest.guest_key)
        paid = behind(lambda: come_back(order=order_of(placed)))
    assert paid() is None
    assert order_of(placed).status == "paid"
    assert held_by(mine()) == held_by(guest) == {}


@pytest.mark.django_db(transaction=True)
def test_a_sign_in_that_deadlocks_takes_the_basket_along_all_the_same(bowl: Product) -> None:
    """Its lines may be emptied by another order's payment at that moment."""
    guest = put(bowl, 2, holder=GUEST)
    deadlock = OperationalError("deadlock")
    deadlock.__cause__ = DeadlockDetected()
    brought = [deadlock, items_of([cast.variant_of(bowl).pk])]
    with patch.object(basket_services, "items_of", side_effect=brought):
        assert merge_guest_basket(actor=cast.ines().actor, guest_key=guest.guest_key) == 1
    assert held_by(mine()) == {"Bol": 2}


def test_old_guests_are_forgotten_and_members_are_not(bowl: Product) -> None:
    guest, member = put(bowl, holder=GUEST), put(bowl)
    with clock.travelled(timedelta(days=89)):
        assert forget_guest_baskets() == 0
    with clock.travelled(timedelta(days=91)):
        back = put(bowl, holder=GUEST)
        assert forget_guest_baskets() == 1
    assert (held_by(guest), held_by(member), held_by(back)) == ({}, {"Bol": 1}, {"Bol": 1})


@pytest.mark.django_db(transaction=True)
def test_a_guest_who_comes_back_at_that_moment_keeps_the_basket() -> None:
    bowl = cast.product(cast.maison_zinc(), "Bol", price_minor=2400, stock=5)
    old, back = put(bowl, holder=GUEST), put(bowl, holder=GUEST)

    def night() -> int:
        with clock.travelled(timedelta(days=91)):
            return forget_guest_baskets()

    with transaction.atomic():
        Basket.objects.select_for_update().get(guest_key=back.guest_key)
        assert at_once([night]) == [1]
    assert (held_by(old), held_by(back)) == ({}, {"Bol": 1})


def test_a_member_takes_their_basket_along_and_leaves_none_behind(bowl: Product) -> None:
    put(bowl, 2)
    ines = cast.ines()
    (line,) = export_of(ines.profile.pk)["basket"]
    assert (line["title"], line["quantity"], line["seen_unit_minor"]) == ("Bol", 2, 2400)
    leave(actor=ines.actor)
    work()
    assert not Basket.objects.exists()


def test_what_is_paid_after_signing_in_leaves_the_member_s_basket(bowl: Product) -> None:
    """The guest went to the bank's page, and signed in in another window meanwhile."""
    guest = put(bowl, 2, holder=GUEST)
    kept = basket_page(guest).id
    placed = basket((cast.variant_of(bowl), 2), basket_id=kept).sent()
    merge_guest_basket(actor=cast.ines().actor, guest_key=guest.guest_key)
    assert held_by(mine()) == {"Bol": 2}
    at_bank(placed, "approve")
    work()
    assert held_by(mine()) == {}


@pytest.mark.parametrize("signed_in_first", [True, False])
def test_what_was_ordered_anew_is_not_paid_twice(bowl: Product, signed_in_first: bool) -> None:
    """The guest's order expired at the bank's page; they ordered it again and paid, and signed in
    before or after."""
    guest = put(bowl, 2, holder=GUEST)
    first = basket((cast.variant_of(bowl), 2), basket_id=basket_page(guest).id).sent()
    with clock.travelled(EXPIRED):
        expire_orders()
        if signed_in_first:
            merge_guest_basket(actor=cast.ines().actor, guest_key=guest.guest_key)
        holder = mine() if signed_in_first else guest
        again = basket((cast.variant_of(bowl), 2), basket_id=basket_page(holder).id).sent()
        at_bank(again, "approve")
        work()
        merge_guest_basket(actor=cast.ines().actor, guest_key=guest.guest_key)
        at_bank(first, "approve")
        work()
    assert (order_of(again).status, order_of(first).status) == ("paid", "cancelled")
    assert cast.stock_of(cast.variant_of(bowl)) == (3, 0)
