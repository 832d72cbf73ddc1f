"""Offers at the counter: the list, a new one, one that is changed or stopped."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from comptoir.catalog.desk import desk_products
from comptoir.common.errors import Refused
from comptoir.common.once import once
from comptoir.sales.access import offer_at_desk
from comptoir.sales.models import Offer
from comptoir.sales.offers_at_desk import chosen_of, desk_offers, titles_of
from comptoir.sales.services.offers import (
    MOST_PRODUCTS,
    change_offer,
    create_offer,
    resume_offer,
    stop_offer,
)
from comptoir.shops.access import Right
from comptoir.web.backoffice.desk import Desk, at_desk, desk_of
from comptoir.web.backoffice.offer_forms import OfferForm, words_of, words_of_none
from comptoir.web.form_keys import act_key, form_key
from comptoir.web.gates import signed_in
from comptoir.web.refusals import lay_beside
from comptoir.web.request import actor_of
from comptoir.web.whole_numbers import whole_number

FOUND = 20
FIELDS = {
    "name_missing": "name",
    "bad_kind": "kind",
    "bad_pieces": "buy_quantity",
    "bad_minimum": "minimum",
    "bad_code": "code",
    "code_taken": "code",
    "bad_dates": "ends",
    "bad_limit": "limit_total",
    "limit_below_uses": "limit_total",
    "bad_audience": "audience",
    "people_missing": "people",
    "no_such_people": "people",
    "products_missing": "scope",
    "no_such_products": "scope",
}
VALUES = {"percent": "percent", "amount": "amount", "buy_x_get_y": "get_percent"}


@dataclass(frozen=True, slots=True)
class Choosing:
    """The products of an offer: those chosen, and those found to choose from, (id, title)."""

    chosen: list[tuple[int, str]]
    found: list[tuple[int, str]]
    search: str


@require_GET
@signed_in
def offers(request: HttpRequest, handle: str) -> HttpResponseBase:
    """The shop's offers, with what came of each."""
    desk = desk_of(request, handle, Right.OFFERS)
    rows = desk_offers(desk.shop.pk)
    live = [row for row in rows if row.state in {"live", "planned"}]
    past = [row for row in rows if row not in live]
    return at_desk(request, desk, "offers.html", {"live": live, "past": past})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def new_offer(request: HttpRequest, handle: str) -> HttpResponseBase:
    """The form of a new offer; made, the list."""
    desk = desk_of(request, handle, Right.OFFERS)
    if request.method != "POST":
        form = OfferForm(initial=words_of_none(), currency=desk.currency)
        return _page(request, desk, form, [])
    return _posted(request, desk, None)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def edit_offer(request: HttpRequest, handle: str, offer_id: int) -> HttpResponseBase:
    """One offer, to look at and to change."""
    found = offer_at_desk(actor_of(request), handle, offer_id)
    desk = desk_of(request, handle, Right.OFFERS)
    if request.method == "POST":
        return _posted(request, desk, found)
    products, people = chosen_of(found)
    form = OfferForm(initial=words_of(found, people), currency=desk.currency)
    return _page(request, desk, form, products, offer=found)


@require_POST
@signed_in
def stop(request: HttpRequest, handle: str, offer_id: int) -> HttpResponseBase:
    """Stops an offer (``on=0``), or lets it count again (``on=1``)."""
    found = offer_at_desk(actor_of(request), handle, offer_id)
    if request.POST.get("on") == "1":
        resume_offer(offer=found)
        messages.success(request, _("The offer counts again."))
    else:
        stop_offer(offer=found)
        messages.success(request, _("Stopped. What it gave stays given."))
    return redirect("counter_offers", handle)


def _posted(request: HttpRequest, desk: Desk, offer: Offer | None) -> HttpResponseBase:
    chosen = _ids(request.POST)
    if request.POST.get("step") == "find":
        typed = {name: request.POST.get(name, "") for name in OfferForm.base_fields}
        return _page(request, desk, OfferForm(initial=typed), chosen, offer=offer)
    form = OfferForm(request.POST, currency=desk.currency)
    if form.is_valid():
        try:
            if offer is None:
                key = act_key(request.POST, f"new offer of shop {desk.shop.pk}")
                once(key, lambda: create_offer(shop=desk.shop, draft=form.draft(chosen)).pk)
            else:
                change_offer(offer=offer, draft=form.draft(chosen))
        except Refused as refusal:
            value = VALUES.get(form.cleaned_data["kind"], "")
            lay_beside(form, refusal, {**FIELDS, "bad_value": value})
        else:
            messages.success(request, _("Saved."))
            return redirect("counter_offers", desk.handle)
    return _page(request, desk, form, chosen, offer=offer, status=422)


def _ids(data: QueryDict) -> list[int]:
    numbers = dict.fromkeys(whole_number(text) for text in data.getlist("product"))
    return [number for number in numbers if number is not None][: MOST_PRODUCTS + 1]


def _page(
    request: HttpRequest,
    desk: Desk,
    form: OfferForm,
    chosen: list[int],
    *,
    offer: Offer | None = None,
    status: int = 200,
) -> HttpResponseBase:
    told = desk_offers(desk.shop.pk, only=offer.pk)[0] if offer is not None else None
    context: dict[str, Any] = {
        "form": form,
        "offer": told,
        "choosing": _choosing(desk, chosen, request.POST.get("find", "")[:100]),
        "key": form_key(request.POST),
    }
    return at_desk(request, desk, "offer.html", context, status=status)


def _choosing(desk: Desk, chosen: list[int], search: str) -> Choosing:
    rows = desk_products(desk.shop.pk, search=search, state="active").rows
    found = [(row.id, row.title) for row in rows if row.id not in chosen][:FOUND]
    return Choosing(titles_of(desk.shop.pk, chosen), found, search)
