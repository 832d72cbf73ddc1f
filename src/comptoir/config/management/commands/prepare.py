from typing import Any

from django.core.management.base import BaseCommand

from comptoir.config.preparation import prepare


class Command(BaseCommand):
    help = (
        "Brings schema, translations and static files up to date, as `run` does before it serves."
    )
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        prepare()
