"""What announced percentages make of each line's price, and what other offers take off beside it.

A percentage that a shop announces is part of the price, which stands beside the lowest one of the
thirty days before; it is no reduction of the price that would be asked without it. What is shown of
a purchase is therefore, by line, the announced price, and as reductions only what offers take off
below that. Both come to the same total as ``offers.apply``.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from comptoir.sales.pricing.lines import PricedLine
from comptoir.sales.pricing.offer_terms import OfferTerms


@dataclass(frozen=True, slots=True)
class AnnouncedPrice:
    """What a piece costs under an announced percentage, in minor units.

    ``was_minor`` is crossed out beside it, and ``name`` of the offer is said; ``None`` and '' where
    there is no prior price: nothing is announced then.
    """

    price_minor: int
    was_minor: int | None
    name: str


def announced_price(line: PricedLine, percents: Sequence[OfferTerms]) -> AnnouncedPrice | None:
    """``None`` where no announced percentage lowers its price. ``percents`` hold for the purchase,
    the preferred one first."""
    asked = [each for each in percents if each.announced and each.covers(line)]
    best = max(asked, key=lambda offer: offer.off_piece(line), default=None)
    if best is None or not best.off_piece(line):
        return None
    price, prior = line.unit_minor - best.off_piece(line), best.priors.get(line.variant_id)
    was = prior if prior is not None and prior > price else None
    return AnnouncedPrice(price, was, best.name if was is not None else "")


def announced_off(line: PricedLine, price: AnnouncedPrice | None) -> int:
    """What the whole line costs less at its announced price, in minor units."""
    return (line.unit_minor - price.price_minor) * line.quantity if price is not None else 0
