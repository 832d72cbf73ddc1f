"""The basket's page, and the acts upon it: each works as a form, and in place with a script."""

import json
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from comptoir.common.errors import NotVisible, Refused
from comptoir.sales.baskets import BasketPage, basket_page, only_variant_of, pieces_by_shop
from comptoir.sales.services.basket import (
    Changed,
    accept_prices,
    move_back,
    note_prices,
    save_for_later,
    set_quantity,
)
from comptoir.sales.services.put_in import Added, add_to_basket
from comptoir.web.answers import leave_for, wants_on
from comptoir.web.basket.cookies import (
    COUNT,
    basket_holder,
    bring_along,
    guest_key_of,
    remember,
)
from comptoir.web.basket.forms import AddForm, QuantityForm
from comptoir.web.checkout.forms import BIGGEST_ID
from comptoir.web.limits import allow_request
from comptoir.web.offers_shown import cheaper_than_seen, offers_of_basket, tells_changes
from comptoir.web.refusals import status_of
from comptoir.web.request import actor_of, back_to, wants_fragment

MOST_TYPED = 20


@dataclass(frozen=True, slots=True)
class Wrong:
    """A quantity that was refused, as it was typed, and what is said beside it."""

    variant_id: int
    typed: str
    said: str


@never_cache
@require_GET
def basket(request: HttpRequest) -> HttpResponseBase:
    """All that one means to buy, by shop, at the prices and stock of now."""
    if actor_of(request).profile_id is not None and guest_key_of(request):
        # Signed in by another door than the form: what the guest chose is not lost.
        response = redirect("basket")
        bring_along(request, response, actor_of(request))
        return response
    return _shown(request)


@require_POST
def basket_add(request: HttpRequest) -> HttpResponseBase:
    """Puts a product in; one with several variants leads to its page, where one chooses."""
    form = AddForm(request.POST)
    if not form.is_valid() or not (form.cleaned_data["variant"] or form.cleaned_data["product"]):
        raise NotVisible
    wanted = form.cleaned_data
    variant = wanted["variant"]
    if variant is None:
        variant = only_variant_of(wanted["product"])
        if variant is None:
            return leave_for(request, reverse("product", args=[wanted["product"]]))
    allow_request(request, "basket")
    try:
        added = add_to_basket(
            holder=basket_holder(request), variant_id=variant, quantity=wanted["quantity"] or 1
        )
    except Refused as refusal:
        if refusal.code == "no_such_product" and wanted["product"]:
            return leave_for(request, reverse("product", args=[wanted["product"]]))  # it says why
        raise
    return _added(request, added)


def _added(request: HttpRequest, added: Added) -> HttpResponse:
    word = added.shortened or _("“%(title)s” is in your basket.") % {"title": added.title}
    pieces = added.pieces
    response: HttpResponse
    if wants_fragment(request):
        told = {"say": {"text": word}, "basketcount": {"pieces": sum(pieces.values())}}
        # Header values are ASCII: JSON writes the rest as \u escapes.
        response = HttpResponse(status=204, headers={"HX-Trigger": json.dumps(told)})
    else:
        messages.success(request, word)
        response = redirect(back_to(request, reverse("basket")))
    remember(response, actor_of(request), added.holder, pieces)
    return response


@require_POST
def basket_line(request: HttpRequest, variant_id: int) -> HttpResponseBase:
    """Makes a line so many pieces; 0 takes it out."""
    _check_id(variant_id)
    form = QuantityForm(request.POST)
    try:
        if not form.is_valid():
            raise Refused("bad_quantity", _("A quantity is a whole number from 1 to 999."))
        quantity = form.cleaned_data["quantity"]
        changed = set_quantity(
            holder=basket_holder(request), variant_id=variant_id, quantity=quantity
        )
    except Refused as refusal:
        typed = request.POST.get("quantity", "")[:MOST_TYPED]
        return _shown(request, Wrong(variant_id, typed, str(refusal.message)), status_of(refusal))
    _say(request, changed)
    return _done(request)


def _say(request: HttpRequest, changed: Changed) -> None:
    if changed.shortened:
        messages.warning(request, changed.shortened)
    elif not changed.quantity:
        messages.success(request, _("“%(title)s” is taken out.") % {"title": changed.title})


@require_POST
def basket_later(request: HttpRequest, variant_id: int) -> HttpResponseBase:
    """Sets a line aside (``on=1``) or takes it back into the basket (``on=0``)."""
    _check_id(variant_id)
    act = save_for_later if wants_on(request) else move_back
    act(holder=basket_holder(request), variant_id=variant_id)
    messages.success(
        request, _("Saved for later.") if wants_on(request) else _("Back in the basket.")
    )
    return _done(request)


@require_POST
def basket_prices(request: HttpRequest) -> HttpResponseBase:
    """The person has seen what changed."""
    accept_prices(holder=basket_holder(request))
    return _done(request)


def _done(request: HttpRequest) -> HttpResponseBase:
    if wants_fragment(request):
        return _shown(request)
    response = redirect("basket")
    holder = basket_holder(request)
    remember(response, actor_of(request), holder, pieces_by_shop(holder))
    return response


def _shown(request: HttpRequest, wrong: Wrong | None = None, status: int = 200) -> HttpResponse:
    holder = basket_holder(request)
    page = basket_page(holder)
    if wrong and not any(wrong.variant_id == x.variant_id for s in page.shops for x in s.lines):
        messages.error(request, wrong.said)
    template = "basket/body.html" if wants_fragment(request) else "basket/page.html"
    offers = offers_of_basket(actor_of(request), page)
    if cheaper := cheaper_than_seen(page, offers):
        note_prices(holder=holder, shown=cheaper)
    context = {"page": page, "offers": offers, "changed": tells_changes(page, offers)}
    context["wrong"] = wrong
    told = context["told"] = _told(request, page) if wants_fragment(request) else None
    response = render(request, template, context, status=status)
    pieces = page.pieces_by_shop
    if told is not None:
        response.headers["HX-Trigger"] = json.dumps(told)
    if page.id is not None or COUNT in request.COOKIES:  # no cookie for one who has put nothing in
        remember(response, actor_of(request), holder, pieces)
    return response


def _told(request: HttpRequest, page: BasketPage) -> dict[str, Any]:
    """The count, and what is to be said, for the page's frame: in place, what stands at the head of
    the basket may be out of sight."""
    said = list(messages.get_messages(request))
    told: dict[str, Any] = {"basketcount": {"pieces": sum(page.pieces_by_shop.values())}}
    if said:
        bad = any(each.level >= messages.WARNING for each in said)
        told["say"] = {"text": " ".join(str(each) for each in said), "bad": bad}
    return told


def _check_id(variant_id: int) -> None:
    if variant_id > BIGGEST_ID:
        raise NotVisible
