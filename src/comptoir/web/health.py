"""Whether this place is well, for load balancers and ``comptoir doctor``."""

from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache

from comptoir.common.outbox import backlog


@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """200 and the outbox's backlog, or 503 when the database does not answer."""
    try:
        outbox = backlog()
    except DatabaseError:
        return JsonResponse({"status": "down", "database": "down"}, status=503)
    return JsonResponse({"status": "ok", "database": "ok", "outbox": outbox})
