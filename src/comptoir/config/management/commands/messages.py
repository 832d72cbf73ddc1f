import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from comptoir.config import catalogues


class Command(BaseCommand):
    help = "Translations: update the catalogues from the code, compile them, or check them."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=["extract", "update", "compile", "check"])

    def handle(self, *args: Any, **options: Any) -> None:
        getattr(self, f"_{options['action']}")()

    def _extract(self) -> None:
        """Lists every text of the code with where it is used."""
        for message in catalogues.extracted():
            for file, line in message.locations:
                self.stdout.write(f"{file}:{line}: {message.id!r}")

    def _update(self) -> None:
        for language in catalogues.LANGUAGES:
            texts, untranslated = catalogues.update(language)
            self.stdout.write(f"{language}: {texts} texts, {untranslated} to translate")

    def _compile(self) -> None:
        self.stdout.write(f"{catalogues.compile_changed()} compiled")

    def _check(self) -> None:
        found = [line for code in catalogues.LANGUAGES for line in catalogues.problems(code)]
        for line in found:
            self.stdout.write(line)
        if found:
            sys.exit(f"{len(found)} problems; `comptoir messages update` brings new texts in.")
        self.stdout.write(f"complete: en, {', '.join(catalogues.LANGUAGES)}")
