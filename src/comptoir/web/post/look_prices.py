"""What the things of a look cost, and what those that stand ticked come to."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from comptoir.catalog.cards import ProductCard
from comptoir.catalog.picks import Pick
from comptoir.catalog.queries import VariantView
from comptoir.people.actor import Actor
from comptoir.sales.pricing.announced_prices import AnnouncedPrice
from comptoir.sales.pricing.lines import PricedLine
from comptoir.sales.pricing.offers import Given
from comptoir.web.offers_shown import BasketOffers, Chosen, offers_of_lines


@dataclass(frozen=True, slots=True)
class Thing:
    """A product of the look, and what of it one chooses from; ``ticked``: the variant chosen."""

    card: ProductCard
    pick: Pick
    ticked: VariantView | None

    @property
    def shown(self) -> VariantView | None:
        """The variant whose price stands there."""
        return self.ticked or self.pick.variant(None)


@dataclass(frozen=True, slots=True)
class Sum:
    """What is ticked, in minor units of one currency, before delivery; ``beside``: what offers take
    off below the prices that stand at the things."""

    currency: str
    goods_minor: int
    beside: tuple[Given, ...]
    total_minor: int


@dataclass(frozen=True, slots=True)
class LookPrices:
    """By variant, the announced price of a piece, if it has one; and a sum for each currency."""

    announced: dict[int, AnnouncedPrice]
    sums: tuple[Sum, ...]

    def piece(self, variant: VariantView) -> AnnouncedPrice | VariantView:
        """The price of one, with what is crossed out beside it."""
        return self.announced.get(variant.id) or variant


def things_of(
    pairs: Sequence[tuple[ProductCard, Pick]], ticked: Collection[int] | None
) -> list[Thing]:
    """``ticked``: the variants that were chosen; ``None``: as the look opens, one of each."""
    return [Thing(card, pick, _ticked(pick, ticked)) for card, pick in pairs]


def _ticked(pick: Pick, ticked: Collection[int] | None) -> VariantView | None:
    if ticked is None:
        first = pick.variant(None)
        return first if first is not None and first.in_stock else None
    return next((each for each in pick.variants if each.in_stock and each.id in ticked), None)


def prices_of(actor: Actor, things: Sequence[Thing]) -> LookPrices:
    """See ``offers_of_lines`` for its queries."""
    by_shop: dict[int, list[Thing]] = {}
    for thing in things:
        by_shop.setdefault(thing.card.shop_id, []).append(thing)
    found = offers_of_lines(actor, {shop: _chosen(those) for shop, those in by_shop.items()})
    currencies = {thing.card.currency: None for thing in things if thing.ticked is not None}
    return LookPrices(found.announced, tuple(_sum(each, by_shop, found) for each in currencies))


def _chosen(things: Sequence[Thing]) -> Chosen:
    return Chosen(
        [_line(thing, thing.ticked) for thing in things if thing.ticked is not None],
        [_line(thing, each) for thing in things for each in thing.pick.variants],
    )


def _line(thing: Thing, variant: VariantView) -> PricedLine:
    return PricedLine(variant.id, 1, variant.price_minor, 0, thing.card.id)


def _sum(currency: str, by_shop: dict[int, list[Thing]], found: BasketOffers) -> Sum:
    shops = [shop for shop, those in by_shop.items() if those[0].card.currency == currency]
    applied = [found.applied[shop] for shop in shops]
    beside = tuple(given for each in applied for given in each.beside)
    total = sum(line.total_minor for each in applied for line in each.lines)
    goods = total + sum(given.amount_minor for given in beside)
    return Sum(currency, goods, beside, total)
