"""Reads of a shop's offers: for those who work there, and as the shop shows them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from comptoir.catalog.models import Product
from comptoir.common import clock
from comptoir.common.rows import fetch_rows
from comptoir.sales.models import Offer

MOST_SHOWN = 300


@dataclass(frozen=True, slots=True)
class DeskOffer:
    """An offer with what came of it; amounts in minor units of ``currency``.

    ``uses`` are the orders that hold or have used it; ``given_minor`` what it took off those that
    were paid. ``state`` is live, planned, ended, used_up or stopped. ``products`` is how many are
    chosen, 0 for the whole shop.
    """

    id: int
    name: str
    kind: str
    value: int
    currency: str
    buy_quantity: int
    get_quantity: int
    minimum_minor: int
    code: str
    starts: datetime | None
    ends: datetime | None
    limit_total: int | None
    audience: str
    state: str
    uses: int
    given_minor: int
    products: int
    people: int


DESK_OFFERS = f"""
SELECT o.id, o.name, o.kind, o.value, o.currency, coalesce(o.buy_quantity, 0),
  coalesce(o.get_quantity, 0), o.minimum_minor, o.code, o.starts, o.ends, o.limit_total, o.audience,
  o.state, o.uses,
  (SELECT coalesce(sum(u.amount_minor), 0)::bigint FROM sales_offeruse u
   WHERE u.offer_id = o.id AND u.status = 'used'),
  (SELECT count(*) FROM sales_offer_products m WHERE m.offer_id = o.id),
  (SELECT count(*) FROM sales_offer_segment g WHERE g.offer_id = o.id)
FROM (SELECT *,
  CASE WHEN NOT is_active THEN 'stopped' WHEN ends <= %(now)s THEN 'ended'
    WHEN uses >= limit_total THEN 'used_up' WHEN starts > %(now)s THEN 'planned'
    ELSE 'live' END AS state
  FROM sales_offer WHERE shop_id = %(shop)s) o
WHERE %(only)s::bigint IS NULL OR o.id = %(only)s::bigint
ORDER BY array_position(ARRAY['live', 'planned', 'used_up', 'ended', 'stopped'], o.state),
  o.id DESC
LIMIT {MOST_SHOWN}
"""


def desk_offers(shop_id: int, *, only: int | None = None) -> list[DeskOffer]:
    """A shop's offers, those that count now first, then the newest; or the one of that id."""
    params = {"shop": shop_id, "now": clock.now(), "only": only}
    return fetch_rows(DeskOffer, DESK_OFFERS, params)


def titles_of(shop_id: int, product_ids: Collection[int]) -> list[tuple[int, str]]:
    """(id, title) of those products that are the shop's, by title."""
    rows = Product.objects.filter(shop=shop_id, pk__in=product_ids).order_by("title", "id")
    return list(rows.values_list("id", "title"))


def chosen_of(offer: Offer) -> tuple[list[int], list[str]]:
    """Ids of the products chosen, and handles of the people named."""
    products = offer.products.order_by("id").values_list("id", flat=True)
    people = offer.segment.order_by("handle").values_list("handle", flat=True)
    return list(products), list(people)
