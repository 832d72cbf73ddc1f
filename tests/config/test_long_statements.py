"""The driver remembers long statements as it does short ones."""

import psycopg._queries
import pytest
from django.db import connection


@pytest.mark.django_db
def test_a_long_statement_is_read_once() -> None:
    known = psycopg._queries._query2pg.cache_info
    sql = f"SELECT %(number)s::int -- {'long ' * 1_000}"
    hits = []
    for number in range(3):
        with connection.cursor() as cursor:
            cursor.execute(sql, {"number": number})
        hits.append(known().hits)
    assert hits[2] > hits[1] > hits[0]
