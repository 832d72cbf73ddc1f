import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from comptoir.sales.services.verify_ledger import check_ledgers


class Command(BaseCommand):
    help = "The chained payment log: verify that no entry was altered, removed or slipped in."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=["verify"])

    def handle(self, *args: Any, **options: Any) -> None:
        verified = check_ledgers()
        for broken in verified.broken:
            self.stdout.write(f"shop {broken.shop_id}: entry {broken.sequence}: {broken.fault}")
        if verified.broken:
            sys.exit(f"Payment logs that do not hold: {len(verified.broken)}.")
        self.stdout.write(f"{verified.entries} entries, every link holds.")
