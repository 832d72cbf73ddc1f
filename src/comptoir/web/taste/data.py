"""For you as data: the list of the page, for apps and scripts that draw it themselves.

What a reason says is told by its parts (who did what, when), not in words: the client has its own.
"""

from collections.abc import Mapping
from typing import Any

from comptoir.catalog.cards import ProductCard
from comptoir.discovery.acts import Act
from comptoir.discovery.reasons import Reason
from comptoir.media.queries import PictureView
from comptoir.people.faces import Face
from comptoir.web.streams import Shelf

Data = dict[str, Any]
COVER_WIDTH, FACE_WIDTH = 640, 320


def shelf_data(shelf: Shelf, then: str | None) -> Data:
    """``{"products": […], "next": address or null}``; prices in minor units, VAT included."""
    products = [_product(card, shelf.reasons, card.id in shelf.kept) for card in shelf.products]
    return {"products": products, "next": then}


def _product(card: ProductCard, reasons: Mapping[int, Reason], kept: bool) -> Data:
    reason = reasons.get(card.id)
    return {
        "id": card.id,
        "title": card.title,
        "address": card.address,
        "shop": {"handle": card.shop_handle, "name": card.shop_name},
        "currency": card.currency,
        "price_minor": card.price_minor,
        "price_max_minor": card.price_max_minor,
        "was_minor": card.was_minor,
        "in_stock": card.in_stock,
        "left": card.left,
        "cover": _picture(card.cover, COVER_WIDTH),
        "alt": card.alt,
        "kept": kept,
        "reason": _reason(reason) if reason is not None else None,
    }


def _picture(shot: PictureView | None, width: int) -> Data | None:
    if shot is None:
        return None
    return {
        "address": shot.url(width) if shot.ready else None,
        "width": shot.width,
        "height": shot.height,
        "colour": shot.colour,
    }


def _reason(reason: Reason) -> Data | None:
    """``kind`` as ``Reason`` says; ``null`` for a product without a reason."""
    if reason.kind == "none":
        return None
    match = reason.match
    return {
        "kind": reason.kind,
        "count": reason.count,
        "acts": [_act(act) for act in reason.acts],
        "goes_with": match
        and {"address": f"/products/{match.product_id}", "title": match.title, "act": match.kind},
    }


def _act(act: Act) -> Data:
    return {"person": _face(act.face), "act": act.kind, "at": act.at.isoformat()}


def _face(face: Face) -> Data:
    avatar = _picture(face.avatar, FACE_WIDTH)
    return {"handle": face.handle, "name": face.name, "avatar": avatar}
