"""Migrations that fill rows of a place that was there before: back to where it was, and forth."""

from collections.abc import Iterable
from uuid import uuid4

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from comptoir.catalog.cards import cards_of
from comptoir.catalog.models import Announcement
from comptoir.people.actor import ANYONE
from comptoir.sales.baskets import basket_page
from comptoir.sales.models import Offer, OrderLine
from comptoir.sales.services.accounts import add_transfer_account
from comptoir.sales.services.cancel_order import cancel_by_shop
from comptoir.sales.services.offers import stop_offer
from comptoir.sales.services.refund_order import RefundPart, refund_order
from comptoir.shops.models import Shop
from tests import cast
from tests.catalog.test_price_changes import bowl
from tests.sales.after import bought, line_of
from tests.sales.buying import basket
from tests.sales.filling import held_by, mine, put
from tests.sales.machine.books import faults
from tests.sales.offering import offer
from tests.sales.statements import IBAN

# Both together: back to a place whose offers were written before either.
BEFORE = ("sales", "0025_given_up_for_nothing")
ANNOUNCED = ["offer", "share_bp", "for_everyone", "minimum_minor", "product_ids", "limited"]


@pytest.fixture
def newest() -> Iterable[tuple[str, str]]:
    """Of every app: what depends on a migration of ``BEFORE`` goes back with it."""
    return list(MigrationExecutor(connection).loader.graph.leaf_nodes())


def migrate(to: Iterable[tuple[str, str]]) -> None:
    with connection.cursor() as cursor:
        # What waits for the commit, here of all migrations together, stands in the way of an ALTER.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    MigrationExecutor(connection).migrate(list(to))


def as_before(newest: Iterable[tuple[str, str]]) -> None:
    """The place as the code of then left it, brought up to now: nobody had said which of the
    announced percentages were limited, nor which shops announce one."""
    migrate([BEFORE])
    Announcement.objects.update(limited=False)
    Shop.objects.update(announces=False)
    migrate(newest)


def limited() -> dict[int, list[bool]]:
    """Of each offer, what its announcements say of limits, the oldest first."""
    said: dict[int, list[bool]] = {}
    for row in Announcement.objects.order_by("at", "id"):
        said.setdefault(row.offer, []).append(row.limited)
    return said


@pytest.mark.django_db
def test_percentages_that_are_limited_are_announced_again_as_such(
    newest: list[tuple[str, str]],
) -> None:
    zinc = cast.maison_zinc()
    free = offer(zinc, name="For all")
    few = offer(zinc, name="The first ten", limit_total=10, minimum_minor=2000)
    once = offer(zinc, name="Once each", limit_per_customer=1)
    over = offer(zinc, name="Over", limit_total=1)
    stop_offer(offer=Offer.objects.get(pk=over.pk))
    offer(zinc, name="By code", code="DIX", limit_total=1)
    as_before(newest)
    assert limited() == {
        free.pk: [False],
        few.pk: [False, True],
        once.pk: [False, True],
        over.pk: [False, False],  # what is announced no more is not announced again
    }
    first, again = Announcement.objects.filter(offer=few.pk).order_by("at", "id").values(*ANNOUNCED)
    assert again == {**first, "limited": True}
    assert first["minimum_minor"] == 2000


@pytest.mark.django_db
def test_shops_with_a_percentage_for_all_say_so_and_others_do_not(
    newest: list[tuple[str, str]],
) -> None:
    sold = bowl(2000)
    brume, coded = cast.atelier_brume(), cast.shop(cast.malo(), "Le Port", "le_port")
    offer(sold.shop, value=2000)
    stop_offer(offer=offer(brume, name="Over"))
    offer(coded, name="By code", code="DIX")
    offer(coded, name="For those who follow", audience="followers")
    as_before(newest)
    assert [shop.pk for shop in Shop.objects.filter(announces=True)] == [sold.shop_id]
    assert cards_of(ANYONE, [sold.pk])[sold.pk].price_minor == 1600


@pytest.mark.django_db
def test_lines_tell_what_holds_told(newest: list[tuple[str, str]]) -> None:
    """There and back: held, taken, in part put back and let go; and what is not counted."""
    zinc = cast.maison_zinc()
    cup = cast.variant_of(cast.product(zinc, "Tasse", price_minor=1000, stock=20))
    soap = cast.variant_of(cast.product(zinc, "Savon", stock=None))
    waiting = basket((cup, 1), (soap, 1)).sent()
    kept, in_part, called_off = (bought((cup, n)) for n in (2, 3, 4))
    part = RefundPart(line_of(in_part, cup).pk, 1, restock=True)
    refund_order(order=in_part, refund_key=uuid4(), parts=[part])
    cancel_by_shop(order=called_off)
    counted = dict(OrderLine.objects.values_list("pk", "counted"))
    assert sorted(counted.values()) == [False, True, True, True, True]
    migrate([("sales", "0027_shops_that_announce")])
    with connection.cursor() as cursor:
        cursor.execute("SELECT order_id, item_id, quantity, status FROM sales_hold ORDER BY 1")
        assert cursor.fetchall() == [
            (waiting.order_id, cup.pk, 1, "active"),
            (kept.pk, cup.pk, 2, "taken"),
            (in_part.pk, cup.pk, 2, "taken"),
            (called_off.pk, cup.pk, 1, "released"),
        ]
    migrate(newest)
    assert dict(OrderLine.objects.values_list("pk", "counted")) == counted
    assert cast.stock_of(cup) == (15, 1)
    assert faults() == []


@pytest.mark.django_db
def test_what_waits_for_a_transfer_leaves_the_basket(newest: list[tuple[str, str]]) -> None:
    """Of the pieces in there, as many as are ordered; what waits at a bank's page stays."""
    zinc = cast.maison_zinc()
    cup, soap, pan = (cast.product(zinc, title, stock=20) for title in ("Tasse", "Savon", "Poêle"))
    for made, quantity in ((cup, 3), (soap, 1), (pan, 1)):
        put(made, quantity)
    page = basket_page(mine())
    basket((cast.variant_of(pan), 1), basket_id=page.id).sent()
    add_transfer_account(shop=zinc, iban=IBAN, holder="La Maison Zinc SARL")
    wanted = [(cast.variant_of(cup), 2), (cast.variant_of(soap), 1)]
    basket(*wanted, basket_id=page.id, provider="transfer").sent()
    assert held_by(mine()) == {"Tasse": 1, "Poêle": 1}
    put(cup, 2)
    put(soap, 1)  # as the code of then left it
    migrate([("sales", "0032_what_counted_says")])
    migrate(newest)
    assert held_by(mine()) == {"Tasse": 1, "Poêle": 1}
