"""Opening a shop: one short form."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from comptoir.common.errors import Refused
from comptoir.people.handles import check_handle, is_free, suggest_handle
from comptoir.shops.services import open_shop
from comptoir.web.gates import signed_in
from comptoir.web.refusals import lay_beside
from comptoir.web.request import actor_of
from comptoir.web.shopfront.forms import OpenShopForm

FIELDS = {
    "handle_form": "handle",
    "handle_reserved": "handle",
    "handle_taken": "handle",
    "name_missing": "name",
    "sells_missing": "sells",
}


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def shop_new(request: HttpRequest) -> HttpResponseBase:
    """The form; opened, the shop's own page."""
    form = OpenShopForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            shop = open_shop(
                actor=actor_of(request), currency=settings.CURRENCY, **form.cleaned_data
            )
        except Refused as refusal:
            lay_beside(form, refusal, FIELDS)
        else:
            return redirect("counter", shop.profile.handle)
    context = {"form": form, "verdict": None}
    return render(request, "shopfront/new.html", context, status=422 if form.errors else 200)


@require_GET
@signed_in
def shop_handle(request: HttpRequest) -> HttpResponse:
    """The handle's field again: a free handle for the name typed, or a word on the one typed."""
    typed = request.GET.get("handle", "")[:40].strip()
    name = request.GET.get("name", "")[:60]
    own_words = typed and typed != request.GET.get("suggested", "")
    handle = typed if own_words else suggest_handle(name) if name.strip() else ""
    form = OpenShopForm(initial={"handle": handle})
    context = {"form": form, "verdict": _verdict(handle) if handle else None}
    return render(request, "shopfront/handle_fragment.html", context)


def _verdict(handle: str) -> tuple[bool, str]:
    try:
        kept = check_handle(handle)
    except Refused as refusal:
        return False, str(refusal.message)
    if is_free(kept):
        return True, _("This handle is free.")
    return False, _("This handle is taken. Choose another.")
