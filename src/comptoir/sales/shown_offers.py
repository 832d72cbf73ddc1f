"""The offers that a shop's pages tell, and what they make of a price: the same as at the order."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from comptoir.common import clock
from comptoir.common.rows import fetch_all
from comptoir.sales.pricing.lines import PricedLine
from comptoir.sales.pricing.offer_terms import (
    SHOWN_OFFERS_SQL,
    OfferTerms,
    as_follower,
    offer_terms,
)
from comptoir.sales.pricing.offers import piece_under
from comptoir.sales.services.offer_uses import customer_of

Offers = tuple[OfferTerms, ...]

SHOWN = f"""
SELECT s.profile_id, {SHOWN_OFFERS_SQL} FROM shops_shop s WHERE s.profile_id = ANY(%(shops)s)
"""


@dataclass(frozen=True, slots=True)
class PiecePrice:
    """What one piece costs, in minor units: everyone, this viewer, and a follower.

    ``public_minor`` is what is announced to all, ``public_was_minor`` what may be crossed out
    beside it (``None``: nothing). ``name`` is of the offer that lowers it further for this viewer;
    '' when none does.
    """

    public_minor: int
    public_was_minor: int | None
    price_minor: int
    name: str
    follower_minor: int

    @property
    def is_lower(self) -> bool:
        """Whether this viewer pays less than everyone."""
        return self.price_minor < self.public_minor

    @property
    def better_for_followers(self) -> bool:
        return self.follower_minor < self.price_minor


def shown_offers(buyer: int | None, shop_ids: Collection[int]) -> dict[int, Offers]:
    """The live offers of each shop that a viewer (a profile; ``None``: a guest) may be told of, in
    one query.

    Those for named people reach these alone. An offer for followers is told to everyone; whether
    its code is, is for the page to ask (``reached``).
    """
    if not shop_ids:
        return {}
    values = {
        "shops": list(shop_ids),
        "buyer": buyer,
        "customer": customer_of(buyer, "") if buyer is not None else "",
        "now": clock.now(),
    }
    rows = fetch_all(SHOWN, values)
    return {shop_id: tuple(filter(_told, offer_terms(told))) for shop_id, told in rows}


def _told(offer: OfferTerms) -> bool:
    used_up = offer.left == 0 or offer.left_for_buyer == 0
    return not used_up and (offer.reached or offer.audience == "followers")


def piece_price(
    piece: PricedLine, was_minor: int | None, offers: Sequence[OfferTerms], now: datetime
) -> PiecePrice:
    """What one piece of this line costs, bought alone; ``was_minor``: crossed out beside its price
    of now. The offers come with their prior prices (``announced.with_priors``)."""
    to_all = [o for o in offers if o.announced and o.audience == "everyone"]
    public, by = piece_under(piece, to_all, now)
    prior = by.priors.get(piece.variant_id) if by is not None else was_minor
    price, lowers = piece_under(piece, offers, now)
    return PiecePrice(
        public_minor=public,
        public_was_minor=prior if prior is not None and prior > public else None,
        price_minor=price,
        name=lowers.name if lowers is not None and price < public else "",
        follower_minor=piece_under(piece, as_follower(offers), now)[0],
    )


def tells(offer: OfferTerms) -> bool:
    """Whether it may be told beside the goods that its prior prices are of: a percentage without a
    prior price is charged, and not announced."""
    return bool(offer.priors) or not offer.announced
