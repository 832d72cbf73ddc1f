"""What one chooses from when buying: a product's picture and variants, without its page."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from comptoir.catalog.queries import VARIANTS_JSON, VariantView, variant_from
from comptoir.common import clock
from comptoir.common.rows import fetch_all
from comptoir.media.queries import PictureView, stored_columns, stored_picture

BIGGEST = 2**63


@dataclass(frozen=True, slots=True)
class Pick:
    """A product with its cover and its variants on sale, in the shop's order; ``elsewhere``: it is
    bought on the shop's own site alone."""

    product_id: int
    title: str
    cover: PictureView | None
    alt: str
    elsewhere: bool
    variants: tuple[VariantView, ...]

    @property
    def address(self) -> str:
        return f"/products/{self.product_id}"

    @property
    def in_stock(self) -> bool:
        return any(variant.in_stock for variant in self.variants)

    def variant(self, variant_id: int | None) -> VariantView | None:
        """The variant of that id; else the first one that can be bought, else the first."""
        named = (v for v in self.variants if v.id == variant_id)
        there = (v for v in self.variants if v.in_stock)
        return next(named, None) or next(there, self.variants[0] if self.variants else None)


# The list of keys is hidden in a subquery so that the plan is made once (as in ``sales`` for what
# is bought): to plan takes longer than to read.
FIRST_PICTURES = """
FROM catalog_product p
JOIN people_profile f ON f.id = p.shop_id AND NOT f.is_suspended
LEFT JOIN LATERAL (
  SELECT pp.picture_id, pp.alt FROM catalog_productpicture pp
  WHERE pp.product_id = p.id ORDER BY pp.position LIMIT 1) c ON TRUE
LEFT JOIN media_picture m ON m.id = c.picture_id
WHERE p.id = ANY((SELECT %(ids)s::bigint[])::bigint[])
"""
COVERS = f"SELECT p.id, {stored_columns('m')}, coalesce(c.alt, '') {FIRST_PICTURES}"
PICKS = f"""
SELECT p.id, p.title, {stored_columns("m")}, coalesce(c.alt, ''), p.buy_url <> '',
  {VARIANTS_JSON}
{FIRST_PICTURES}
"""


def picks_of(product_ids: Iterable[int]) -> dict[int, Pick]:
    """Picks by product id, in one query; those of suspended shops are absent.

    Whether the buyer may buy from that shop is asked with the shop's terms.
    """
    ids = [product_id for product_id in dict.fromkeys(product_ids) if product_id < BIGGEST]
    return {row[0]: _pick(row) for row in fetch_all(PICKS, {"ids": ids, "now": clock.now()})}


def covers_of(product_ids: Iterable[int]) -> dict[int, tuple[PictureView | None, str]]:
    """The first picture of each product with its alt text, in one query; see ``picks_of``."""
    ids = list(dict.fromkeys(product_ids))
    rows = fetch_all(COVERS, {"ids": ids})
    return {row[0]: (stored_picture(row[1]), row[2]) for row in rows}


def _pick(row: tuple[Any, ...]) -> Pick:
    product_id, title, cover, alt, elsewhere, offers = row
    parsed = json.loads(offers) if isinstance(offers, str) else offers or []
    variants = tuple(variant_from(values) for values in parsed)
    return Pick(product_id, title, stored_picture(cover), alt, elsewhere, variants)
