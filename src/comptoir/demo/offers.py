"""What the shops of the demo place grant to those who follow them."""

from comptoir.demo.bearings import Bearings
from comptoir.sales.models import Offer
from comptoir.sales.services.offers import OfferDraft, create_offer


def grant(bearings: Bearings) -> None:
    """Makes the offers that are not there yet."""
    for shop in bearings.town.shops:
        row = bearings.shops[shop.handle]
        there = set(Offer.objects.filter(shop=row).values_list("name", flat=True))
        for offer in shop.offers:
            if offer.name not in there:
                draft = OfferDraft(
                    name=offer.name,
                    kind=offer.kind,
                    value=offer.value,
                    code=offer.code,
                    audience=offer.audience,
                    minimum_minor=offer.minimum_minor,
                )
                create_offer(shop=row, draft=draft)
