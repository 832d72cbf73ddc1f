"""Offers of the cast's shops, and terms written by hand."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from comptoir.sales.models import Offer, Order
from comptoir.sales.pricing.lines import PricedLine
from comptoir.sales.pricing.offer_terms import OfferTerms
from comptoir.sales.services.offers import OfferDraft, create_offer
from comptoir.shops.models import Shop

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def offer(at: Shop, **said: Any) -> Offer:
    """An offer of the shop; ten percent unless said otherwise."""
    return create_offer(shop=at, draft=draft(**said))


def draft(**said: Any) -> OfferDraft:
    return OfferDraft(**{"name": "Ten percent", "kind": "percent", "value": 1000, **said})


def terms(number: int = 1, **said: Any) -> OfferTerms:
    """Ten percent on everything for everyone, unless said otherwise."""
    plain: dict[str, Any] = {
        "id": number, "name": f"offer {number}", "kind": "percent", "value": 1000, "code": "",
        "minimum_minor": 0, "buy_quantity": 2, "get_quantity": 1, "starts": None, "ends": None,
        "audience": "everyone", "reached": True, "left": None, "left_for_buyer": None,
        "product_ids": None,
    }  # fmt: skip
    return OfferTerms(**{**plain, **said})


def line(unit_minor: int, quantity: int = 1, product: int = 1) -> PricedLine:
    return PricedLine(
        variant_id=product,
        quantity=quantity,
        unit_minor=unit_minor,
        vat_rate_bp=2000,
        product_id=product,
    )


def order_row(at: Shop) -> Order:
    """An order of the shop that nothing but a use of an offer looks at."""
    return Order.objects.create(
        checkout_key=uuid4(),
        request_hash="-",
        shop=at,
        email="ines@example.org",
        recipient="Inès",
        delivery_kind="pickup",
        delivery_name="Pick-up",
        currency=at.currency,
        items_minor=1000,
        delivery_minor=0,
        total_minor=1000,
        vat_minor=0,
        pay_until=NOON,
    )
