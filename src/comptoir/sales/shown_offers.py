"""The offers that a shop's pages tell, and what they make of a price: the same as at the order."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from comptoir.common import clock
from comptoir.people.actor import Actor
from comptoir.sales.pricing.lines import PricedLine
from comptoir.sales.pricing.offer_terms import (
    SHOWN_OFFERS_SQL,
    OfferTerms,
    as_follower,
    offer_terms,
)
from comptoir.sales.pricing.offers import price_of_piece
from comptoir.sales.services.offer_uses import customer_of

Offers = tuple[OfferTerms, ...]

SHOWN = f"""
SELECT s.profile_id, {SHOWN_OFFERS_SQL} FROM shops_shop s WHERE s.profile_id = ANY(%(shops)s)
"""


@dataclass(frozen=True, slots=True)
class PiecePrice:
    """What one piece costs this viewer, and what it would cost as a follower; minor units.

    ``name`` and ``follower_name`` are of the offers that lower them, '' when none does.
    """

    price_minor: int
    name: str
    follower_minor: int
    follower_name: str

    @property
    def better_for_followers(self) -> bool:
        return self.follower_minor < self.price_minor


def shown_offers(actor: Actor, shop_ids: Collection[int]) -> dict[int, Offers]:
    """The live offers of each shop that this viewer may be told of, in one query.

    Those for named people reach these alone. An offer for followers is told to everyone; whether
    its code is, is for the page to ask (``reached``).
    """
    if not shop_ids:
        return {}
    buyer = actor.profile_id
    values = {
        "shops": list(shop_ids),
        "buyer": buyer,
        "customer": customer_of(buyer, "") if buyer is not None else "",
        "now": clock.now(),
    }
    with connection.cursor() as cursor:
        cursor.execute(SHOWN, values)
        rows = cursor.fetchall()
    return {shop_id: tuple(filter(_told, offer_terms(told))) for shop_id, told in rows}


def _told(offer: OfferTerms) -> bool:
    used_up = offer.left == 0 or offer.left_for_buyer == 0
    return not used_up and (offer.reached or offer.audience == "followers")


def piece_price(piece: PricedLine, offers: Sequence[OfferTerms], now: datetime) -> PiecePrice:
    """What one piece of this line costs, bought alone."""
    return PiecePrice(
        *price_of_piece(piece, offers, now), *price_of_piece(piece, as_follower(offers), now)
    )
