from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from comptoir.config.worker import forgotten_queues, groups_of, run


class Command(BaseCommand):
    help = "Does the jobs and delivers the outbox's events, until it is told to stop."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("queues", nargs="*", help="only these queues (all of them by default)")
        parser.add_argument("--no-outbox", action="store_true", help="do not deliver events")

    def handle(self, *args: Any, **options: Any) -> None:
        if forgotten := forgotten_queues():
            raise CommandError(f"No worker group serves {sorted(forgotten)}.")
        try:
            groups = groups_of(options["queues"])
        except ValueError as error:
            raise CommandError(str(error)) from error
        run(groups, with_outbox=not options["no_outbox"])
