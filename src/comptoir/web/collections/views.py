"""Collections as visitors see them, and at the shop's desk."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comptoir.catalog.collections import (
    chosen_in,
    collection_cards,
    collection_named,
    collections_of,
)
from comptoir.catalog.models import Collection
from comptoir.catalog.services.collections import (
    choose_product,
    collection_of,
    move_collection,
    remove_collection,
    set_collection,
    unchoose_product,
)
from comptoir.common.errors import NotVisible, Refused
from comptoir.common.keyset import Page
from comptoir.people.access import profile_for
from comptoir.people.faces import face_of
from comptoir.shops.access import Right
from comptoir.web.amounts import typed_amount
from comptoir.web.backoffice.desk import Desk, at_desk, desk_of
from comptoir.web.collections.forms import CollectionForm
from comptoir.web.formats import language
from comptoir.web.gates import signed_in
from comptoir.web.refusals import lay_beside
from comptoir.web.request import actor_of
from comptoir.web.showcase.views import NAMED
from comptoir.web.streams import shelf_of
from comptoir.web.whole_numbers import whole_number

FIELDS = {"title_missing": "title", "title_taken": "title", "bad_price": "most"}


@require_safe
def collection(request: HttpRequest, handle: str, slug: str) -> HttpResponse:
    """A collection's own page."""
    actor = actor_of(request)
    profile = profile_for(actor, handle)
    found = collection_named(profile.pk, slug)
    if found is None:
        raise NotVisible
    shelf = shelf_of(actor, Page(collection_cards(found), None))
    others = [other for other in collections_of(profile.pk) if other.pk != found.pk]
    context = {"face": face_of(profile), "found": found, "shelf": shelf, "others": others}
    return render(request, "collections/show.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def at_the_desk(request: HttpRequest, handle: str) -> HttpResponseBase:
    """The shop's collections, and a new one."""
    desk = desk_of(request, handle, Right.EDIT_CATALOGUE)
    form = CollectionForm(request.POST or None, currency=desk.currency)
    made = _saved(desk, form, None) if request.method == "POST" else None
    if made is not None:
        messages.success(request, _("Saved. Choose its products."))
        return redirect("counter_collection", handle, made.pk)
    context = {"form": form, "rows": collections_of(desk.shop.pk)}
    status = 422 if form.errors else 200
    return at_desk(request, desk, "collections.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def edit(request: HttpRequest, handle: str, collection_id: int) -> HttpResponseBase:
    """One collection: its words, its rule, its chosen products."""
    desk = desk_of(request, handle, Right.EDIT_CATALOGUE)
    found = collection_of(desk.shop.pk, collection_id)
    form = CollectionForm(request.POST or None, currency=desk.currency, initial=_known(found, desk))
    if request.method == "POST" and _saved(desk, form, found.pk) is not None:
        messages.success(request, _("Saved."))
        return redirect("counter_collection", handle, collection_id)
    context = {
        "found": found,
        "form": form,
        "chosen": chosen_in(found),
        "cards": collection_cards(found),
    }
    status = 422 if form.errors else 200
    return at_desk(request, desk, "collection.html", context, status=status)


@require_POST
@signed_in
def act(request: HttpRequest, handle: str, collection_id: int) -> HttpResponseBase:
    """``add`` a product by its address, take one away (``hide``), move or remove the collection."""
    desk = desk_of(request, handle, Right.EDIT_CATALOGUE)
    found = collection_of(desk.shop.pk, collection_id)
    posted = request.POST
    if posted.get("move") in {"up", "down"}:
        move_collection(collection=found, by=-1 if posted["move"] == "up" else 1)
        return redirect("counter_collections", handle)
    if posted.get("remove") == "yes":
        remove_collection(collection=found)
        messages.success(request, _("The collection is gone; its products stay."))
        return redirect("counter_collections", handle)
    named = NAMED.search(posted.get("add", "").strip())
    if named is not None:
        try:
            choose_product(collection=found, product_id=int(named[1]))
        except Refused as refusal:
            messages.error(request, str(refusal.message))
    elif (hidden := whole_number(posted.get("hide", ""))) is not None:
        unchoose_product(collection=found, product_id=hidden)
    else:
        messages.error(request, _("Paste the address of a product’s page here."))
    return redirect("counter_collection", handle, collection_id)


def _saved(desk: Desk, form: CollectionForm, collection_id: int | None) -> Collection | None:
    if not form.is_valid():
        return None
    values: dict[str, Any] = dict(form.cleaned_data)
    values["most_minor"] = values.pop("most")
    try:
        return set_collection(shop=desk.shop, collection_id=collection_id, **values)
    except Refused as refusal:
        lay_beside(form, refusal, FIELDS)
        return None


def _known(found: Collection, desk: Desk) -> dict[str, str]:
    return {
        "title": found.title,
        "intro": found.intro,
        "brand": found.rule_brand,
        "category": found.rule_category,
        "most": typed_amount(found.rule_most_minor, desk.currency, language()),
    }
