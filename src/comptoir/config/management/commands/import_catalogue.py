"""``comptoir import-catalogue SHOP FILE``: brings a catalogue file into a shop."""

import os
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _

from comptoir.catalog.models import ImportRun
from comptoir.catalog.services.import_catalogue import import_catalogue
from comptoir.common.errors import Conflict
from comptoir.config.import_report import ImportBar, print_report
from comptoir.shops.models import Shop

NEEDS_CONFIRMATION = 3
PIECE = 1024 * 1024


class Command(BaseCommand):
    help = (
        "Imports a product feed (Google Merchant RSS, Atom or TSV; Meta or Pinterest CSV or TSV) "
        "into a shop. Exit status: 0 imported, 1 failed, 3 it would withdraw more than half of "
        "the catalogue and needs --yes-withdraw."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("shop", help="the shop's handle, such as maison_zinc")
        parser.add_argument("file", help="the file; - reads standard input")
        parser.add_argument(
            "--no-pictures", action="store_true", help="leave pictures for another time"
        )
        parser.add_argument(
            "--yes-withdraw",
            action="store_true",
            help="withdraw products that the file no longer names, even more than half of them",
        )

    def handle(self, *args: object, **options: Any) -> None:
        with translation.override(_language_of_terminal()):
            shop = _shop_called(options["shop"])
            with _opened(options["file"]) as (file, name), ImportBar() as bar:
                try:
                    run = import_catalogue(
                        shop=shop,
                        file=file,
                        file_name=name,
                        pictures=not options["no_pictures"],
                        confirm_withdrawals=options["yes_withdraw"],
                        watch=bar.show,
                    )
                except Conflict as error:
                    raise CommandError(str(error.message)) from error
            print_report(run)
        if run.status == ImportRun.Status.NEEDS_CONFIRMATION:
            sys.exit(NEEDS_CONFIRMATION)
        if run.status != ImportRun.Status.DONE:
            sys.exit(1)


def _shop_called(handle: str) -> Shop:
    shop = Shop.objects.filter(profile__handle=handle.removeprefix("@").lower()).first()
    if shop is None:
        raise CommandError(_("There is no shop called %(handle)s.") % {"handle": handle})
    return shop


@contextmanager
def _opened(path: str) -> Iterator[tuple[BinaryIO, str]]:
    """The file, seekable; standard input goes through a temporary one."""
    if path == "-":
        with tempfile.TemporaryFile() as kept:
            _copy(sys.stdin.buffer, kept)
            yield cast("BinaryIO", kept), "-"
        return
    with ExitStack() as stack:
        try:
            file = stack.enter_context(Path(path).open("rb"))
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error
        yield file, Path(path).name


def _copy(source: IO[bytes], target: IO[bytes]) -> None:
    while piece := source.read(PIECE):
        target.write(piece)


def _language_of_terminal() -> str:
    """French or English, as the shell's locale says."""
    named = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "fr" if next(filter(None, named), "").lower().startswith("fr") else "en"
