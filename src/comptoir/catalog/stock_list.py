"""The shelf as those who work at the desk see it: every variant's counts, and what changed them."""

from dataclasses import dataclass
from datetime import datetime

from comptoir.catalog.desk import search_words
from comptoir.catalog.models import StockChange
from comptoir.common.errors import NotVisible
from comptoir.common.keyset import Cursor, Page
from comptoir.common.rows import fetch_rows

PAGE_SIZE = 40
CHANGES = 50
LOW = 3
STATES = ("low", "out", "uncounted")


@dataclass(frozen=True, slots=True)
class ShelfRow:
    """A variant on the shelf; ``options`` are its values in order."""

    id: int
    product_id: int
    title: str
    options: list[str]
    sku: str
    gtin: str
    tracked: bool
    in_stock: bool
    available: int
    held: int
    listed_at: datetime

    @property
    def shelf(self) -> int | None:
        """Available and held; ``None`` when it is not counted."""
        return self.available + self.held if self.tracked else None

    @property
    def label(self) -> str:
        return " · ".join(self.options)

    @property
    def name(self) -> str:
        return " · ".join(filter(None, [self.title, self.label]))


SHELF = """
SELECT v.id, p.id, p.title,
  ARRAY(SELECT value FROM jsonb_each_text(v.options)), v.sku, v.gtin,
  k.tracked, k.in_stock, k.available, k.held, p.created_at
FROM catalog_variant v
JOIN catalog_product p ON p.id = v.product_id
JOIN catalog_stockitem k ON k.variant_id = v.id
WHERE p.shop_id = %(shop)s AND p.status IN ('active', 'withdrawn')
"""
LISTED = f"""{SHELF}
  AND v.status = 'active' AND p.status = 'active'
  AND (%(state)s = ''
    OR (%(state)s = 'low' AND k.tracked AND k.available BETWEEN 1 AND {LOW})
    OR (%(state)s = 'out' AND k.tracked AND k.available = 0)
    OR (%(state)s = 'uncounted' AND NOT k.tracked))
  AND (%(typed)s = '' OR %(typed)s IN (v.sku, v.gtin, v.external_id)
    OR (%(words)s <> '' AND p.search @@ to_tsquery('french', %(words)s)))
  AND (p.created_at, v.id) < (%(at)s, %(id)s)
ORDER BY p.created_at DESC, v.id DESC LIMIT {PAGE_SIZE + 1}
"""


def shelf_listed(
    shop_id: int, *, search: str = "", state: str = "", after: Cursor | None = None
) -> Page[ShelfRow]:
    """What the shop sells, newest products first: of one of ``STATES`` or all, found by words of
    the title, by reference or by bar code; one statement."""
    values = {
        "shop": shop_id,
        "state": state if state in STATES else "",
        "typed": search.strip(),
        "words": search_words(search),
        "at": after.at if after else "infinity",
        "id": after.id if after else 0,
    }
    rows = fetch_rows(ShelfRow, LISTED, values)
    shown = rows[:PAGE_SIZE]
    more = len(rows) > PAGE_SIZE
    return Page(shown, Cursor(shown[-1].listed_at, shown[-1].id).token() if more else None)


def shelf_row(shop_id: int, variant_id: int) -> ShelfRow:
    """One variant of the shop, also one that is not sold any more.

    Raises:
        NotVisible: that shop has no such variant.
    """
    values = {"shop": shop_id, "variant": variant_id}
    rows = fetch_rows(ShelfRow, f"{SHELF} AND v.id = %(variant)s", values)
    if not rows:
        raise NotVisible
    return rows[0]


def changes_of(variant_id: int) -> list[StockChange]:
    """The latest changes of a variant's shelf, newest first, with who made them."""
    rows = StockChange.objects.filter(item=variant_id).select_related("by__profile")
    return list(rows.order_by("-id")[:CHANGES])
