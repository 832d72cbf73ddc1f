"""The WSGI application that the server runs."""

import os
import sys
import threading

from django.core.wsgi import get_wsgi_application

from comptoir.config.garbage import loading, settle

loading()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comptoir.config.settings")
application = get_wsgi_application()

from comptoir.discovery.live.engine import ENGINE  # noqa: E402 (models load when Django is set up)

settle()
# A page that has the interpreter keeps it until it waits or is done: threads that cut each other
# off wait for each other instead of working. Python's own 5 ms fall into most pages.
sys.setswitchinterval(0.02)
# Beside the first requests: it reads what is compiled already, and the snapshot.
threading.Thread(target=ENGINE.begin, name="ranking", daemon=True).start()
