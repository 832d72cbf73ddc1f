"""The first page after signing up: a name, a handle, then first people and shops to follow."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from comptoir.common.errors import Refused
from comptoir.people.actor import Actor
from comptoir.people.handles import suggest_handle
from comptoir.people.services import join
from comptoir.people.suggestions import suggestions_for
from comptoir.web.account.forms import FIELD_OF_REFUSAL, WelcomeForm
from comptoir.web.basket.cookies import bring_along
from comptoir.web.gates import signed_in, signed_in_without_profile
from comptoir.web.refusals import lay_beside
from comptoir.web.request import actor_of, back_to, user_of


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_without_profile
def welcome(request: HttpRequest) -> HttpResponse:
    """Picks name and handle; an unlucky handle is told beside its field, with a free one."""
    user = user_of(request)
    stem = user.email.split("@")[0]
    form = WelcomeForm(request.POST or None, initial={"handle": suggest_handle(stem)})
    if request.method == "POST" and form.is_valid():
        try:
            profile = join(user=user, **form.cleaned_data)
        except Refused as refusal:
            lay_beside(form, refusal, FIELD_OF_REFUSAL)
        else:
            onward = urlencode({"next": back_to(request)})
            response = redirect(f"{reverse('welcome_follow')}?{onward}")
            bring_along(request, response, Actor(user.pk, profile.pk, user.is_operator))
            return response
    suggested = suggest_handle(form.data.get("name") or stem) if form.errors else ""
    context = {"form": form, "suggested": suggested, "onward": back_to(request)}
    return render(request, "welcome/join.html", context, status=422 if form.errors else 200)


@require_safe
@signed_in
def welcome_follow(request: HttpRequest) -> HttpResponse:
    """First people and shops; each is followed on the spot, and all may be skipped."""
    suggestions = suggestions_for(actor_of(request), each=8)
    context = {
        "people": suggestions.people,
        "shops": suggestions.shops,
        "onward": back_to(request),
    }
    return render(request, "welcome/follow.html", context)
