"""What a basket's things are said to cost when they are put in, to be compared with later."""

from collections.abc import Mapping, Sequence

from comptoir.common import clock
from comptoir.sales.announced import announced_alone, with_priors
from comptoir.sales.pricing.lines import PricedLine
from comptoir.sales.shown_offers import shown_offers


def prices_said(buyer: int | None, lines: Mapping[int, Sequence[PricedLine]]) -> dict[int, int]:
    """By variant, the price of a piece as its page says it: announced percentages taken off.

    ``lines`` by shop; one query, and another for each shop that announces a percentage.
    """
    told, now = shown_offers(buyer, list(lines)), clock.now()
    said: dict[int, int] = {}
    for shop_id, of_shop in lines.items():
        offers = with_priors(told.get(shop_id, ()), [line.variant_id for line in of_shop])
        said |= {line.variant_id: line.unit_minor for line in of_shop}
        announced = announced_alone(of_shop, offers, now)
        said |= {variant: price.price_minor for variant, price in announced.items()}
    return said
