"""The way in to one's shops."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from comptoir.shops.queries import desks_of
from comptoir.web.gates import signed_in
from comptoir.web.request import actor_of


@require_safe
@signed_in
def doors(request: HttpRequest) -> HttpResponse:
    """The shops where the person works, or how to open one."""
    return render(request, "backoffice/doors.html", {"desks": desks_of(actor_of(request))})
