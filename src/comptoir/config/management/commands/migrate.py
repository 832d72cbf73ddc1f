"""``comptoir migrate``: Django's, but it takes no place for finished that stopped half-way."""

from typing import Any

from django.core.management.commands import migrate
from django.db import connections
from django.db.migrations.loader import MigrationLoader

from comptoir.config.schema import check_steps


class Command(migrate.Command):
    """As Django's; refused before anything is done where steps that are one by now are missing."""

    def handle(self, *args: Any, **options: Any) -> None:
        check_steps(MigrationLoader(connections[options["database"]]))
        super().handle(*args, **options)
