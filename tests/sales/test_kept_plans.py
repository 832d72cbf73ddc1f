"""The hot statements of a purchase are planned once a connection."""

from collections.abc import Callable

import pytest
from django.db import connection

from comptoir.catalog.picks import picks_of
from comptoir.sales.services.items import items_of

pytestmark = pytest.mark.django_db
ENOUGH = 16  # the driver prepares from the third on, PostgreSQL compares plans for five more


@pytest.mark.parametrize(
    ("read", "table"), [(items_of, "FROM catalog_stockitem"), (picks_of, "FROM catalog_product p")]
)
def test_a_list_of_keys_does_not_have_it_planned_again(
    read: Callable[[list[int]], object], table: str
) -> None:
    for key in range(ENOUGH):
        read([key])
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT generic_plans, custom_plans FROM pg_prepared_statements"
            " WHERE position(%s in statement) > 0 ORDER BY prepare_time DESC LIMIT 1",
            [table],
        )
        kept, anew = cursor.fetchone()
    assert kept > 0
    assert anew <= 5
