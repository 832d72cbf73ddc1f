"""Reads of the catalogue."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from comptoir.catalog.cards import (
    CARD_COLUMNS,
    CARD_JOINS,
    NO_BLOCK,
    PRICE_NOW,
    PRICE_WAS,
    ProductCard,
    card_from,
    cards_of,
)
from comptoir.common import clock
from comptoir.common.keyset import Cursor, Page
from comptoir.common.rows import fetch_all, fetch_row
from comptoir.media.queries import PictureView, stored_columns
from comptoir.people.actor import Actor
from comptoir.people.faces import FACE_JSON, Face, face_from

__all__ = ["ProductCard", "cards_of", "newest_cards", "product_page", "shop_cards"]

PAGE_SIZE = 24


@dataclass(frozen=True, slots=True)
class VariantView:
    """One thing to buy: its options, its price now, how many are left (``None``: not counted).

    ``was_minor``: what may be crossed out beside it while a sale runs (``catalog.price_history``).
    """

    id: int
    options: dict[str, str]
    price_minor: int
    was_minor: int | None
    in_stock: bool
    left: int | None

    @property
    def label(self) -> str:
        return " · ".join(self.options.values())


@dataclass(frozen=True, slots=True)
class ProductView:
    """A product's page: its card, shop, words, pictures with alt texts, and variants.

    ``active`` is False for one that was withdrawn: its page stays, and says so. ``buy_url``: it is
    bought there and not here. ``safety_contact``: '' when it is the shop's. ``withdrawal``: why
    one cannot withdraw from it, a ``Product.Exempt``.
    """

    card: ProductCard
    shop: Face
    shop_place: str
    shop_followed: bool
    description: str
    brand: str
    category: str
    details: dict[str, str]
    condition: str
    link: str
    vat_rate_bp: int
    active: bool
    pictures: tuple[tuple[PictureView, str], ...]
    variants: tuple[VariantView, ...]
    buy_url: str = ""
    safety_contact: str = ""
    withdrawal: str = ""


# The variants on sale of product ``p``, an array for each (``variant_from``).
VARIANTS_JSON = f"""(
SELECT jsonb_agg(jsonb_build_array(v.id, v.options, {PRICE_NOW}, {PRICE_WAS},
  k.tracked, k.in_stock, k.available) ORDER BY v.position, v.id)
FROM catalog_variant v JOIN catalog_stockitem k ON k.variant_id = v.id
WHERE v.product_id = p.id AND v.status = 'active')"""

PRODUCT = f"""
SELECT p.description, p.brand, p.category, p.details, p.condition, p.link, p.vat_rate_bp,
  p.status = 'active', p.buy_url, p.safety_contact, p.withdrawal,
  (SELECT coalesce(
     jsonb_agg(jsonb_build_array({stored_columns("m")}, pp.alt) ORDER BY pp.position), '[]')
   FROM catalog_productpicture pp JOIN media_picture m ON m.id = pp.picture_id
   WHERE pp.product_id = p.id),
  {VARIANTS_JSON},
  {FACE_JSON}, f.place,
  EXISTS (SELECT 1 FROM people_follow w WHERE w.follower_id = %(me)s AND w.followee_id = f.id),
  {CARD_COLUMNS}
FROM catalog_product p {CARD_JOINS}
JOIN people_profile f ON f.id = p.shop_id
LEFT JOIN media_picture fa ON fa.id = f.avatar_id
WHERE p.id = %(id)s AND p.status <> 'counter' AND NOT EXISTS (SELECT 1 FROM people_block b WHERE
  (b.blocker_id = %(me)s AND b.blocked_id = f.id) OR
  (b.blocker_id = f.id AND b.blocked_id = %(me)s))
"""


def product_page(actor: Actor, product_id: int) -> ProductView | None:
    """Everything the product's page shows of the catalogue, in one query.

    ``None``: there is none, its shop is suspended, or the shop and the actor block each other.
    """
    if product_id >= 2**63:
        return None  # as a wider number it would be looked for without the index
    params: dict[str, Any] = {"id": product_id, "me": actor.profile_id or 0, "now": clock.now()}
    row = fetch_row(PRODUCT, params)
    if row is None:
        return None
    description, brand, category, details, condition, link, vat, active = row[:8]
    buy_url, safety_contact, withdrawal, shots, offers = row[8:13]
    return ProductView(
        card=card_from(row[16:]),
        shop=face_from(_json(row[13])),
        shop_place=row[14],
        shop_followed=row[15],
        description=description,
        brand=brand,
        category=category,
        details=_json(details),
        condition=condition,
        link=link,
        vat_rate_bp=vat,
        active=active,
        pictures=tuple((PictureView(*shot), alt) for shot, alt in _json(shots)),
        variants=tuple(variant_from(values) for values in _json(offers)),
        buy_url=buy_url,
        safety_contact=safety_contact,
        withdrawal=withdrawal,
    )


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def variant_from(values: list[Any]) -> VariantView:
    """A variant from one jsonb array of ``VARIANTS_JSON``."""
    variant_id, options, price, was, tracked, flag, available = values
    return VariantView(
        id=variant_id,
        options={k: str(v) for k, v in options.items()},
        price_minor=price,
        was_minor=was,
        in_stock=available > 0 if tracked else flag,
        left=available if tracked else None,
    )


SHOP_CARDS = f"""
SELECT {CARD_COLUMNS}, p.created_at FROM catalog_product p {CARD_JOINS}
WHERE p.shop_id = %(shop)s AND p.status = 'active' AND p.id < %(before)s
ORDER BY p.id DESC LIMIT {PAGE_SIZE + 1}
"""

NEWEST_CARDS = f"""
SELECT {CARD_COLUMNS}, p.created_at FROM catalog_product p {CARD_JOINS}
WHERE p.status = 'active' AND (p.created_at, p.id) < (%(at)s, %(before)s)
  AND {NO_BLOCK}
ORDER BY p.created_at DESC, p.id DESC LIMIT {PAGE_SIZE + 1}
"""


def shop_cards(shop_id: int, after: Cursor | None = None) -> Page[ProductCard]:
    """A shop's products on sale, newest first."""
    return _card_page(SHOP_CARDS, {"shop": shop_id}, after)


def newest_cards(actor: Actor, after: Cursor | None = None) -> Page[ProductCard]:
    """Products of all shops that the actor may see, newest first."""
    return _card_page(NEWEST_CARDS, {"me": actor.profile_id or 0}, after)


def _card_page(sql: str, params: dict[str, Any], after: Cursor | None) -> Page[ProductCard]:
    place = {"at": after.at if after else "infinity", "before": after.id if after else 2**62}
    rows = fetch_all(sql, {**params, **place, "now": clock.now()})
    shown = [card_from(row[:-1]) for row in rows[:PAGE_SIZE]]
    more = len(rows) > PAGE_SIZE
    created: datetime | None = rows[PAGE_SIZE - 1][-1] if more else None
    return Page(shown, Cursor(created, shown[-1].id).token() if created else None)
