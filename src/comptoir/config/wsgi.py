"""The WSGI application that the server runs."""

import os
import threading
from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

from comptoir.config.interpreter import loading, serve

loading()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comptoir.config.settings")
site = get_wsgi_application()

from comptoir.discovery.live.engine import ENGINE  # noqa: E402 (models load when Django is set up)

serve()
# Beside the first requests: it reads what is compiled already, and the snapshot.
threading.Thread(target=ENGINE.begin, name="ranking", daemon=True).start()


def application(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """The site; a page that is there whole is handed over whole. What is left to be iterated over
    goes to the server piece by piece, through a queue: a twentieth of a page's time."""
    answer: Any = site(environ, start)
    if getattr(answer, "streaming", True):
        return answer  # type: ignore[no-any-return]
    whole = [answer.content]
    answer.close()
    return whole
