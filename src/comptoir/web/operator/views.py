"""The operator's pages."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from comptoir.common.keyset import Cursor
from comptoir.people.census import profiles_found
from comptoir.people.services.suspend import restore_profile, suspend_profile
from comptoir.shops.census import shops_listed
from comptoir.shops.models import Shop
from comptoir.shops.services.admit import admit_shop, close_shop
from comptoir.web.gates import operator_only
from comptoir.web.operator.figures import figures
from comptoir.web.refusals import refusals_told
from comptoir.web.request import actor_of, back_to

LONGEST_SEARCH = 100


@never_cache
@require_GET
@operator_only
def operator(request: HttpRequest) -> HttpResponseBase:
    """How the place does: outbox, jobs, database, versions, counts."""
    return render(request, "operator/overview.html", {"figures": figures()})


@never_cache
@require_GET
@operator_only
def shops(request: HttpRequest) -> HttpResponseBase:
    """Shops, newest first, of one state or all."""
    status = request.GET.get("status", "")
    status = status if status in Shop.Status.values else ""
    page = shops_listed(status, Cursor.parse(request.GET.get("after")))
    return render(request, "operator/shops.html", {"page": page, "status": status})


@never_cache
@require_GET
@operator_only
def profiles(request: HttpRequest) -> HttpResponseBase:
    """Profiles, newest first, or those searched for."""
    search = request.GET.get("q", "")[:LONGEST_SEARCH]
    page = profiles_found(search, Cursor.parse(request.GET.get("after")))
    return render(request, "operator/profiles.html", {"page": page, "search": search})


@require_POST
@operator_only
def shop_admission(request: HttpRequest, handle: str) -> HttpResponseBase:
    """``on=1`` lets the shop sell, ``on=0`` closes it."""
    admitted = request.POST.get("on") == "1"
    (admit_shop if admitted else close_shop)(actor=actor_of(request), handle=handle)
    messages.success(request, _("The shop sells.") if admitted else _("The shop is closed."))
    return redirect(back_to(request, "/operator/shops"))


@require_POST
@operator_only
def profile_suspension(request: HttpRequest, handle: str) -> HttpResponseBase:
    """``on=1`` suspends the profile, ``on=0`` brings it back."""
    suspended = request.POST.get("on") == "1"
    service = suspend_profile if suspended else restore_profile
    with refusals_told(request):
        service(actor=actor_of(request), handle=handle)
        messages.success(request, _("Suspended.") if suspended else _("Restored."))
    return redirect(back_to(request, "/operator/profiles"))
