"""Announced percentages and the prices of which they must be true."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from comptoir.catalog.prior_prices import prior_prices_of
from comptoir.sales.pricing.lines import PricedLine
from comptoir.sales.pricing.offer_terms import OfferTerms
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
