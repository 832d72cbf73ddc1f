"""``comptoir communities``: finds communities of taste now, as the worker does each night."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from comptoir.common.errors import Conflict
from comptoir.config.progress import step
from comptoir.discovery.communities.renewal import renew_communities


class Command(BaseCommand):
    help = "Finds communities of taste anew from what people do in public, as is done each night."
    requires_system_checks = []

    def handle(self, *args: object, **options: Any) -> None:
        try:
            with step("Communities of taste"):
                renewal = renew_communities()
        except Conflict as refusal:
            sys.exit(str(refusal.message))
        self.stdout.write(
            f"{renewal.living} communities of {renewal.people} people found;"
            f" {renewal.new} new, {renewal.ended} ended."
        )
