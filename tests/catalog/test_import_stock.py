"""What a feed says of stock, beside what was sold and is held meanwhile."""

import pytest

from comptoir.catalog.models import StockItem
from comptoir.shops.models import Shop
from tests import cast
from tests.catalog.importing import bring, line, table, variant

pytestmark = pytest.mark.django_db


def item_of(shop: Shop) -> StockItem:
    return StockItem.objects.get(variant=variant(shop, "a"))


def hold(shop: Shop, quantity: int) -> None:
    item = item_of(shop)
    StockItem.objects.filter(pk=item.pk).update(
        available=item.available - quantity, held=item.held + quantity
    )


@pytest.mark.parametrize(
    ("quantity", "availability", "tracked", "in_stock", "available"),
    [
        ("7", "in stock", True, True, 7),
        ("0", "in stock", True, True, 0),
        ("7", "out of stock", True, True, 0),
        ("7", "", True, True, 7),
        ("0", "", True, True, 0),
        ("", "in stock", False, True, 0),
        ("", "out of stock", False, False, 0),
        ("", "preorder", False, False, 0),
    ],
)
def test_counted_or_only_said(
    quantity: str, availability: str, tracked: bool, in_stock: bool, available: int
) -> None:
    shop = cast.maison_zinc()
    bring(shop, table(line("a", quantity=quantity, availability=availability)))
    item = item_of(shop)
    assert (item.tracked, item.in_stock, item.available) == (tracked, in_stock, available)


def test_a_new_count_leaves_what_is_held() -> None:
    shop = cast.maison_zinc()
    bring(shop, table(line("a", quantity=10)))
    hold(shop, 4)
    bring(shop, table(line("a", quantity=9)))
    assert cast.stock_of(variant(shop, "a")) == (5, 4)


def test_a_count_below_what_is_held_leaves_nothing_to_sell() -> None:
    shop = cast.maison_zinc()
    bring(shop, table(line("a", quantity=10)))
    hold(shop, 4)
    bring(shop, table(line("a", quantity=3)))
    assert cast.stock_of(variant(shop, "a")) == (0, 4)


def test_an_old_count_gives_nothing_back() -> None:
    shop = cast.maison_zinc()
    bring(shop, table(line("a", quantity=10)))
    StockItem.objects.update(available=6)  # four were sold here
    bring(shop, table(line("a", quantity=10, title="Bol bleu")))
    assert variant(shop, "a").product.title == "Bol bleu"
    assert cast.stock_of(variant(shop, "a")) == (6, 0)


def test_counting_may_stop_while_pieces_are_held() -> None:
    shop = cast.maison_zinc()
    bring(shop, table(line("a", quantity=10)))
    hold(shop, 4)
    bring(shop, table(line("a")))
    item = item_of(shop)
    assert (item.tracked, item.in_stock, item.available, item.held) == (False, True, 0, 4)
