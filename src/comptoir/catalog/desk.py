"""Reads of the catalogue for those who work at the shop's desk."""

import json
import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import connection

from comptoir.catalog.cards import PRICE_NOW
from comptoir.catalog.models import Product, ProductFile, Variant
from comptoir.common import clock
from comptoir.common.accents import unaccented
from comptoir.common.keyset import Cursor, Page
from comptoir.media.queries import PictureView, stored_columns, stored_picture

PAGE_SIZE = 50
MOST_WORDS = 8
STATES = ("active", "withdrawn", "sold_out")


@dataclass(frozen=True, slots=True)
class DeskProduct:
    """A product in the desk's list; ``available`` and ``held`` are sums of what is counted."""

    id: int
    title: str
    status: str
    source: str
    currency: str
    price_minor: int
    price_max_minor: int
    on_sale: bool
    variants: int
    counted: bool
    available: int
    held: int
    in_stock: bool
    cover: PictureView | None


@dataclass(frozen=True, slots=True)
class DeskVariant:
    """A variant with its price and counts; prices in minor units, VAT included."""

    id: int
    label: str
    sku: str
    status: str
    currency: str
    price_minor: int
    sale_price_minor: int | None
    tracked: bool
    in_stock: bool
    available: int
    held: int
    weight_grams: int | None = None


@dataclass(frozen=True, slots=True)
class CatalogueCounts:
    """How many products are on sale, withdrawn, and on sale with nothing left to sell."""

    active: int
    withdrawn: int
    sold_out: int


# What a variant can be sold of; the same as StockItem.can_sell(1).
SELLABLE = "CASE WHEN k.tracked THEN k.available > 0 ELSE k.in_stock END"

PRODUCTS = f"""
SELECT p.id, p.title, p.status, p.source, coalesce(offer.currency, ''), coalesce(offer.price, 0),
  coalesce(offer.price_max, 0), coalesce(offer.on_sale, FALSE), offer.variants,
  coalesce(offer.counted, FALSE), offer.available, coalesce(offer.held, 0),
  coalesce(offer.sellable, FALSE),
  (SELECT {stored_columns("m")} FROM catalog_productpicture pp
   JOIN media_picture m ON m.id = pp.picture_id
   WHERE pp.product_id = p.id ORDER BY pp.position LIMIT 1),
  p.updated_at
FROM catalog_product p
JOIN LATERAL (
  SELECT min(v.currency) AS currency, min({PRICE_NOW}) AS price, max({PRICE_NOW}) AS price_max,
    bool_or({PRICE_NOW} < v.price_minor) AS on_sale,
    count(*) AS variants, bool_or(k.tracked) AS counted,
    coalesce(sum(k.available) FILTER (WHERE k.tracked), 0)::int AS available,
    sum(k.held)::int AS held, bool_or({SELLABLE}) AS sellable
  FROM catalog_variant v JOIN catalog_stockitem k ON k.variant_id = v.id
  WHERE v.product_id = p.id AND v.status = 'active'
) offer ON offer.variants > 0 OR p.status = 'withdrawn'
WHERE p.shop_id = %(shop)s AND p.id < %(before)s AND p.status <> 'counter' {{which}}
ORDER BY p.id DESC LIMIT {PAGE_SIZE + 1}
"""

WHICH = {
    "": "",
    "active": "AND p.status = 'active'",
    "withdrawn": "AND p.status = 'withdrawn'",
    "sold_out": "AND p.status = 'active' AND NOT offer.sellable",
}
SEARCHED = """
AND (p.search @@ to_tsquery('french', %(words)s) OR EXISTS (
  SELECT 1 FROM catalog_variant w
  WHERE w.product_id = p.id AND %(typed)s IN (w.sku, w.gtin, w.external_id)))
"""


def desk_products(
    shop_id: int, *, search: str = "", state: str = "", after: Cursor | None = None
) -> Page[DeskProduct]:
    """A shop's products, newest first: of one of ``STATES`` or all, whose words begin with those
    of ``search``, or with that reference or bar code."""
    words = search_words(search)
    which = WHICH[state if state in STATES else ""] + (SEARCHED if search.strip() else "")
    params: dict[str, Any] = {
        "shop": shop_id,
        "before": after.id if after else 2**62,
        "now": clock.now(),
        "words": words,
        "typed": search.strip(),
    }
    with connection.cursor() as cursor:
        cursor.execute(PRODUCTS.format(which=which), params)
        rows = cursor.fetchall()
    shown = [_product(row) for row in rows[:PAGE_SIZE]]
    more = len(rows) > PAGE_SIZE
    return Page(shown, Cursor(rows[PAGE_SIZE - 1][-1], shown[-1].id).token() if more else None)


def products_of(shop_id: int, variant_ids: Collection[int]) -> list[int]:
    """The shop's products that these variants belong to; those of other shops are left out."""
    rows = Variant.objects.filter(pk__in=variant_ids, product__shop=shop_id)
    return list(rows.order_by("product_id").values_list("product_id", flat=True).distinct())


def search_words(typed: str) -> str:
    """A ``to_tsquery`` text of the beginnings of the words typed; '' when there is no word."""
    plain = unaccented(typed)
    return " & ".join(f"{word}:*" for word in re.findall(r"[^\W_]+", plain)[:MOST_WORDS])


def _product(row: tuple[Any, ...]) -> DeskProduct:
    *plain, cover, _updated = row
    return DeskProduct(*[*plain, stored_picture(cover)])


COUNTS = f"""
SELECT count(*) FILTER (WHERE p.status = 'active'), count(*) FILTER (WHERE p.status = 'withdrawn'),
  count(*) FILTER (WHERE p.status = 'active' AND NOT EXISTS (
    SELECT 1 FROM catalog_variant v JOIN catalog_stockitem k ON k.variant_id = v.id
    WHERE v.product_id = p.id AND v.status = 'active' AND {SELLABLE}))
FROM catalog_product p WHERE p.shop_id = %s
"""


def catalogue_counts(shop_id: int) -> CatalogueCounts:
    """Counts of a shop's products, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(COUNTS, [shop_id])
        return CatalogueCounts(*cursor.fetchone())


def desk_variants(product: Product) -> list[DeskVariant]:
    """The variants of a product, in order, withdrawn ones last."""
    rows = product.variants.select_related("stock").order_by("status", "position", "id")
    return [
        DeskVariant(
            id=row.pk,
            label=row.label(),
            sku=row.sku,
            status=row.status,
            currency=row.currency,
            price_minor=row.price_minor,
            sale_price_minor=row.sale_price_minor,
            tracked=row.stock.tracked,
            in_stock=row.stock.in_stock,
            available=row.stock.available,
            held=row.stock.held,
            weight_grams=row.weight_grams,
        )
        for row in rows
    ]


def desk_files(product: Product) -> list[ProductFile]:
    """The files that new buyers of the product get, the oldest first."""
    return list(ProductFile.objects.filter(product=product, withdrawn_at=None).order_by("id"))


PICTURES = f"""
SELECT pp.id, {stored_columns("m")}, pp.alt FROM catalog_productpicture pp
JOIN media_picture m ON m.id = pp.picture_id
WHERE pp.product_id = %s ORDER BY pp.position
"""


@dataclass(frozen=True, slots=True)
class DeskPicture:
    """A product's picture; ``id`` is that of its place, not of the picture."""

    id: int
    picture: PictureView
    alt: str


def desk_pictures(product: Product) -> list[DeskPicture]:
    """The pictures of a product, the cover first."""
    with connection.cursor() as cursor:
        cursor.execute(PICTURES, [product.pk])
        rows = cursor.fetchall()
    return [DeskPicture(key, PictureView(*_json(shot)), alt) for key, shot, alt in rows]


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


@dataclass(frozen=True, slots=True)
class DeskCategory:
    """A category of a shop's catalogue ('': of what has none), how many products it has, and their
    VAT rates in basis points, the highest first."""

    name: str
    products: int
    rates_bp: tuple[int, ...]


def desk_categories(shop_id: int, *, most: int = 500) -> list[DeskCategory]:
    """Those with most products first; one query."""
    with connection.cursor() as cursor:
        cursor.execute(CATEGORIES, [shop_id, most])
        return [DeskCategory(name, many, tuple(rates)) for name, many, rates in cursor.fetchall()]


CATEGORIES = """
SELECT category, count(*), array_agg(DISTINCT vat_rate_bp ORDER BY vat_rate_bp DESC)
FROM catalog_product WHERE shop_id = %s AND status = 'active'
GROUP BY category ORDER BY count(*) DESC, category LIMIT %s
"""
