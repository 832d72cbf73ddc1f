"""Order numbers without gaps, per shop and year."""

from datetime import datetime

from django.db import connection
from django.utils import timezone


def next_number(shop_id: int, at: datetime) -> str:
    """The shop's next number, such as ``2026-00042``; the year is that of the site's time zone.

    The counter's row stays locked until the commit, so a number given back by a rollback is given
    again: take it last.
    """
    year = timezone.localtime(at).year
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [shop_id, year])
        (last,) = cursor.fetchone()
    return f"{year}-{last:05d}"


NEXT = """
INSERT INTO sales_ordernumber (shop_id, year, last) VALUES (%s, %s, 1)
ON CONFLICT (shop_id, year) DO UPDATE SET last = sales_ordernumber.last + 1
RETURNING last
"""
