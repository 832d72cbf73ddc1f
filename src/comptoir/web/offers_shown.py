"""A shop's offers as its pages tell them, and the prices that they make."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from comptoir.catalog.queries import ProductView, VariantView
from comptoir.common import clock
from comptoir.people.actor import Actor
from comptoir.sales.baskets import ShopBasket
from comptoir.sales.pricing.lines import PricedLine
from comptoir.sales.pricing.offer_terms import OfferTerms
from comptoir.sales.pricing.offers import Applied, apply
from comptoir.sales.shown_offers import PiecePrice, piece_price, shown_offers


@dataclass(frozen=True, slots=True)
class ProductOffers:
    """What a product's page tells of its shop's offers, and what a piece costs under them."""

    offers: tuple[OfferTerms, ...]
    piece: PiecePrice
    full_minor: int

    @property
    def is_lower(self) -> bool:
        """Whether this viewer pays less than the price beside the title."""
        return self.piece.price_minor < self.full_minor


def offers_of_shop(actor: Actor, shop_id: int) -> tuple[OfferTerms, ...]:
    """What a shop's page tells of them, codes '' to those whom they are not for; one query."""
    return _hidden(shown_offers(actor, [shop_id]).get(shop_id, ()))


def offers_of_product(
    actor: Actor, product: ProductView, chosen: VariantView | None
) -> ProductOffers:
    """Of the variant chosen, or of the cheapest one when there are several; one query."""
    one = chosen is not None and len(product.variants) == 1
    price = chosen.price_minor if one and chosen is not None else product.card.price_minor
    piece = PricedLine(
        variant_id=chosen.id if chosen is not None else 0,
        quantity=1,
        unit_minor=price,
        vat_rate_bp=product.vat_rate_bp,
        product_id=product.card.id,
    )
    shop_id = product.card.shop_id
    offers = [o for o in shown_offers(actor, [shop_id]).get(shop_id, ()) if o.covers(piece)]
    return ProductOffers(_hidden(offers), piece_price(piece, offers, clock.now()), price)


def offers_of_basket(actor: Actor, shops: Sequence[ShopBasket]) -> dict[int, Applied]:
    """What each shop's lines cost under the offers that apply by themselves; one query."""
    told = shown_offers(actor, [shop.shop_id for shop in shops])
    now = clock.now()
    return {
        shop.shop_id: apply(
            [
                PricedLine(line.variant_id, line.buyable, line.unit_minor, 0, line.product_id)
                for line in shop.lines
                if line.buyable
            ],
            told.get(shop.shop_id, ()),
            now=now,
        )
        for shop in shops
    }


def _hidden(offers: Sequence[OfferTerms]) -> tuple[OfferTerms, ...]:
    return tuple(offer if offer.reached else replace(offer, code="") for offer in offers)
