"""Reads of bank entries that were set aside: what can be taken up again."""

from dataclasses import dataclass
from datetime import date

from comptoir.common import clock
from comptoir.sales.models import BankEntry
from comptoir.sales.services.transfers import KEEP_ENTRIES

MOST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class AsideEntry:
    """All that is kept of it."""

    id: int
    booked_on: date
    amount_minor: int
    currency: str


def set_aside_entries(shop_id: int) -> list[AsideEntry]:
    """The newest first; those that are too old to wait for a person are not told any more."""
    since = clock.now().date() - KEEP_ENTRIES
    rows = BankEntry.objects.filter(
        account__shop=shop_id, due=None, set_aside=True, booked_on__gte=since
    )
    return [
        AsideEntry(row.pk, row.booked_on, row.amount_minor, row.currency)
        for row in rows.order_by("-booked_on", "-id")[:MOST_SHOWN]
    ]
