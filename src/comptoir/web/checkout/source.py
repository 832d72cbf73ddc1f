"""Where the sheet's lines come from: one product, a shop's part of the basket, an order again."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest

from comptoir.catalog.picks import Pick, picks_of
from comptoir.common.errors import NotVisible
from comptoir.sales.access import order_for
from comptoir.sales.baskets import BasketPart, basket_part
from comptoir.sales.links import key_in
from comptoir.sales.models import Order
from comptoir.sales.queries import address_of, order_page
from comptoir.sales.services.basket import Holder
from comptoir.sales.services.purchase import summed
from comptoir.sales.used_offers import codes_of
from comptoir.shops.queries import delivery_methods_of
from comptoir.web.basket.cookies import basket_holder, pieces_known_of
from comptoir.web.request import actor_of

A_DAY = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Wanted:
    """(Variant id, quantity) in the buyer's order. ``many``: they were chosen elsewhere; otherwise
    variant and quantity of the one thing are chosen in the sheet, from ``pick`` if it was read.
    ``part``: what of the basket the lines were taken from."""

    lines: tuple[tuple[int, int], ...]
    many: bool = False
    pick: Pick | None = None
    part: BasketPart | None = None


def from_product(product_id: int) -> Wanted:
    """One piece of the product's first variant that is in stock.

    Raises:
        NotVisible: no such product, nothing of it on sale, or its shop is suspended.
    """
    pick = picks_of([product_id]).get(product_id)
    variant = pick.variant(None) if pick is not None else None
    if variant is None:
        raise NotVisible
    return Wanted(((variant.id, 1),), pick=pick)


def from_basket(request: HttpRequest, shop_id: int) -> Wanted | None:
    """What of that shop's can be bought now; ``None``: the basket holds nothing of it."""
    part = basket_part(basket_holder(request), shop_id)
    if part is None or not part.shop.wanted:
        return None
    return Wanted(tuple(part.shop.wanted), many=True, part=part)


def is_of_another(request: HttpRequest, seal: str) -> bool:
    """Whether a sheet was opened from a basket which is not this browser's, or is no more: one
    signed in or out since, or more than a day is gone."""
    return bool(seal) and unsealed(request, seal) is None


def is_still_there(
    request: HttpRequest, shop_id: int | None, seal: str, lines: Sequence[tuple[int, int]]
) -> bool:
    """Whether a sheet of the basket orders what is in there now; true of any other sheet.

    One query, when this browser knows of less than is ordered: another window had it bought.
    """
    if not shop_id or not seal:
        return True
    wanted = summed(lines)
    if pieces_known_of(request, shop_id) >= sum(wanted.values()):
        return True
    part = basket_part(basket_holder(request), shop_id)
    lines_now = part.shop.lines if part is not None else ()
    there = {line.variant_id: line.quantity for line in lines_now}
    return all(there.get(variant_id, 0) >= many for variant_id, many in wanted.items())


def from_order(request: HttpRequest, text: str) -> Wanted | None:
    """What an order asked for, to be tried again, by its signed key: from the basket, if it is
    there; ``None``: one thing alone.

    Raises:
        NotVisible: see ``sales.links.key_in`` and ``sales.access.order_for``.
    """
    order = order_for(actor_of(request), key_in(text))
    lines = tuple((line.variant_id, line.quantity) for line in order_page(order).lines)
    kept = from_basket(request, order.shop_id) if order.basket_id is not None else None
    if kept is not None and dict(kept.lines).keys() >= dict(lines).keys():
        return kept
    return Wanted(lines, many=True) if len(lines) > 1 else None


def said_before(order: Order) -> dict[str, Any]:
    """What of an order is said again when it is tried again, by field of the sheet: to whom, by
    which way if there is one of that name, for which company, with which codes."""
    ways = delivery_methods_of(order.shop_id)
    same = (way.pk for way in ways if (way.kind, way.name) == _way_of(order))
    company = {"company": order.company, "vat_number": order.vat_number}
    codes = {"code": ", ".join(codes_of(order))}
    return {**address_of(order), **company, **codes, "delivery": next(same, None)}


def _way_of(order: Order) -> tuple[str, str]:
    return order.delivery_kind, order.delivery_name


def sealed(request: HttpRequest, part: BasketPart | None) -> str:
    """A basket's id for the form, so that it is nobody else's when it comes back; no query."""
    return _signer(request).sign(str(part.basket_id)) if part is not None else ""


def unsealed(request: HttpRequest, text: str) -> int | None:
    """The basket's id; ``None`` when another one opened the sheet, or longer than a day ago."""
    if not text:
        return None
    try:
        return int(_signer(request).unsign(text, max_age=A_DAY))
    except (BadSignature, ValueError):
        return None


def _signer(request: HttpRequest) -> TimestampSigner:
    holder: Holder = basket_holder(request)
    whose = holder.profile_id if holder.profile_id is not None else holder.guest_key
    return TimestampSigner(salt=f"the basket of {whose} in the sheet")
