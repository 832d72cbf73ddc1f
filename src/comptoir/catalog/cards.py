"""Product cards: the short form of a product, wherever it appears."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from comptoir.catalog.price_history import Asked, asked_now
from comptoir.catalog.prior_prices import price_record
from comptoir.common import clock
from comptoir.common.rows import Rows, Statement, array, fetch_together
from comptoir.media.queries import PictureView, stored_columns, stored_picture
from comptoir.people.actor import Actor

PRICE_NOW = (
    "CASE WHEN v.sale_price_minor IS NOT NULL"
    " AND (v.sale_from IS NULL OR v.sale_from <= %(now)s)"
    " AND (v.sale_until IS NULL OR v.sale_until > %(now)s)"
    " THEN v.sale_price_minor ELSE v.price_minor END"
)


# What is crossed out beside ``PRICE_NOW``; NULL when no sale runs, or nothing may be.
PRICE_WAS = f"CASE WHEN {PRICE_NOW} < v.price_minor THEN v.reference_minor END"


class ProductCard(NamedTuple):
    """A product as a card shows it. Prices are minor units of ``currency``, VAT included.

    ``price_minor`` is its cheapest variant's, percentages that are announced to all and sure for
    each of them taken off; ``was_minor`` is what may be crossed out beside it
    (``catalog.price_history``);
    ``left`` is how many can be bought (``None``: not counted).
    """

    id: int
    title: str
    shop_id: int
    shop_handle: str
    shop_name: str
    currency: str
    price_minor: int
    price_max_minor: int
    was_minor: int | None
    variants: int
    in_stock: bool
    left: int | None
    cover: PictureView | None
    alt: str

    @property
    def address(self) -> str:
        return f"/products/{self.id}"

    @property
    def has_price_range(self) -> bool:
        return self.price_max_minor > self.price_minor


# The price records of the variants, where a percentage is announced that everyone is sure to get;
# NULL elsewhere. The shop's own word comes first: most announce nothing. Where it is bought
# elsewhere, no offer of the shop counts.
ANNOUNCED_RECORDS = """CASE WHEN s.announces AND p.buy_url = ''
    THEN catalog_announced_records(p.id, p.shop_id, %(now)s) END"""

CARD_COLUMNS = f"""
p.id, p.title, p.shop_id, sp.handle, sp.name, offer.currency, offer.price, offer.price_max,
  offer.was, offer.variants, offer.in_stock AND s.status = 'open', offer.left_over,
  cover.picture, coalesce(cover.alt, ''), {ANNOUNCED_RECORDS}
"""

CARD_JOINS = f"""
JOIN people_profile sp ON sp.id = p.shop_id AND NOT sp.is_suspended
JOIN shops_shop s ON s.profile_id = p.shop_id
JOIN LATERAL (
  SELECT min(v.currency) AS currency, count(*) AS variants,
    min({PRICE_NOW}) AS price, max({PRICE_NOW}) AS price_max,
    (array_agg({PRICE_WAS} ORDER BY {PRICE_NOW}, v.id))[1] AS was,
    bool_or(CASE WHEN k.tracked THEN k.available > 0 ELSE k.in_stock END) AS in_stock,
    CASE WHEN bool_and(k.tracked) THEN sum(k.available)::int END AS left_over
  FROM catalog_variant v JOIN catalog_stockitem k ON k.variant_id = v.id
  WHERE v.product_id = p.id AND v.status = 'active'
) offer ON offer.variants > 0
LEFT JOIN LATERAL (
  SELECT {stored_columns("m")} AS picture, pp.alt
  FROM catalog_productpicture pp JOIN media_picture m ON m.id = pp.picture_id
  WHERE pp.product_id = p.id ORDER BY pp.position LIMIT 1
) cover ON TRUE
"""

# Neither blocks the other, of the profile ``me`` (0: nobody) and the shop.
NO_BLOCK = """
NOT EXISTS (SELECT 1 FROM people_block b WHERE
    (b.blocker_id = %(me)s AND b.blocked_id = p.shop_id) OR
    (b.blocker_id = p.shop_id AND b.blocked_id = %(me)s))
"""

CARDS = f"""
SELECT {CARD_COLUMNS} FROM catalog_product p {CARD_JOINS}
WHERE p.id = ANY(%(ids)s::bigint[]) AND p.status = 'active' AND {NO_BLOCK}
"""


def card_from(row: tuple[Any, ...]) -> ProductCard:
    """A card from a row of ``CARD_COLUMNS``."""
    card = ProductCard(*(*row[:12], stored_picture(row[12]), row[13]))
    return card if row[14] is None else _announced(card, row[14], clock.now())


def _announced(card: ProductCard, records: str | list[Any], now: datetime) -> ProductCard:
    """The card at what everyone is asked."""
    asked = asked_of_variants(records, now)
    if asked is None:
        return card
    cheapest = min(asked, key=lambda each: each.price_minor)
    return card._replace(
        price_minor=cheapest.price_minor,
        price_max_minor=max(each.price_minor for each in asked),
        was_minor=cheapest.crossed_out_minor,
    )


def asked_of_variants(records: str | list[Any], now: datetime) -> list[Asked] | None:
    """What everyone is asked for each variant, from what ``price_record`` takes of each; ``None``:
    for one of them, nothing is known."""
    rows = json.loads(records) if isinstance(records, str) else records
    read = [price_record(row) for row in rows]
    found = [asked_now(r.history, now, r.announced, perishable=r.perishable) for r in read]
    asked = [each for each in found if each is not None]
    return asked if len(asked) == len(found) else None


def cards_of(actor: Actor, product_ids: Iterable[int]) -> dict[int, ProductCard]:
    """Cards by product id, in one query.

    Absent: withdrawn products, and those of shops that the actor blocks or that block the actor.
    """
    ids = list(product_ids)
    return cards_read(*fetch_together(cards_asked(actor, ids))) if ids else {}


def cards_asked(actor: Actor, product_ids: Iterable[int]) -> Statement:
    """The query, to be sent with others."""
    ids = array(dict.fromkeys(product_ids))
    return Statement(CARDS, {"ids": ids, "me": actor.profile_id or 0, "now": clock.now()})


def cards_read(rows: Rows) -> dict[int, ProductCard]:
    """Cards by product id, from its rows."""
    return {row[0]: card_from(row) for row in rows}
