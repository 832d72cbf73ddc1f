"""The histories of prices and of what was announced off them, as they are written."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from comptoir.catalog.price_history import Announced, PriceTerms, prior_prices
from comptoir.common import clock
from comptoir.common.rows import fetch_all

# What ``price_record`` takes: the prices of the variant in its currency (those in another cannot
# be compared), what was announced off its product (an announcement that does not, or no more, cover
# it says nothing of it), 400 changes of each at most, and whether it spoils.
HISTORIES = "SELECT id, catalog_price_record(id) FROM catalog_variant WHERE id = ANY(%s)"
Rows = str | list[Any]


@dataclass(frozen=True, slots=True)
class PriceRecord:
    """What was asked for a variant, and announced off it, as it was written down."""

    history: list[PriceTerms]
    announced: list[Announced]
    perishable: bool


def price_record(rows: Rows) -> PriceRecord:
    """From the value of ``catalog_price_record``, whether the driver decoded it or not."""
    changes, announcements, perishable = json.loads(rows) if isinstance(rows, str) else rows
    history = [
        PriceTerms(datetime.fromisoformat(at), price, sale, _moment(begins), _moment(until))
        for at, price, sale, begins, until in changes or []
    ]
    said = [
        Announced(
            offer, datetime.fromisoformat(at), share, everyone, minimum, _moment(starts),
            _moment(ends),
        )
        for offer, at, share, everyone, minimum, starts, ends in announcements or []
    ]  # fmt: skip
    return PriceRecord(history, said, perishable)


def prior_prices_of(variant_ids: Collection[int]) -> dict[int, dict[int, int]]:
    """By variant and offer announced now: the price, in minor units, of which its percentage must
    be true (``price_history.prior_prices``). One query."""
    now = clock.now()
    found: dict[int, dict[int, int]] = {}
    for variant_id, rows in fetch_all(HISTORIES, [list(variant_ids)]):
        record = price_record(rows)
        found[variant_id] = prior_prices(
            record.history, record.announced, now, perishable=record.perishable
        )
    return found


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
