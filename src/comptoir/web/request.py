"""What a page reads from a request: who asks, and whether a fragment is wanted."""

from typing import cast

from django.http import HttpRequest

from comptoir.people.actor import ANYONE, Actor
from comptoir.people.models import User


def actor_of(request: HttpRequest) -> Actor:
    """The actor that the middleware found for this request."""
    return cast("Actor", getattr(request, "actor", ANYONE))


def user_of(request: HttpRequest) -> User:
    """The signed-in user; only behind ``signed_in``."""
    return cast("User", request.user)


def wants_fragment(request: HttpRequest) -> bool:
    """Whether htmx asked for a part of the page (and is not restoring history)."""
    headers = request.headers
    return (
        headers.get("HX-Request") == "true" and headers.get("HX-History-Restore-Request") != "true"
    )
