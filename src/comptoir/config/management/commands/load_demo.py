"""``comptoir load-demo``: brings in the demo place, once."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from comptoir.config.progress import step
from comptoir.config.wiring import dispatcher
from comptoir.demo.communities import settle_communities
from comptoir.demo.load import PART, load_demo


class Command(BaseCommand):
    help = "Loads the demo place, a small town that is fiction; does nothing when it is there."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--part",
            type=float,
            default=PART,
            help=f"width of the pictures, 1 for 1200 pixels (default {PART})",
        )

    def handle(self, *args: object, **options: Any) -> None:
        if not load_demo(step=step, part=options["part"]):
            return
        with step("Who did what"):
            dispatcher().deliver_all()
        with step("Communities of taste"):
            settle_communities()
