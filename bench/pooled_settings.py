"""The site's settings with a pool of connections, which Django's own ASGI handler needs: it gives
each request a thread of its own, and connections are kept by threads."""

from bench.settings import *  # noqa: F403
from comptoir.config.settings import DATABASES

DATABASES["default"]["CONN_MAX_AGE"] = 0
DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 4, "max_size": 4}
