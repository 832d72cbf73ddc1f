"""The site's own settings, over a real PostgreSQL that is found or started first.

Translations are compiled too, so that pages are French for those who ask for French.
"""

import os
from pathlib import Path

import psycopg

from comptoir.config.catalogues import compile_changed
from comptoir.config.database import ensure_database
from comptoir.config.interpreter import loading
from comptoir.config.paths import var_dir

loading()
os.environ.setdefault("COMPTOIR_ENV", "test")
os.environ.setdefault("COMPTOIR_DEBUG", "0")
# The server of `make test` keeps what can be lost: no commit waits for the disk. Never another's.
forgetful = "DATABASE_URL" not in os.environ and var_dir() == Path(__file__).parents[1] / "var/test"
url = ensure_database()
if forgetful:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("SELECT pg_reload_conf()")
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
