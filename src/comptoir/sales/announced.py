"""Announced percentages and the prices of which they must be true."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from comptoir.catalog.prior_prices import prior_prices_of
from comptoir.sales.pricing.announced_prices import AnnouncedPrice
from comptoir.sales.pricing.lines import PricedLine
from comptoir.sales.pricing.offer_terms import OfferTerms
from comptoir.sales.pricing.offers import apply
from comptoir.sales.pricing.quote import SellerTerms

Offers = tuple[OfferTerms, ...]


def with_priors(offers: Iterable[OfferTerms], variant_ids: Collection[int]) -> Offers:
    """The offers with the prior prices of these variants: one query if any is announced."""
    asked = tuple(offers)
    if not variant_ids or not any(offer.announced for offer in asked):
        return asked
    priors = prior_prices_of(variant_ids)
    return tuple(
        replace(
            offer,
            priors={v: found[offer.id] for v, found in priors.items() if offer.id in found},
        )
        if offer.announced
        else offer
        for offer in asked
    )


def truly_announced(terms: SellerTerms, lines: Sequence[PricedLine]) -> SellerTerms:
    """A shop's terms for these lines, its announced percentages with their prior prices."""
    if not any(offer.announced for offer in terms.offers):
        return terms
    return replace(terms, offers=with_priors(terms.offers, {line.variant_id for line in lines}))


def announced_alone(
    lines: Iterable[PricedLine], offers: Sequence[OfferTerms], now: datetime
) -> dict[int, AnnouncedPrice]:
    """By variant, its announced price when its line is bought alone, as its page says it; without
    those that have none. The offers come with their prior prices."""
    percents = [offer for offer in offers if offer.announced]
    alone = {line.variant_id: apply([line], percents, now=now).announced[0] for line in lines}
    return {variant: price for variant, price in alone.items() if price is not None}
