"""A product in the words of schema.org, for search engines (a data block, never run)."""

from collections.abc import Mapping
from typing import Any

from comptoir.catalog.queries import ProductView, VariantView
from comptoir.common.money import money
from comptoir.sales.shown_offers import PiecePrice

CONDITIONS = {"new": "NewCondition", "used": "UsedCondition", "refurbished": "RefurbishedCondition"}


def structured(view: ProductView, pieces: Mapping[int, PiecePrice], site: str) -> dict[str, Any]:
    """schema.org/Product with an Offer for each variant, at what ``pieces`` says everyone pays;
    ``site`` is the public address."""
    address = site + view.card.address
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": view.card.title,
        "url": address,
        "description": view.description[:5000],
        "offers": [_offer(view, variant, pieces[variant.id], address) for variant in view.variants],
    }
    shots = [site + shot.url(1280) for shot, _alt in view.pictures if shot.ready]
    if shots:
        data["image"] = shots
    if view.brand:
        data["brand"] = {"@type": "Brand", "name": view.brand}
    return data


def _offer(
    view: ProductView, variant: VariantView, piece: PiecePrice, address: str
) -> dict[str, Any]:
    price_minor = variant.price_minor if view.buy_url else piece.public_minor
    sold = view.active and variant.in_stock and view.card.in_stock
    return {
        "@type": "Offer",
        "url": address,
        "price": str(money(price_minor, view.card.currency).amount),
        "priceCurrency": view.card.currency,
        "availability": f"https://schema.org/{'InStock' if sold else 'OutOfStock'}",
        "itemCondition": f"https://schema.org/{CONDITIONS.get(view.condition, 'NewCondition')}",
        "seller": {"@type": "Organization", "name": view.shop.name},
    }
