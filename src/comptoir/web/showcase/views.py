"""Showcases: shown on a profile, arranged by forms that need no script."""

import re
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comptoir.catalog.access import product_for
from comptoir.catalog.cards import cards_of
from comptoir.common.errors import NotVisible, Refused
from comptoir.common.keyset import Page
from comptoir.people.access import profile_for
from comptoir.people.faces import face_of
from comptoir.reviews.models.showcase import MOST_SHOWN
from comptoir.reviews.services import hide_product, move_product, show_product
from comptoir.reviews.showcase import shown_by
from comptoir.shops.access import Right
from comptoir.web.backoffice.desk import at_desk, desk_of
from comptoir.web.gates import signed_in
from comptoir.web.refusals import status_of
from comptoir.web.request import actor_of, back_to, user_of
from comptoir.web.streams import shelf_of_ids
from comptoir.web.whole_numbers import whole_number

NAMED = re.compile(r"(?:^|/products/)(\d{1,18})(?:[/?#]|$)")
Show = Callable[[HttpRequest, dict[str, Any], int], HttpResponseBase]


@require_safe
def showcase(request: HttpRequest, handle: str) -> HttpResponse:
    """All that a profile puts forward."""
    actor = actor_of(request)
    profile = profile_for(actor, handle)
    shelf = shelf_of_ids(actor, Page(shown_by(profile.pk), None))
    return render(request, "showcase/show.html", {"face": face_of(profile), "shelf": shelf})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def mine(request: HttpRequest) -> HttpResponseBase:
    """One's own showcase, to be arranged."""
    return _arranged(request, user_of(request).profile.pk, _show_mine)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def of_shop(request: HttpRequest, handle: str) -> HttpResponseBase:
    """A shop's showcase, to be arranged at its desk."""
    desk = desk_of(request, handle, Right.EDIT_CATALOGUE)

    def show(request: HttpRequest, context: dict[str, Any], status: int) -> HttpResponseBase:
        return at_desk(request, desk, "showcase.html", context, status=status)

    return _arranged(request, desk.shop.pk, show)


@require_POST
@signed_in
def put(request: HttpRequest, product_id: int) -> HttpResponseBase:
    """Shows a product on one's own page (``on=1``), or no more (``on=0``)."""
    product_for(actor_of(request), product_id)
    profile_id = user_of(request).profile.pk
    if request.POST.get("on") == "0":
        hide_product(profile_id=profile_id, product_id=product_id)
        messages.success(request, _("It is not shown on your page any more."))
    else:
        show_product(profile_id=profile_id, product_id=product_id)
        messages.success(request, _("It is shown on your page."))
    return redirect(back_to(request, f"/products/{product_id}"))


def _show_mine(request: HttpRequest, context: dict[str, Any], status: int) -> HttpResponseBase:
    return render(request, "showcase/mine.html", context, status=status)


def _arranged(request: HttpRequest, profile_id: int, show: Show) -> HttpResponseBase:
    refusal = None
    if request.method == "POST":
        try:
            _act(request, profile_id)
            return redirect(request.path)
        except Refused as refused:
            refusal = refused
    ids = shown_by(profile_id)
    cards = cards_of(actor_of(request), ids)
    context = {
        "rows": [(place, cards.get(product), product) for place, product in enumerate(ids)],
        "most": MOST_SHOWN,
        "refusal": refusal,
    }
    return show(request, context, status_of(refusal) if refusal else 200)


def _act(request: HttpRequest, profile_id: int) -> None:
    """``add`` holds a product's address; ``hide``, ``up`` and ``down`` hold a product's number."""
    posted = request.POST
    if "add" in posted:
        named = NAMED.search(posted["add"].strip())
        if named is None:
            raise Refused("not_an_address", _("Paste the address of a product’s page here."))
        product_id = int(named[1])
        try:
            product_for(actor_of(request), product_id)
        except NotVisible as unseen:
            raise Refused("not_an_address", _("There is no such product.")) from unseen
        show_product(profile_id=profile_id, product_id=product_id)
        return
    for act in ("hide", "up", "down"):
        moved = whole_number(posted.get(act, ""))
        if moved is not None:
            _move(profile_id, act, moved)


def _move(profile_id: int, act: str, product_id: int) -> None:
    if act == "hide":
        hide_product(profile_id=profile_id, product_id=product_id)
        return
    ids = shown_by(profile_id)
    if product_id not in ids:
        raise NotVisible
    to = ids.index(product_id) + (1 if act == "down" else -1)
    move_product(profile_id=profile_id, product_id=product_id, to=to)
