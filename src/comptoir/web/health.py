"""Whether this place is well, for load balancers and ``comptoir doctor``."""

from dataclasses import asdict, replace

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache

from comptoir.common.outbox import backlog
from comptoir.discovery.live.engine import ENGINE


@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """200, the outbox's backlog and what the ranking rests on; 503 without the database."""
    try:
        outbox, ranking = backlog(), ENGINE.condition()
    except DatabaseError:
        return JsonResponse({"status": "down", "database": "down"}, status=503)
    # Everybody may read this: which file, but not where this machine has it.
    fault = ranking.fault.replace(f"{settings.SNAPSHOT_ROOT}/", "")
    told = asdict(replace(ranking, fault=fault))
    return JsonResponse({"status": "ok", "database": "ok", "outbox": outbox, "ranking": told})
