"""What a shop sold, in numbers for its desk."""

from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from comptoir.common import clock
from comptoir.common.rows import fetch_rows

DAYS = 30


@dataclass(frozen=True, slots=True)
class DayFigure:
    """Paid orders of one day in the site's time zone; ``turnover_minor`` contains VAT and
    delivery, without what was cancelled since, nor tests from before the shop was published.

    What is given back of an order, or promised, is taken off the day on which it was paid, as a
    cancelled order is: no day is below zero. Reports tell it on the day on which it was done.
    """

    day: date
    orders: int
    turnover_minor: int


@dataclass(frozen=True, slots=True)
class Turnover:
    """The last ``DAYS`` days, the oldest first, today last."""

    days: tuple[DayFigure, ...]

    @property
    def today(self) -> DayFigure:
        return self.days[-1]

    @property
    def orders(self) -> int:
        return sum(day.orders for day in self.days)

    @property
    def total_minor(self) -> int:
        return sum(day.turnover_minor for day in self.days)

    @property
    def best_minor(self) -> int:
        return max(day.turnover_minor for day in self.days)


SOLD = """
SELECT (paid_at AT TIME ZONE %(zone)s)::date AS day, count(*), sum(kept.minor)::bigint
FROM sales_order o CROSS JOIN LATERAL (
  SELECT coalesce(sum(p.captured_minor - p.refund_due_minor), 0) AS minor
  FROM sales_payment p WHERE p.order_id = o.id) kept
WHERE o.shop_id = %(shop)s AND o.status IN ('paid', 'shipped', 'delivered')
  AND placed_at >= (SELECT COALESCE(published_at, '-infinity') FROM shops_shop
                    WHERE profile_id = %(shop)s)
  AND paid_at >= (%(first)s::timestamp AT TIME ZONE %(zone)s)
GROUP BY day
"""


def turnover_of(shop_id: int) -> Turnover:
    """The shop's last thirty days, days without a sale included; one query."""
    today = timezone.localdate(clock.now(), ZoneInfo(settings.TIME_ZONE))
    first = today - timedelta(days=DAYS - 1)
    params = {"shop": shop_id, "zone": settings.TIME_ZONE, "first": first.isoformat()}
    sold = {row.day: row for row in fetch_rows(DayFigure, SOLD, params)}
    days = (first + timedelta(days=n) for n in range(DAYS))
    return Turnover(tuple(sold.get(day, DayFigure(day, 0, 0)) for day in days))
