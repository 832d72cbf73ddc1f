"""Two cookies of the basket: the key of a guest's, and how many pieces the pages' header shows.

The count is written when the basket changes and read when a page is made, so that no page asks the
database for it. It says whose it is, and is shown to nobody else: after signing out, to no one.
"""

import re
from collections.abc import Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from comptoir.people.actor import Actor
from comptoir.sales.baskets import pieces_by_shop
from comptoir.sales.services.basket import (
    GUESTS_KEPT_FOR,
    Holder,
    holder_of,
    merge_guest_basket,
)
from comptoir.web.cookies import remember_in
from comptoir.web.request import actor_of

PREFIX = "__Host-" if settings.BEHIND_TLS else ""
GUEST, COUNT = f"{PREFIX}basket", f"{PREFIX}basket-count"
GUEST_KEY = re.compile(r"[A-Za-z0-9_-]{20,40}")
# Whose, then shop.pieces for each shop: "7:12.3-45.1"; "g" for a guest.
COUNTED = re.compile(r"(g|\d{1,19}):(\d{1,19}\.\d{1,6}(?:-\d{1,19}\.\d{1,6}){0,199})?")


def guest_key_of(request: HttpRequest) -> str:
    """The key of this browser's guest basket, or ''."""
    key = request.COOKIES.get(GUEST, "")
    return key if GUEST_KEY.fullmatch(key) else ""


def basket_holder(request: HttpRequest) -> Holder:
    """Whose basket this request is about."""
    return holder_of(actor_of(request), guest_key_of(request))


def basket_count_of(request: HttpRequest) -> int:
    """How many pieces the basket holds, as far as this browser knows; no query."""
    return sum(_counted(request).values())


def pieces_known_of(request: HttpRequest, shop_id: int) -> int:
    """Of one shop, as far as this browser knows; no query."""
    return _counted(request).get(shop_id, 0)


def _counted(request: HttpRequest) -> dict[int, int]:
    found = COUNTED.fullmatch(request.COOKIES.get(COUNT, ""))
    if found is None or found[1] != _whose(actor_of(request)) or not found[2]:
        return {}
    pairs = (pair.split(".") for pair in found[2].split("-"))
    return {int(shop): int(pieces) for shop, pieces in pairs}


def remember(
    response: HttpResponseBase, actor: Actor, holder: Holder, pieces: Mapping[int, int]
) -> None:
    """Writes both cookies; a guest's last as long as the basket is kept."""
    text = "-".join(f"{shop}.{number}" for shop, number in pieces.items())
    remember_in(response, COUNT, f"{_whose(actor)}:{text}", lasting=GUESTS_KEPT_FOR)
    if holder.profile_id is None and holder.guest_key:
        remember_in(response, GUEST, holder.guest_key, lasting=GUESTS_KEPT_FOR)


def forget_shop(request: HttpRequest, response: HttpResponseBase, shop_id: int) -> None:
    """What was in the basket of that shop has been bought: it is counted no more."""
    pieces = _counted(request)
    if pieces.pop(shop_id, None) is not None:
        remember(response, actor_of(request), Holder(), pieces)


def bring_along(request: HttpRequest, response: HttpResponseBase, actor: Actor) -> None:
    """After signing in: the guest's basket goes into the member's; the cookies follow."""
    if actor.profile_id is None:
        return
    key = guest_key_of(request)
    if key:
        merge_guest_basket(actor=actor, guest_key=key)
        response.delete_cookie(GUEST, samesite="Lax")
    holder = holder_of(actor, "")
    remember(response, actor, holder, pieces_by_shop(holder))


def _whose(actor: Actor) -> str:
    return "g" if actor.profile_id is None else str(actor.profile_id)
