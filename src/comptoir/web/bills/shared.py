"""What is in a shared basket, by shop, at the prices and stock of now."""

from collections.abc import Sequence
from dataclasses import dataclass

from comptoir.catalog.cards import ProductCard, cards_of
from comptoir.catalog.picks import Pick, picks_of
from comptoir.catalog.queries import VariantView
from comptoir.people.actor import Actor
from comptoir.sales.pricing.announced_prices import AnnouncedPrice
from comptoir.sales.pricing.lines import PricedLine
from comptoir.sales.pricing.offers import Applied
from comptoir.sales.services.shared_basket import products_of
from comptoir.web.offers_shown import Chosen, offers_of_lines


@dataclass(frozen=True, slots=True)
class SharedLine:
    """So many of a variant. ``closed``: its shop does not sell at the moment."""

    card: ProductCard
    pick: Pick
    variant: VariantView
    quantity: int

    @property
    def closed(self) -> bool:
        return self.pick.in_stock and not self.card.in_stock

    @property
    def buyable(self) -> int:
        """How many of them can be bought now."""
        if self.closed or not self.variant.in_stock:
            return 0
        left = self.variant.left
        return self.quantity if left is None else min(self.quantity, left)

    @property
    def total_minor(self) -> int:
        return self.variant.price_minor * self.buyable


@dataclass(frozen=True, slots=True)
class SharedShop:
    """The lines of one shop, and what its offers make of them."""

    handle: str
    name: str
    currency: str
    lines: tuple[SharedLine, ...]
    applied: Applied

    @property
    def pieces(self) -> int:
        return sum(line.buyable for line in self.lines)

    @property
    def total_minor(self) -> int:
        """Of what can be bought now, before delivery and offers."""
        return sum(line.total_minor for line in self.lines)


@dataclass(frozen=True, slots=True)
class Shared:
    """A whole shared basket as this person may see it. ``announced``: by variant, the announced
    price of a piece, if it has one."""

    shops: tuple[SharedShop, ...]
    announced: dict[int, AnnouncedPrice]

    @property
    def buyable(self) -> bool:
        return any(shop.pieces for shop in self.shops)


def shared_of(actor: Actor, lines: Sequence[tuple[int, int]]) -> Shared:
    """What is still sold of (variant id, quantity), shops in the order of their first line. See
    ``offers_of_lines`` for its queries; three beside."""
    by_shop: dict[int, list[SharedLine]] = {}
    for line in _lines(actor, lines):
        by_shop.setdefault(line.card.shop_id, []).append(line)
    found = offers_of_lines(actor, {shop_id: _chosen(those) for shop_id, those in by_shop.items()})
    shops = []
    for shop_id, those in by_shop.items():
        card = those[0].card
        applied = found.applied[shop_id]
        shops.append(
            SharedShop(card.shop_handle, card.shop_name, card.currency, tuple(those), applied)
        )
    return Shared(tuple(shops), found.announced)


def _lines(actor: Actor, lines: Sequence[tuple[int, int]]) -> list[SharedLine]:
    products = products_of([variant_id for variant_id, _many in lines])
    cards, picks = cards_of(actor, products.values()), picks_of(products.values())
    found = []
    for variant_id, quantity in lines:
        product_id = products.get(variant_id, 0)
        card, pick = cards.get(product_id), picks.get(product_id)
        variant = pick.variant(variant_id) if pick is not None and not pick.elsewhere else None
        if card and pick and variant is not None and variant.id == variant_id:
            found.append(SharedLine(card, pick, variant, quantity))
    return found


def _chosen(lines: Sequence[SharedLine]) -> Chosen:
    return Chosen(
        [_priced(line, line.buyable) for line in lines if line.buyable],
        [_priced(line, 1) for line in lines if not line.buyable],
    )


def _priced(line: SharedLine, quantity: int) -> PricedLine:
    return PricedLine(line.variant.id, quantity, line.variant.price_minor, 0, line.card.id)
