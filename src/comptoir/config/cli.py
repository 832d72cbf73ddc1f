"""The ``comptoir`` command: ``comptoir run``, ``comptoir doctor``, ``comptoir import-catalogue`` …

Each is a Django management command of ``comptoir.config``; the database is found or started first.
"""

import os
import sys

import psycopg
from django.core.management import execute_from_command_line

from comptoir.config import web_server
from comptoir.config.database import ensure_database
from comptoir.config.doctor import main as doctor
from comptoir.config.interpreter import loading
from comptoir.config.processes import die_with_parent
from comptoir.config.progress import step

# These need no database. ``doctor`` is here because it must speak when nothing else can.
WITHOUT_DATABASE = {"help", "collectstatic", "messages", "--help", "--version"}
SHOWS_ITS_START = {"run", "demo"}


def main() -> None:
    """Entry point; underscores of a command's name may be written as hyphens."""
    loading()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comptoir.config.settings")
    given = sys.argv[1] if len(sys.argv) > 1 else "help"
    name = given if given.startswith("-") else given.replace("-", "_")
    try:
        _run(name, sys.argv[2:])
    except KeyboardInterrupt:
        sys.exit(130)


def _run(name: str, arguments: list[str]) -> None:
    if name == "doctor":
        sys.exit(doctor(arguments))
    if name == "demo":
        os.environ["COMPTOIR_DEMO"] = "1"
    if name not in WITHOUT_DATABASE:
        _find_database(shows=name in SHOWS_ITS_START)
    if name == "web":
        web_server.serve()
    else:
        execute_from_command_line(["comptoir", name, *arguments])


def _find_database(*, shows: bool) -> None:
    if os.environ.get("DATABASE_URL"):
        return
    try:
        if shows:
            with step("Database"):
                ensure_database()
        else:
            ensure_database()
    except (RuntimeError, OSError, psycopg.Error) as error:
        sys.exit(f"The database does not start: {error}\n`comptoir doctor` may say more.")
    os.environ["COMPTOIR_EMBEDDED"] = "1"


if __name__ == "__main__":
    die_with_parent()
    main()
