"""What a feed says of one thing for sale, made uniform."""

import hashlib
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from operator import attrgetter

from comptoir.catalog.feeds.issues import RowIssue
from comptoir.catalog.feeds.prices import Price


class Availability(StrEnum):
    IN_STOCK = "in_stock"
    OUT_OF_STOCK = "out_of_stock"
    PREORDER = "preorder"
    BACKORDER = "backorder"


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One row of a feed: one thing that can be bought, perhaps a variant of a product.

    Text is plain text, without markup. Fields that the feed does not give are empty strings,
    empty tuples or None. `images` holds the main picture first. `gtin` has passed its check.
    Field meanings follow the Google Merchant product data specification.
    """

    external_id: str
    title: str
    price: Price
    availability: Availability
    quantity: int | None = None
    description: str = ""
    link: str = ""
    images: tuple[str, ...] = ()
    sale_price: Price | None = None
    sale_starts: datetime | None = None
    sale_ends: datetime | None = None
    brand: str = ""
    gtin: str = ""
    mpn: str = ""
    condition: str = "new"
    google_product_category: str = ""
    product_type: str = ""
    item_group_id: str = ""
    color: str = ""
    size: str = ""
    material: str = ""
    pattern: str = ""
    gender: str = ""
    age_group: str = ""
    shipping_weight_grams: int | None = None
    custom_labels: tuple[str, ...] = ()

    def fingerprint(self) -> bytes:
        """16 bytes that change when, and only when, what the feed says of the item changes."""
        text = repr(_ALL_FIELDS(self)).encode("utf-8", "surrogatepass")
        return hashlib.blake2b(text, digest_size=16).digest()


_ALL_FIELDS = attrgetter(*(f.name for f in fields(FeedItem)))


@dataclass(frozen=True, slots=True)
class FeedRow:
    """One row of a file as read. `item` is None when an error among `issues` refused it.

    `external_id` is what could be read of the identifier, perhaps nothing, even when refused.
    """

    number: int
    external_id: str
    item: FeedItem | None
    issues: tuple[RowIssue, ...] = ()
