"""Where one works: the door to each shop's counter."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from comptoir.people.faces import face_of
from comptoir.shops.queries import desks_of
from comptoir.shops.staff import invitations_to
from comptoir.web.gates import signed_in
from comptoir.web.request import actor_of


@require_GET
@signed_in
def counters(request: HttpRequest) -> HttpResponseBase:
    """The shops one owns or works for, and the way to open one."""
    actor = actor_of(request)
    desks = [(face_of(desk.shop.profile), desk) for desk in desks_of(actor)]
    context = {"desks": desks, "asked": invitations_to(actor)}
    return render(request, "backoffice/counters.html", context)
