"""Language and theme: anyone may choose them, signed in or not."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from comptoir.people.services import set_language
from comptoir.web.cookies import remember_in
from comptoir.web.request import THEMES, actor_of, back_to

A_YEAR = timedelta(days=365)
LANGUAGES = {code for code, _name in settings.LANGUAGES}


@require_POST
def preferences(request: HttpRequest) -> HttpResponse:
    """Keeps ``language`` and ``theme`` in cookies; what is not a known choice goes back to auto."""
    response = redirect(back_to(request))
    if "theme" in request.POST:
        _keep(response, "theme", request.POST["theme"], known=set(THEMES))
    if "language" in request.POST:
        chosen = request.POST["language"]
        _keep(response, "language", chosen, known=LANGUAGES)
        if actor_of(request).signed_in:
            set_language(actor=actor_of(request), language=chosen if chosen in LANGUAGES else "")
    return response


def _keep(response: HttpResponse, name: str, value: str, *, known: set[str]) -> None:
    if value in known:
        remember_in(response, name, value, lasting=A_YEAR)
    else:
        response.delete_cookie(name, samesite="Lax")
