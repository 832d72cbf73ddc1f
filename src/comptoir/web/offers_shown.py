"""A shop's offers as its pages tell them, and the prices that they make."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from comptoir.catalog.queries import ProductView
from comptoir.common import clock
from comptoir.people.actor import Actor
from comptoir.sales.announced import with_priors
from comptoir.sales.baskets import BasketPage, ShopBasket
from comptoir.sales.pricing.lines import PricedLine
from comptoir.sales.pricing.offer_terms import OfferTerms
from comptoir.sales.pricing.offers import Applied, apply
from comptoir.sales.shown_offers import PiecePrice, piece_price, shown_offers, tells


@dataclass(frozen=True, slots=True)
class Heading:
    """The price beside a product's title: what everyone pays, and what is crossed out beside it.

    Minor units of ``currency``; of the cheapest variant when their prices differ.
    """

    price_minor: int
    was_minor: int | None
    currency: str
    has_price_range: bool


@dataclass(frozen=True, slots=True)
class ProductOffers:
    """What a product's page tells of its shop's offers, and what a piece costs under them.

    ``pieces`` are by variant; ``piece`` is the one whose price stands beside the title.
    """

    offers: tuple[OfferTerms, ...]
    pieces: dict[int, PiecePrice]
    piece: PiecePrice
    heading: Heading


def offers_of_shop(actor: Actor, shop_id: int) -> tuple[OfferTerms, ...]:
    """What a shop's page tells of them, codes '' to those whom they are not for; one query."""
    return _hidden(shown_offers(actor, [shop_id]).get(shop_id, ()))


def offers_of_product(actor: Actor, product: ProductView) -> ProductOffers:
    """One query, and a second one when a percentage is announced."""
    card, now = product.card, clock.now()
    lines = {v.id: _line(product, v.id, v.price_minor) for v in product.variants}
    whole = _line(product, 0, card.price_minor)
    told = shown_offers(actor, [card.shop_id]).get(card.shop_id, ())
    offers = with_priors((o for o in told if o.covers(whole)), list(lines))
    pieces = {v.id: piece_price(lines[v.id], v.was_minor, offers, now) for v in product.variants}
    cheapest = min(pieces.values(), key=lambda piece: piece.public_minor, default=None)
    piece = cheapest or piece_price(whole, card.was_minor, offers, now)
    dearest = max((each.public_minor for each in pieces.values()), default=piece.public_minor)
    return ProductOffers(
        offers=_hidden([offer for offer in offers if tells(offer)]),
        pieces=pieces,
        piece=piece,
        heading=Heading(
            piece.public_minor, piece.public_was_minor, card.currency, dearest > piece.public_minor
        ),
    )


def _line(product: ProductView, variant_id: int, price_minor: int) -> PricedLine:
    return PricedLine(
        variant_id=variant_id,
        quantity=1,
        unit_minor=price_minor,
        vat_rate_bp=product.vat_rate_bp,
        product_id=product.card.id,
    )


def offers_of_basket(actor: Actor, shops: Sequence[ShopBasket]) -> dict[int, Applied]:
    """What each shop's lines cost under the offers that apply by themselves; one query, and another
    for each shop that announces a percentage."""
    told = shown_offers(actor, [shop.shop_id for shop in shops])
    now = clock.now()
    return {
        shop.shop_id: apply(
            [
                PricedLine(line.variant_id, line.buyable, line.unit_minor, 0, line.product_id)
                for line in shop.lines
                if line.buyable
            ],
            with_priors(told.get(shop.shop_id, ()), [v for v, _quantity in shop.wanted]),
            now=now,
        )
        for shop in shops
    }


def tells_changes(page: BasketPage, offers: Mapping[int, Applied]) -> bool:
    """Whether a price of the basket is pointed out as another one than was seen."""
    if not page.price_changed:
        return False
    for shop in page.shops:
        announced = offers[shop.shop_id].announced_by_variant
        if any(line.tells_change(announced.get(line.variant_id)) for line in shop.lines):
            return True
    return False


def _hidden(offers: Sequence[OfferTerms]) -> tuple[OfferTerms, ...]:
    return tuple(offer if offer.reached else replace(offer, code="") for offer in offers)
