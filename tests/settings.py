"""The site's own settings, over a real PostgreSQL that is found or started first.

Translations are compiled too, so that pages are French for those who ask for French.
"""

import os

from comptoir.config.catalogues import compile_changed
from comptoir.config.database import ensure_database

os.environ.setdefault("COMPTOIR_ENV", "test")
os.environ.setdefault("COMPTOIR_DEBUG", "0")
ensure_database()
compile_changed()

from comptoir.config.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# The limits' own tests set theirs.
RATE_LIMITS = {}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
# What jobs hand over is found where pages' mails are: in ``django.core.mail.outbox``.
MAIL_DELIVERY_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Nothing outside is asked; its own tests have a register on the loopback.
VIES_API = ""
# Tests that make snapshots have a folder of their own.
SNAPSHOT_ROOT = VAR / "no-snapshots"  # noqa: F405
