"""Reads of collections."""

from comptoir.catalog.cards import CARD_COLUMNS, CARD_JOINS, ProductCard, card_from
from comptoir.catalog.models import Collection, CollectionProduct, Product
from comptoir.common import clock
from comptoir.common.rows import fetch_all

MOST_FOUND = 120

# Chosen ones first, in their order, then what the rule finds, newest first.
CARDS = f"""
SELECT {CARD_COLUMNS} FROM catalog_product p {CARD_JOINS}
LEFT JOIN catalog_askedprice asked ON asked.product_id = p.id
LEFT JOIN catalog_collectionproduct c ON c.product_id = p.id AND c.collection_id = %(id)s
WHERE p.shop_id = %(shop)s AND p.status = 'active' AND (c.id IS NOT NULL OR (
  (%(brand)s <> '' OR %(category)s <> '' OR %(most)s::bigint IS NOT NULL)
  AND (%(brand)s = '' OR lower(p.brand) = lower(%(brand)s))
  AND (%(category)s = '' OR starts_with(lower(p.category), lower(%(category)s)))
  AND (%(most)s::bigint IS NULL OR coalesce(asked.price_minor, offer.price) <= %(most)s::bigint)))
ORDER BY c.position NULLS LAST, p.id DESC LIMIT {MOST_FOUND}
"""


def collections_of(shop_id: int) -> list[Collection]:
    """The shop's collections in its order."""
    return list(Collection.objects.filter(shop=shop_id).order_by("position", "id"))


def collection_named(shop_id: int, slug: str) -> Collection | None:
    """The shop's collection at that address, if there is one."""
    return Collection.objects.filter(shop=shop_id, slug=slug).first()


def collection_cards(collection: Collection) -> list[ProductCard]:
    """What is in the collection now, in one query."""
    params = {
        "id": collection.pk,
        "shop": collection.shop_id,
        "brand": collection.rule_brand,
        "category": collection.rule_category,
        "most": collection.rule_most_minor,
        "now": clock.now(),
    }
    return [card_from(row) for row in fetch_all(CARDS, params)]


def chosen_in(collection: Collection) -> list[Product]:
    """The products that were chosen by hand, in their order."""
    rows = CollectionProduct.objects.filter(collection=collection).select_related("product")
    return [row.product for row in rows.order_by("position", "id")]
