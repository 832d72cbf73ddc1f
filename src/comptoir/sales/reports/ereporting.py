"""E-reporting of sales to consumers, as the French reform asks (article 290 and 290 A of the CGI).

Flow 10.3 tells the transactions of each day, flow 10.4 the payments of each day, both by VAT rate.
What was given back is taken off the day on which it was. Sales to businesses are not in it: their
invoices are told one by one. Trials at a test bank are never in it.

Categories: TLB1 goods and TPS1 services that bear French VAT, whatever its rate; TNT1 what bears
none (exports) or another country's (distance sales, told there by the one-stop shop). French VAT
is that of Guadeloupe, Martinique and Réunion too (art. 294 of the tax code).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db import connection

from comptoir.sales.reports.period import Period

CHUNK = 500


@dataclass(frozen=True, slots=True)
class DayOfTransactions:
    """Flow 10.3: what was invoiced on a day; minor units, credit notes taken off."""

    day: date
    currency: str
    category: str
    vat_country: str
    rate_bp: int
    transactions: int
    net_minor: int
    vat_minor: int


@dataclass(frozen=True, slots=True)
class DayOfPayments:
    """Flow 10.4: what came in on a day, VAT included; minor units, refunds taken off."""

    day: date
    currency: str
    category: str
    vat_country: str
    rate_bp: int
    amount_minor: int


def transactions(shop_id: int, period: Period) -> Iterator[DayOfTransactions]:
    """Streamed, oldest day first; ``transactions`` counts the invoices that have such a share."""
    for row in _streamed(TRANSACTIONS, shop_id, period):
        yield DayOfTransactions(*row)


def payments(shop_id: int, period: Period) -> Iterator[DayOfPayments]:
    """Streamed, oldest day first. A rounding counts with the highest rate, so that a day's rows add
    up to what came in."""
    for row in _streamed(PAYMENTS, shop_id, period):
        yield DayOfPayments(*row)


def _streamed(sql: str, shop_id: int, period: Period) -> Iterator[tuple[Any, ...]]:
    """In pages of the whole result, which has a row for each day and rate."""
    values: dict[str, Any] = {
        "shop": shop_id,
        "start": period.start,
        "end": period.end,
        "zone": settings.TIME_ZONE,
    }
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        while rows := cursor.fetchmany(CHUNK):
            yield from rows


CATEGORY = """
CASE WHEN i.tax_country NOT IN ('FR', 'GP', 'MQ', 'RE') OR s.category IN ('G', 'K', 'AE')
    THEN 'TNT1'
  WHEN s.service THEN 'TPS1' ELSE 'TLB1' END
"""
TO_CONSUMERS = "i.buyer->>'contact' = '' AND i.buyer->>'vat_number' = '' AND NOT i.is_test"

TRANSACTIONS = f"""
SELECT (i.issued_at AT TIME ZONE %(zone)s)::date AS day, i.currency, {CATEGORY} AS category,
  i.tax_country, s.rate_bp, count(DISTINCT i.id) FILTER (WHERE i.kind = 'invoice'),
  sum(CASE i.kind WHEN 'invoice' THEN s.net_minor ELSE -s.net_minor END)::bigint,
  sum(CASE i.kind WHEN 'invoice' THEN s.vat_minor ELSE -s.vat_minor END)::bigint
FROM sales_invoice i JOIN sales_invoiceshare s ON s.invoice_id = i.id
WHERE i.shop_id = %(shop)s AND i.issued_at >= %(start)s AND i.issued_at < %(end)s
  AND {TO_CONSUMERS}
GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5 DESC
"""

# A movement of the log bears the VAT of its document: of the order's invoice, or the refund's
# credit note. What came too late for any order has none, and goes back as it came.
PAYMENTS = f"""
SELECT (l.at AT TIME ZONE %(zone)s)::date AS day, l.currency, {CATEGORY} AS category,
  i.tax_country, s.rate_bp,
  sum(sign(l.amount_minor) * (s.net_minor + s.vat_minor
    + CASE WHEN s.place = 1 THEN i.rounding_minor ELSE 0 END))::bigint
FROM sales_ledgerentry l
JOIN sales_invoice i ON i.order_id = l.order_id
  AND (l.kind = 'captured' AND i.kind = 'invoice' OR l.refund_id = i.refund_id)
JOIN (SELECT invoice_id, category, rate_bp, service, net_minor, vat_minor,
    row_number() OVER (PARTITION BY invoice_id ORDER BY rate_bp DESC, service) AS place
  FROM sales_invoiceshare) s ON s.invoice_id = i.id
WHERE l.shop_id = %(shop)s AND l.at >= %(start)s AND l.at < %(end)s
  AND l.kind IN ('captured', 'refunded', 'refund_failed') AND {TO_CONSUMERS}
GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5 DESC
"""
