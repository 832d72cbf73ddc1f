"""The WSGI application that the server runs."""

import os

from django.core.wsgi import get_wsgi_application

from comptoir.config.garbage import settle

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comptoir.config.settings")
application = get_wsgi_application()
settle()
