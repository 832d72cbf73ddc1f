"""The WSGI application that the server runs."""

import os
import threading

from django.core.wsgi import get_wsgi_application

from comptoir.config.interpreter import loading, serve

loading()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comptoir.config.settings")
application = get_wsgi_application()

from comptoir.discovery.live.engine import ENGINE  # noqa: E402 (models load when Django is set up)

serve()
# Beside the first requests: it reads what is compiled already, and the snapshot.
threading.Thread(target=ENGINE.begin, name="ranking", daemon=True).start()
