"""Which commits of a purchase wait for the disk: what is owed does, a basket does not."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction

from comptoir.sales.services.basket import Holder
from comptoir.sales.services.put_in import add_to_basket
from tests import cast
from tests.sales.buying import basket

pytestmark = pytest.mark.django_db(transaction=True)
ASK = "SELECT current_setting('synchronous_commit')"
WRITTEN = ("bankcharge", "orderline (", "ordernumber")


def waiting() -> str:
    with connection.cursor() as cursor:
        cursor.execute(ASK)
        (value,) = cursor.fetchone()
    return str(value)


def test_a_basket_does_not_wait_and_what_follows_it_does() -> None:
    pot = cast.variant_of(cast.product(cast.maison_zinc()))
    with transaction.atomic():
        add_to_basket(holder=Holder(), variant_id=pot.pk)
        assert waiting() == "off"
    assert waiting() == "on"


def test_an_order_and_its_capture_wait_for_the_disk() -> None:
    """Each writing statement of a purchase that is paid at once, and how it commits."""
    asked = basket((cast.variant_of(cast.product(cast.maison_zinc())), 1), instrument="card_ok")
    commits: dict[str, str] = {}

    def tell(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        table = next((name for name in WRITTEN if name in sql), "")
        if connection.in_atomic_block or not table:
            return execute(sql, params, many, context)
        with transaction.atomic():
            result = execute(sql, params, many, context)
            commits[table] = waiting()
        return result

    with connection.execute_wrapper(tell):
        assert asked.sent().status == "paid"
    assert commits == {"orderline (": "on", "bankcharge": "off", "ordernumber": "on"}
