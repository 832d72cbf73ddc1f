import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from comptoir.config.preparation import prepare
from comptoir.config.progress import console, step
from comptoir.config.supervisor import refuse_taken_port, supervise
from comptoir.config.wiring import dispatcher
from comptoir.demo.arrivals import OPERATOR, PASSWORD, operator_is_there
from comptoir.demo.communities import settle_communities
from comptoir.demo.load import load_demo
from comptoir.demo.town import load_town
from comptoir.people.models import User

BUYER, SHOP = "ines", "maison_zinc"
PICTURE_PART = 0.8  # of 1200 pixels: drawn in two thirds of the time, and wide enough


class Command(BaseCommand):
    help = (
        "A small town to walk in, made up: `run` with people, shops and products. Ctrl-C stops it."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_taken_port()
        prepare()
        self._refuse_other_places()
        if load_demo(step=step, part=PICTURE_PART):
            with step("Who did what"):
                dispatcher().deliver_all()
            with step("Communities of taste"):
                settle_communities()
        console.print("Starting the pages and the worker …")
        sys.exit(supervise(self._welcome()))

    def _refuse_other_places(self) -> None:
        """People who are no fiction must not wake up among those who are."""
        demo = OPERATOR.partition("@")[2]
        if not operator_is_there() and User.objects.exclude(email__endswith=f"@{demo}").exists():
            raise CommandError(
                "This place has people of its own, and the demo place needs an empty one:\n"
                "  COMPTOIR_VAR=demo-var comptoir demo"
            )

    def _welcome(self) -> str:
        town = load_town()
        emails = {person.handle: person.email for person in town.people}
        owner = next(shop for shop in town.shops if shop.handle == SHOP)
        rows = [
            ("a buyer", emails[BUYER]),
            (f"the owner of {owner.name}", emails[owner.owner]),
            ("the operator", OPERATOR),
        ]
        lines = [f"  {email:34} {who}" for who, email in rows]
        return "\n".join(
            [
                f"\n[bold]Comptoir is open: {settings.PUBLIC_URL}[/bold]",
                f"Sign in with the password [bold]{PASSWORD}[/bold] as",
                *lines,
                "What people do is kept. Ctrl-C stops it all.",
            ]
        )
