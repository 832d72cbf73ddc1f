"""What waits for what: counting and withdrawing beside other writers."""

import threading
from collections.abc import Callable
from functools import partial

import pytest
from django.db import OperationalError, connection, transaction
from psycopg.errors import DeadlockDetected

from comptoir.catalog.models import ImportRun, Product, StockItem, Variant
from comptoir.catalog.services import import_apply
from comptoir.catalog.services.products import count_stock
from comptoir.common import clock
from tests import cast
from tests.catalog.importing import bring, line, table
from tests.common.two_connections import behind


def elsewhere(deed: Callable[[], None]) -> list[Exception]:
    """Does it over another connection that never waits long for a lock; what went wrong."""
    wrong: list[Exception] = []

    def do() -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '3s'")
            deed()
        except Exception as error:  # noqa: BLE001 (shown by the assertion)
            wrong.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=do)
    thread.start()
    thread.join()
    return wrong


@pytest.mark.django_db(transaction=True)
def test_counting_does_not_wait_for_the_price() -> None:
    bowl = cast.product(cast.maison_zinc(), "Bol", stock=3)
    variant = cast.variant_of(bowl)

    def count() -> None:
        count_stock(product=bowl, variant_id=variant.pk, count=7, seen=3)

    with transaction.atomic():
        Variant.objects.filter(pk=variant.pk).update(price_minor=100)
        assert elsewhere(count) == []
    assert cast.stock_of(variant) == (7, 0)


@pytest.mark.django_db(transaction=True)
def test_a_count_sees_what_was_sold_while_it_waited() -> None:
    bowl = cast.product(cast.maison_zinc(), "Bol", stock=3)
    variant = cast.variant_of(bowl)
    with transaction.atomic():
        StockItem.objects.filter(pk=variant.pk).update(available=2, held=1)
        counted = behind(partial(count_stock, product=bowl, variant_id=variant.pk, count=7, seen=3))
    assert getattr(counted(), "code", "") == "stock_moved"
    assert cast.stock_of(variant) == (2, 1)


@pytest.mark.django_db(transaction=True)
def test_withdrawing_is_tried_again_after_a_deadlock(monkeypatch: pytest.MonkeyPatch) -> None:
    shop = cast.maison_zinc()
    bring(shop, table(line("a"), line("b")))
    Variant.objects.filter(external_id="a").update(status="withdrawn")
    run = ImportRun.objects.get()
    times = []

    def now() -> object:
        times.append(1)
        if len(times) == 1:
            raise OperationalError("deadlock") from DeadlockDetected()
        return real()

    real = clock.now
    monkeypatch.setattr(clock, "now", now)
    import_apply.withdraw_empty_products(run=run)
    gone = Product.objects.filter(status="withdrawn").values_list("external_id", flat=True)
    assert list(gone) == ["a"]
