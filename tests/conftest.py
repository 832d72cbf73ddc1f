"""The tests' ground: a real PostgreSQL, found or started before Django reads its settings."""

import os

os.environ.setdefault("COMPTOIR_ENV", "test")
os.environ.setdefault("COMPTOIR_DEBUG", "0")

from comptoir.config.database import ensure_database

ensure_database()
