"""``comptoir ranking``: makes the snapshot that ranking reads, as the worker does by itself."""

from typing import Any

from django.core.management.base import BaseCommand

from comptoir.config.progress import step
from comptoir.discovery.live.renewal import renew


class Command(BaseCommand):
    help = "Makes a snapshot of who did what and who follows whom, for the ranking."
    requires_system_checks = []

    def handle(self, *args: object, **options: Any) -> None:
        with step("Snapshot"):
            made = renew()
        self.stdout.write(
            f"{made.acts} acts of {made.people} people on {made.products} products:"
            f" {made.bytes / 1e6:.1f} MB in {made.seconds:.1f} s."
        )
