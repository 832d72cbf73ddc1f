"""What a page reads from a request: who asks, where from, and whether a fragment is wanted."""

import re
from functools import lru_cache
from typing import cast
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation.trans_real import parse_accept_lang_header

from comptoir.people.actor import ANYONE, Actor
from comptoir.people.faces import Face, face_of
from comptoir.people.models import Profile, User

REGION = re.compile("[A-Z]{2}", re.ASCII)
THEMES = ("light", "dark")


def actor_of(request: HttpRequest) -> Actor:
    """The actor that the middleware found for this request."""
    return cast("Actor", getattr(request, "actor", ANYONE))


def actor_of_user(user: User | None) -> Actor:
    """The actor that someone signed in as ``user`` is; nobody for ``None``."""
    if user is None:
        return ANYONE
    try:
        profile_id: int | None = user.profile.pk
    except Profile.DoesNotExist:
        profile_id = None
    return Actor(user.pk, profile_id, user.is_operator)


def user_of(request: HttpRequest) -> User:
    """The signed-in user; only behind ``signed_in``."""
    return cast("User", request.user)


def me_of(request: HttpRequest) -> Face | None:
    """The face of the signed-in person; ``None`` for visitors, and before a handle is picked."""
    if actor_of(request).profile_id is None:
        return None
    return face_of(user_of(request).profile)


def theme_of(request: HttpRequest) -> str:
    """The theme that was chosen here: "light", "dark", or '' for the browser's."""
    chosen = request.COOKIES.get("theme", "")
    return chosen if chosen in THEMES else ""


def regions_of(request: HttpRequest) -> list[str]:
    """The countries (ISO 3166-1) that the browser's languages name, the preferred one first."""
    languages = parse_accept_lang_header(request.headers.get("Accept-Language", "")[:200])
    ends = (name.rpartition("-")[2].upper() for name, _weight in languages if "-" in name)
    return list(dict.fromkeys(end for end in ends if REGION.fullmatch(end)))


def wants_fragment(request: HttpRequest) -> bool:
    """Whether htmx asked for a part of the page (and is not restoring history)."""
    headers = request.headers
    return (
        headers.get("HX-Request") == "true" and headers.get("HX-History-Restore-Request") != "true"
    )


def wants_data(request: HttpRequest) -> bool:
    """Whether the client prefers JSON to a page, as no browser does for what it shows."""
    return _prefers_data(request.headers.get("Accept", "*/*"))


@lru_cache(maxsize=64)
def _prefers_data(accept: str) -> bool:
    """Read once: what clients send differs by client, and not from request to request."""
    asked = HttpRequest()
    asked.META["HTTP_ACCEPT"] = accept
    return asked.get_preferred_type(["text/html", "application/json"]) == "application/json"


def back_to(request: HttpRequest, otherwise: str = "/") -> str:
    """Where to go after an act: ``next`` of the form or the address, if it is a page of ours."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    return asked if _is_ours(request, asked) else otherwise


def page_of(request: HttpRequest) -> str:
    """The page that the person looks at: this one, or the one whose form or script asks."""
    if request.method == "GET" and not wants_fragment(request):
        return request.get_full_path()
    asked = request.POST.get("next") or request.headers.get("HX-Current-URL") or ""
    seen = asked or request.headers.get("Referer", "")
    if not _is_ours(request, seen):
        return "/"
    parts = urlsplit(seen)
    return f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"


def _is_ours(request: HttpRequest, address: str) -> bool:
    # A bare word would be taken for the name of a view by ``redirect``.
    return address.startswith(("/", "http:", "https:")) and url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
