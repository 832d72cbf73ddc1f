"""Statements that are sent together are answered each with its own rows."""

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from comptoir.common.rows import Statement, array, fetch_together

pytestmark = pytest.mark.django_db


def test_each_statement_has_its_own_rows() -> None:
    one = Statement("SELECT %(n)s::int", {"n": 1})
    many = Statement("SELECT * FROM unnest(%(keys)s::bigint[])", {"keys": array([7, 1 << 40])})
    none = Statement("SELECT 1 WHERE false", {})
    with CaptureQueriesContext(connection) as told:
        assert fetch_together(one, many, none) == [[(1,)], [(7,), (1 << 40,)], []]
    assert len(told) == 3
    assert fetch_together() == []
    assert fetch_together(Statement(many.sql, {"keys": array([])})) == [[]]


@pytest.mark.django_db(transaction=True)
def test_one_that_fails_fails_all_and_the_connection_goes_on() -> None:
    with pytest.raises(DatabaseError):
        fetch_together(Statement("SELECT 1", {}), Statement("SELECT 1 / 0", {}))
    assert fetch_together(Statement("SELECT 2", {})) == [[(2,)]]
