"""Who may come in: decorators that stand before a view."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from comptoir.common.errors import NotVisible
from comptoir.web.request import actor_of, page_of, wants_fragment

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def signed_in(view: View[P]) -> View[P]:
    """Only people with a profile; others go to sign in, or to pick their handle, then come back.

    A script's request is answered 401 with ``HX-Redirect``, which moves the whole page.
    """

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        actor = actor_of(request)
        if not actor.signed_in:
            return _send_to("account_login", request)
        if actor.profile_id is None:
            return _send_to("welcome", request)
        return view(request, *args, **kwargs)

    return guarded


def signed_in_without_profile(view: View[P]) -> View[P]:
    """Only people who have signed up and have no profile yet; the others go home."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        actor = actor_of(request)
        if not actor.signed_in:
            return _send_to("account_login", request)
        if actor.profile_id is not None:
            return redirect("/")
        return view(request, *args, **kwargs)

    return guarded


def operator_only(view: View[P]) -> View[P]:
    """Only the operator; for all others the page does not exist."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not actor_of(request).is_operator:
            raise NotVisible
        return view(request, *args, **kwargs)

    return guarded


def _send_to(name: str, request: HttpRequest) -> HttpResponse:
    address = f"{reverse(name)}?{urlencode({'next': page_of(request)})}"
    if wants_fragment(request):
        return HttpResponse(status=401, headers={"HX-Redirect": address})
    return redirect(address)
