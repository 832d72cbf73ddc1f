"""Tables read by their pages: every row that stands, once."""

import pytest
from django.db import connection

from comptoir.discovery.live.columns import PAGES, columns

pytestmark = pytest.mark.django_db
ROWS = 70_000
TABLE = f"""
CREATE TEMPORARY TABLE told AS
SELECT place::bigint AS id, -place::bigint AS other, place % 7 = 0 AS gone
FROM generate_series(1, {ROWS}) place
"""


def made(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def test_each_row_of_many_pages_is_read_once() -> None:
    made(TABLE, "UPDATE told SET other = 0 WHERE id <= 10")  # these move to the end
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_relation_size('told') / 8192")
        assert cursor.fetchone()[0] > PAGES
    ids, others, sevens = columns("told", ("id", "other", "gone::int"), "id <> 20")
    assert sorted(ids.tolist()) == [one for one in range(1, ROWS + 1) if one != 20]
    told = dict(zip(ids.tolist(), others.tolist(), strict=True))
    assert all(other == (0 if one <= 10 else -one) for one, other in told.items())
    assert (sevens == (ids % 7 == 0)).all()


def test_a_table_without_rows_is_read_as_nothing() -> None:
    made(TABLE, "DELETE FROM told")
    assert [len(column) for column in columns("told", ("id", "other"))] == [0, 0]
    made("TRUNCATE told")
    assert [len(column) for column in columns("told", ("id", "other"))] == [0, 0]
