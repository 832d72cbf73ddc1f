"""The hot statements of a purchase are planned once a connection."""

from collections.abc import Callable

import pytest
from django.db import connection

from comptoir.catalog.picks import picks_of
from comptoir.sales.baskets import basket_page
from comptoir.sales.services.basket import Holder
from comptoir.sales.services.items import items_of
from tests import cast
from tests.sales.buying import basket

pytestmark = pytest.mark.django_db
ENOUGH = 16  # the driver prepares from the third on, PostgreSQL compares plans for five more


def guest_s_basket(number: int) -> object:
    return basket_page(Holder(guest_key=f"a guest {number}"))


def member_s_basket(number: int) -> object:
    return basket_page(Holder(profile_id=number))


@pytest.mark.parametrize(
    ("read", "table"),
    [
        (lambda key: items_of([key]), "FROM catalog_stockitem"),
        (lambda key: picks_of([key]), "FROM catalog_product p"),
        (guest_s_basket, "FROM sales_basket b"),
        (member_s_basket, "FROM sales_basket b"),
    ],
)
def test_other_keys_do_not_have_it_planned_again(read: Callable[[int], object], table: str) -> None:
    for key in range(1, ENOUGH):
        read(key)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT generic_plans, custom_plans FROM pg_prepared_statements"
            " WHERE position(%s in statement) > 0 ORDER BY prepare_time DESC LIMIT 1",
            [table],
        )
        kept, anew = cursor.fetchone()
    assert kept > 0
    assert anew <= 5


PURCHASE = ("%FROM shops_shop s WHERE s.profile_id%", "%WITH seen AS%", "%WITH wanted AS%",
            "%INSERT INTO sales_bankcharge%")  # fmt: skip


def test_what_a_purchase_costs_makes_no_other_statement_of_it() -> None:
    """The driver sends small and large numbers as other types, and each mixture is planned anew."""
    shop = cast.maison_zinc()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (begun,) = cursor.fetchone()
    for price in (900, 90_000, 3_000_000_000):
        made = cast.variant_of(cast.product(shop, price_minor=price))
        for _order in range(4):
            assert basket((made, 1), instrument="card_ok").sent().status == "paid"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), count(DISTINCT statement) FROM pg_prepared_statements"
            " WHERE statement LIKE ANY(%s) AND prepare_time > %s AND NOT (statement LIKE %s)",
            [list(PURCHASE), begun, "%pg_prepared_statements%"],
        )
        assert cursor.fetchone() == (len(PURCHASE), len(PURCHASE))
