"""Cookies beside the session's: no script reads them, and behind TLS they travel encrypted only."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpResponseBase


def remember_in(
    response: HttpResponseBase, name: str, value: str, *, lasting: timedelta, path: str = "/"
) -> None:
    """Sets the cookie ``name`` for the pages under ``path``."""
    response.set_cookie(
        name,
        value,
        max_age=lasting,
        path=path,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
