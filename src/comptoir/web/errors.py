"""The answers when something broke: pages that need neither database nor session nor language."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader

RETRY_AFTER = 5  # seconds: a PostgreSQL that restarts is back by then


def server_error(request: HttpRequest) -> HttpResponse:
    """500; or 503 and when to come back, if the database did not answer.

    Called by Django where it catches what a view or a middleware let through: a middleware of ours
    would see the finished answer only.
    """
    if not _database_is_away(sys.exc_info()[1]):
        return HttpResponse(loader.get_template("500.html").render(), status=500)
    answer = HttpResponse(loader.get_template("503.html").render(), status=503)
    answer.headers["Retry-After"] = str(RETRY_AFTER)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def too_large(most: int) -> HttpResponse:
    """413, before anything was read: a form with files that weigh more than ``most`` bytes."""
    page = loader.get_template("413.html").render({"most": most // 1_000_000})
    return HttpResponse(page, status=413)


def _database_is_away(error: BaseException | None) -> bool:
    """Whether the error, or one that it was raised from, is the database's connection."""
    while error is not None:
        if isinstance(error, (OperationalError, InterfaceError)):
            return True
        error = error.__cause__
    return False
