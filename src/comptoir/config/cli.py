"""The ``comptoir`` command: ``comptoir run``, ``comptoir doctor``, ``comptoir import-catalogue`` …

Each is a Django management command of ``comptoir.config``; the database is found or started first.
"""

import os
import sys

from django.core.management import execute_from_command_line

from comptoir.config.database import ensure_database

# These look for the database themselves, or need none.
WITHOUT_DATABASE = {"doctor", "help", "collectstatic", "--help", "--version"}


def main() -> None:
    """Entry point; underscores of a command's name may be written as hyphens."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comptoir.config.settings")
    command = sys.argv[1].replace("-", "_") if len(sys.argv) > 1 else "help"
    name = command if not command.startswith("_") else sys.argv[1]
    if name not in WITHOUT_DATABASE:
        ensure_database()
    execute_from_command_line(["comptoir", name, *sys.argv[2:]])
