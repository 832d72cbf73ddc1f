"""The histories of prices and of what was announced off them, as they are written."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from comptoir.catalog.price_history import Announced, PriceTerms, prior_prices
from comptoir.common import clock

# What is looked at of one variant and of one shop.
MOST_CHANGES = 400

# The prices of variant ``v`` in its currency: those in another cannot be compared.
CHANGES_JSON = f"""(
SELECT jsonb_agg(jsonb_build_array(c.at, c.price_minor, c.sale_price_minor, c.sale_from,
  c.sale_until) ORDER BY c.at, c.id)
FROM (SELECT * FROM catalog_pricechange WHERE variant_id = v.id
  ORDER BY at DESC, id DESC LIMIT {MOST_CHANGES}) c WHERE c.currency = v.currency)"""

# What was announced off product ``p``, in the currency of ``v``. An announcement that does not, or
# no more, cover the product says nothing of it.
ANNOUNCED_JSON = f"""(
SELECT jsonb_agg(jsonb_build_array(a.offer, a.at,
  CASE WHEN a.currency = v.currency AND (a.product_ids IS NULL OR p.id = ANY(a.product_ids))
    THEN a.share_bp ELSE 0 END,
  a.for_everyone, a.minimum_minor, a.starts, a.ends) ORDER BY a.at, a.id)
FROM (SELECT * FROM catalog_announcement WHERE shop_id = p.shop_id
  ORDER BY at DESC, id DESC LIMIT {MOST_CHANGES}) a)"""

HISTORIES = f"""
SELECT v.id, {CHANGES_JSON}, {ANNOUNCED_JSON}, p.withdrawal = 'perishable'
FROM catalog_variant v JOIN catalog_product p ON p.id = v.product_id
WHERE v.id = ANY(%s)
"""
Rows = str | list[list[Any]] | None


@dataclass(frozen=True, slots=True)
class PriceRecord:
    """What was asked for a variant, and announced off it, as it was written down."""

    history: list[PriceTerms]
    announced: list[Announced]
    perishable: bool


def price_record(changes: Rows, announced: Rows, perishable: bool) -> PriceRecord:
    """From ``CHANGES_JSON``, ``ANNOUNCED_JSON``, and whether the product spoils."""
    history = [
        PriceTerms(datetime.fromisoformat(at), price, sale, _moment(begins), _moment(until))
        for at, price, sale, begins, until in _decoded(changes)
    ]
    said = [
        Announced(
            offer, datetime.fromisoformat(at), share, everyone, minimum, _moment(starts),
            _moment(ends),
        )
        for offer, at, share, everyone, minimum, starts, ends in _decoded(announced)
    ]  # fmt: skip
    return PriceRecord(history, said, perishable)


def prior_prices_of(variant_ids: Collection[int]) -> dict[int, dict[int, int]]:
    """By variant and offer announced now: the price, in minor units, of which its percentage must
    be true (``price_history.prior_prices``). One query."""
    now = clock.now()
    found: dict[int, dict[int, int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(HISTORIES, [list(variant_ids)])
        for variant_id, *columns in cursor.fetchall():
            record = price_record(*columns)
            found[variant_id] = prior_prices(
                record.history, record.announced, now, perishable=record.perishable
            )
    return found


def _decoded(rows: Rows) -> list[list[Any]]:
    return json.loads(rows) if isinstance(rows, str) else rows or []


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
