"""A shop's offers as its pages tell them, and the prices that they make."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from comptoir.catalog.queries import ProductView
from comptoir.common import clock
from comptoir.people.actor import Actor
from comptoir.sales.announced import announced_alone, with_priors
from comptoir.sales.baskets import BasketLineView, BasketPage
from comptoir.sales.pricing.announced_prices import AnnouncedPrice
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
    return _hidden(shown_offers(actor.profile_id, [shop_id]).get(shop_id, ()))


def offers_of_product(actor: Actor, product: ProductView) -> ProductOffers:
    """One query, and a second one when a percentage is announced."""
    card, now = product.card, clock.now()
    lines = {v.id: _line(product, v.id, v.price_minor) for v in product.variants}
    whole = _line(product, 0, card.price_minor)
    told = shown_offers(actor.profile_id, [card.shop_id]).get(card.shop_id, ())
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


@dataclass(frozen=True, slots=True)
class BasketOffers:
    """What a basket's lines cost under the offers that apply by themselves.

    ``applied``, by shop, is of what can be bought now. ``announced``: by variant, the announced
    price of a piece, in that purchase, or else (saved for later, sold out) bought alone.
    """

    applied: dict[int, Applied]
    announced: dict[int, AnnouncedPrice]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What of a shop is to be bought together, and what is shown beside it at its price alone."""

    bought: Sequence[PricedLine]
    alone: Sequence[PricedLine]


def offers_of_basket(actor: Actor, page: BasketPage) -> BasketOffers:
    """One query, and another for each shop that announces a percentage."""
    by_shop: dict[int, list[BasketLineView]] = {shop.shop_id: [] for shop in page.shops}
    for line in page.lines:
        by_shop.setdefault(line.shop_id, []).append(line)
    return offers_of_lines(actor, {shop_id: _chosen(lines) for shop_id, lines in by_shop.items()})


def _chosen(lines: Sequence[BasketLineView]) -> Chosen:
    bought = [line for line in lines if line.buyable and not line.saved_for_later]
    alone = [_priced(line, 1) for line in lines if line.is_sold and line not in bought]
    return Chosen([_priced(line, line.buyable) for line in bought], alone)


def offers_of_lines(actor: Actor, by_shop: Mapping[int, Chosen]) -> BasketOffers:
    """One query, and another for each shop that announces a percentage."""
    told = shown_offers(actor.profile_id, list(by_shop))
    found, now = BasketOffers({}, {}), clock.now()
    for shop_id, lines in by_shop.items():
        ids = [line.variant_id for line in (*lines.bought, *lines.alone)]
        offers = with_priors(told.get(shop_id, ()), ids)
        together = apply(lines.bought, offers, now=now)
        found.announced.update(announced_alone(lines.alone, offers, now))
        found.announced.update(together.announced_by_variant)
        found.applied[shop_id] = together
    return found


def _priced(line: BasketLineView, quantity: int) -> PricedLine:
    return PricedLine(line.variant_id, quantity, line.unit_minor, 0, line.product_id)


def tells_changes(page: BasketPage, offers: BasketOffers) -> bool:
    """Whether a price of what is to be bought is pointed out as another one than was seen."""
    lines = (line for shop in page.shops for line in shop.lines)
    return any(line.tells_change(offers.announced.get(line.variant_id)) for line in lines)


def cheaper_than_seen(page: BasketPage, offers: BasketOffers) -> dict[int, int]:
    """By variant, the announced price that a line stands at, if it is below the one seen before: as
    in a basket that has come to an offer's minimum."""
    seen = {line.variant_id: line.seen_minor for line in page.lines}
    shown = {variant: price.price_minor for variant, price in offers.announced.items()}
    return {variant: price for variant, price in shown.items() if price < seen[variant]}


def _hidden(offers: Sequence[OfferTerms]) -> tuple[OfferTerms, ...]:
    return tuple(offer if offer.reached else replace(offer, code="") for offer in offers)
