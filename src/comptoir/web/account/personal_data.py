"""One's personal data: taking all of it along, and leaving."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from comptoir.discovery import privacy as discovery
from comptoir.people import privacy as people
from comptoir.people.services import leave
from comptoir.posts import privacy as posts
from comptoir.reviews import privacy as reviews
from comptoir.sales import privacy as sales
from comptoir.shops import privacy as shops
from comptoir.shops.queries import shops_owned_by
from comptoir.web.account.forms import LeaveForm
from comptoir.web.gates import signed_in
from comptoir.web.request import actor_of, user_of

KEEPERS = (posts, reviews, sales, shops, discovery)


@require_GET
@signed_in
def export(request: HttpRequest) -> HttpResponse:
    """Everything Comptoir holds of the person, as one JSON file."""
    actor = actor_of(request)
    assert actor.user_id is not None and actor.profile_id is not None  # noqa: S101, PT018
    data: dict[str, Any] = people.export_of(actor.user_id, actor.profile_id)
    for keeper in KEEPERS:
        data |= keeper.export_of(actor.profile_id)
    response = JsonResponse(data, json_dumps_params={"indent": 2, "ensure_ascii": False})
    response["Content-Disposition"] = 'attachment; filename="comptoir.json"'
    response["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def leave_page(request: HttpRequest) -> HttpResponse:
    """Asks for the password, then erases the account; shops are handed over or closed before."""
    actor = actor_of(request)
    owned = shops_owned_by(actor)
    form = LeaveForm(request.POST or None, user=user_of(request))
    if request.method == "POST" and not owned and form.is_valid():
        leave(actor=actor)
        logout(request)
        messages.success(request, _("Your account is erased. You are welcome back at any time."))
        return redirect("/")
    status = 422 if request.method == "POST" else 200
    return render(request, "settings/leave.html", {"form": form, "owned": owned}, status=status)
