"""What people say of the shelf: with a reason, never below what is held, never over a sale."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from comptoir.catalog.models import StockChange, StockItem, Variant
from comptoir.catalog.services.stock_changes import change_shelf, count_shelf
from comptoir.common.errors import Conflict, NotVisible, Refused
from tests import cast
from tests.sales.buying import at_bank, basket, work
from tests.sales.test_races import all_at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def bowl() -> Variant:
    return cast.variant_of(cast.product(cast.maison_zinc(), "Bol", stock=10))


def counted(variant: Variant, many: int, seen: int | None, **more: object) -> StockChange:
    said: dict[str, object] = {"key": uuid4(), "by_id": cast.zoe().user.pk, **more}
    return count_shelf(
        shop=cast.maison_zinc(),
        variant_id=variant.pk,
        counted=many,
        seen=seen,
        **said,  # type: ignore[arg-type]
    )


def changed(variant: Variant, delta: int, reason: str = "damaged", **more: object) -> StockChange:
    said: dict[str, object] = {"key": uuid4(), "by_id": cast.zoe().user.pk, **more}
    return change_shelf(
        shop=cast.maison_zinc(),
        variant_id=variant.pk,
        delta=delta,
        reason=reason,
        **said,  # type: ignore[arg-type]
    )


def test_a_count_is_the_shelf_with_what_is_held(bowl: Variant) -> None:
    basket((bowl, 3)).sent()
    assert cast.stock_of(bowl) == (7, 3)
    change = counted(bowl, 8, seen=10)
    assert cast.stock_of(bowl) == (5, 3)
    assert (change.before, change.after, change.held, change.reason) == (10, 8, 3, "counted")
    assert change.by == cast.zoe().user


def test_the_first_count_begins_the_counting() -> None:
    loose = cast.variant_of(cast.product(cast.maison_zinc(), "Sable", stock=None))
    change = counted(loose, 4, seen=None)
    assert (change.before, change.after) == (None, 4)
    assert StockItem.objects.get(pk=loose.pk).tracked


def test_a_count_of_a_shelf_that_moved_is_told_and_nothing_is_changed(bowl: Variant) -> None:
    at_bank(basket((bowl, 2)).sent(), "approve")
    work()
    with pytest.raises(Conflict, match="stock_moved") as told:
        counted(bowl, 10, seen=10)
    assert told.value.details["shelf"] == 8
    assert cast.stock_of(bowl) == (8, 0)
    assert not StockChange.objects.exists()


def test_nothing_that_is_held_can_be_taken(bowl: Variant) -> None:
    basket((bowl, 4)).sent()
    with pytest.raises(Refused, match="below_held"):
        counted(bowl, 3, seen=10)
    with pytest.raises(Refused, match="below_held"):
        changed(bowl, -7)
    changed(bowl, -6)
    assert cast.stock_of(bowl) == (0, 4)


@pytest.mark.parametrize(
    ("delta", "reason", "words", "code"),
    [
        (0, "damaged", "", "bad_change"),
        (1, "counted", "", "bad_reason"),
        (1, "because", "", "bad_reason"),
        (1, "other", "  ", "words_missing"),
        (2_000_000, "received", "", "bad_stock"),
        (-11, "lost", "", "below_none"),
    ],
)
def test_what_cannot_be_said(bowl: Variant, delta: int, reason: str, words: str, code: str) -> None:
    with pytest.raises(Refused, match=code):
        changed(bowl, delta, reason, words=words)
    assert cast.stock_of(bowl) == (10, 0)


def test_what_is_not_counted_cannot_be_changed() -> None:
    loose = cast.variant_of(cast.product(cast.maison_zinc(), "Sable", stock=None))
    with pytest.raises(Refused, match="not_counted"):
        changed(loose, 1, "received")


def test_the_same_form_sent_twice_is_one_change(bowl: Variant) -> None:
    key = uuid4()
    first = changed(bowl, -2, key=key)
    assert changed(bowl, -2, key=key) == first
    assert cast.stock_of(bowl) == (8, 0)


def test_another_shop_s_shelf_is_not_touched(bowl: Variant) -> None:
    with pytest.raises(NotVisible):
        change_shelf(
            shop=cast.atelier_brume(),
            variant_id=bowl.pk,
            delta=1,
            reason="received",
            key=uuid4(),
            by_id=None,
        )


def test_changes_are_only_added(bowl: Variant) -> None:
    change = changed(bowl, -1)
    for statement in (
        "UPDATE catalog_stockchange SET after = 99",
        "UPDATE catalog_stockchange SET words = 'x', by_id = NULL",
        "DELETE FROM catalog_stockchange",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    StockChange.objects.filter(pk=change.pk).update(by=None)  # as when someone leaves
    change.refresh_from_db()
    assert (change.by, change.after) == (None, 9)


@pytest.mark.django_db(transaction=True)
def test_sales_and_changes_at_the_same_moment_add_up() -> None:
    at = cast.maison_zinc()
    bowl = cast.variant_of(cast.product(at, "Bol", stock=20))
    buyers = [basket((bowl, 1), email=f"b{n}@example.org") for n in range(6)]
    deeds: list[Callable[[], object]] = [buyer.sent for buyer in buyers]
    deeds += [lambda: changed(bowl, -1)] * 6
    all_at_once(deeds)
    assert cast.stock_of(bowl) == (20 - 6 - 6, 6)
    assert StockChange.objects.count() == 6
    afters = list(StockChange.objects.order_by("id").values_list("after", flat=True))
    assert afters == [19, 18, 17, 16, 15, 14]
