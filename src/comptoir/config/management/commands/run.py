import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from comptoir.config.preparation import prepare
from comptoir.config.progress import console
from comptoir.config.supervisor import refuse_taken_port, supervise


class Command(BaseCommand):
    help = "Starts everything: database, pages and worker. Ctrl-C stops it all."

    def handle(self, *args: Any, **_options: Any) -> None:
        refuse_taken_port()
        prepare()
        console.print("Starting the pages and the worker …")
        sys.exit(
            supervise(f"\n[bold]Comptoir is open: {settings.PUBLIC_URL}[/bold]\nCtrl-C stops it.")
        )
