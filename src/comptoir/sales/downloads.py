"""The files that an order gives a right to."""

from dataclasses import dataclass
from datetime import datetime

from comptoir.common.rows import fetch_rows
from comptoir.sales.models import Order

OPEN = frozenset({Order.Status.PAID, Order.Status.SHIPPED, Order.Status.DELIVERED})

# Lines that were not wholly given back, with the files their product has now, and those it had when
# they were bought and that were withdrawn since.
TAKEABLE = """
FROM sales_orderline l
JOIN sales_order o ON o.id = l.order_id
JOIN catalog_productfile f ON f.product_id = l.product_id
LEFT JOIN sales_linetally t ON t.line_id = l.id
WHERE l.order_id = %(order)s AND l.digital
  AND (f.withdrawn_at IS NULL OR f.withdrawn_at > o.placed_at)
  AND greatest(coalesce(t.refunded, 0), coalesce(t.claimed, 0)) < l.quantity
"""

FILES = f"""
SELECT l.id, f.id, l.title, f.name, f.size, coalesce(d.count, 0), d.last_at
FROM (SELECT l.id AS line, f.id AS file {TAKEABLE}) own
JOIN sales_orderline l ON l.id = own.line
JOIN catalog_productfile f ON f.id = own.file
LEFT JOIN sales_download d ON d.line_id = l.id AND d.file_id = f.id
ORDER BY l.position, f.id
"""


@dataclass(frozen=True, slots=True)
class FileToTake:
    """A file of an order, in bytes, and how often its buyer took it."""

    line_id: int
    file_id: int
    title: str
    name: str
    size: int
    count: int
    last_at: datetime | None


def files_of(order: Order) -> list[FileToTake]:
    """What the buyer of a paid order may download now, in one query; none before it is paid."""
    if order.status not in OPEN:
        return []
    return fetch_rows(FileToTake, FILES, {"order": order.pk})
