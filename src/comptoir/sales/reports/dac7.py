"""DAC7 (Directive (EU) 2021/514): what a platform tells once a year of those who sell on it.

For each seller and quarter: the consideration paid to it, the fees that the platform kept, and how
many sales there were. The money comes from the payment log, so it is what was really taken and
given back. This place keeps no fees: each shop is paid by its own provider. Money that came too
late for any order, and went back, is no consideration and no sale.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db import connection

CHUNK = 500
# Annex V, section I, B(4)(d): sellers of goods below both are not told.
FEWEST_SALES = 30
LEAST_EUR_MINOR = 2000_00


@dataclass(frozen=True, slots=True)
class SellerQuarter:
    """A seller's quarter; amounts in minor units. ``reportable``: above the threshold of the year,
    or in another currency than the euro, of which this place cannot tell."""

    handle: str
    name: str
    legal_name: str
    legal_form: str
    address: str
    country: str
    registration: str
    vat_number: str
    account: str
    year: int
    quarter: int
    currency: str
    consideration_minor: int
    fees_minor: int
    taxes_minor: int
    activities: int
    reportable: bool


def sellers(year: int, shop_id: int | None = None) -> Iterator[SellerQuarter]:
    """The year's quarters of every seller, or of one; streamed, by seller and quarter."""
    values = {
        "year": year,
        "shop": shop_id,
        "zone": settings.TIME_ZONE,
        "test_too": settings.DEMO,
        "fewest": FEWEST_SALES,
        "least": LEAST_EUR_MINOR,
    }
    with connection.cursor() as cursor:
        cursor.execute(SELLERS, values)
        while rows := cursor.fetchmany(CHUNK):
            for row in rows:
                yield SellerQuarter(*row)


SELLERS = """
WITH quarters AS (
  SELECT l.shop_id, extract(quarter FROM l.at AT TIME ZONE %(zone)s)::int AS quarter, l.currency,
    sum(l.amount_minor)::bigint AS consideration,
    count(DISTINCT l.order_id) FILTER (WHERE l.kind = 'captured') AS activities
  FROM sales_ledgerentry l
  JOIN sales_payment p ON p.id = l.payment_id
  JOIN sales_order o ON o.id = l.order_id AND o.paid_at IS NOT NULL
  LEFT JOIN sales_paymentaccount a ON a.id = p.account_id
  WHERE l.at >= make_timestamptz(%(year)s, 1, 1, 0, 0, 0, %(zone)s)
    AND l.at < make_timestamptz(%(year)s + 1, 1, 1, 0, 0, 0, %(zone)s)
    AND (%(shop)s::bigint IS NULL OR l.shop_id = %(shop)s)
    AND (%(test_too)s OR NOT coalesce(a.is_test, false))
  GROUP BY 1, 2, 3
), whole AS (
  SELECT *, sum(consideration) OVER year AS of_year, sum(activities) OVER year AS sales_of_year
  FROM quarters WINDOW year AS (PARTITION BY shop_id, currency)
)
SELECT f.handle, f.name, s.legal_name, s.legal_form, s.legal_address, s.country, s.registration,
  s.vat_number,
  coalesce((SELECT max(reference) FROM sales_paymentaccount
    WHERE shop_id = s.profile_id AND provider = 'transfer' AND is_active), ''),
  %(year)s::int, w.quarter, w.currency, w.consideration, 0, 0, w.activities,
  w.sales_of_year >= %(fewest)s OR w.currency != 'EUR' OR w.of_year > %(least)s
FROM whole w JOIN shops_shop s ON s.profile_id = w.shop_id
JOIN people_profile f ON f.id = s.profile_id
ORDER BY f.handle, w.quarter, w.currency
"""
