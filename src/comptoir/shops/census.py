"""Shops listed for the operator."""

from dataclasses import dataclass
from datetime import datetime

from comptoir.common.keyset import Cursor, Page
from comptoir.common.rows import fetch_rows

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class ShopRow:
    """A shop as the operator lists it; ``status`` is ``Shop.Status``."""

    id: int
    handle: str
    name: str
    sells: str
    status: str
    is_suspended: bool
    created_at: datetime


SHOPS = f"""
SELECT s.profile_id, p.handle, p.name, s.sells, s.status, p.is_suspended, s.created_at
FROM shops_shop s JOIN people_profile p ON p.id = s.profile_id
WHERE (%(status)s = '' OR s.status = %(status)s)
  AND (s.created_at, s.profile_id) < (%(at)s, %(id)s)
ORDER BY s.created_at DESC, s.profile_id DESC LIMIT {PAGE_SIZE + 1}
"""


def shops_listed(status: str = "", after: Cursor | None = None) -> Page[ShopRow]:
    """Shops of one status or ('') of all, newest first."""
    place = {"at": after.at if after else "infinity", "id": after.id if after else 0}
    rows = fetch_rows(ShopRow, SHOPS, {"status": status, **place})
    shown = rows[:PAGE_SIZE]
    more = len(rows) > PAGE_SIZE
    return Page(shown, Cursor(shown[-1].created_at, shown[-1].id).token() if more else None)
