"""Runs every check, prints a line for each and what to do, and sums up."""

import os
from collections.abc import Callable, Iterable, Iterator

from comptoir.config.doctor import machine
from comptoir.config.doctor.database import contents, reach
from comptoir.config.doctor.finding import Finding, bad
from comptoir.config.progress import console

SIGNS = {"ok": "[green]✓[/green]", "warn": "[yellow]![/yellow]", "bad": "[red]✗[/red]", "skip": "–"}
Check = Callable[[], Iterator[Finding]]
GROUND: tuple[Check, ...] = (machine.python_version, machine.folder, machine.disk)
# The settings are read with the first of these: by then the database's address must be known.
PLACE: tuple[Check, ...] = (machine.configuration, machine.port, machine.mail)


def examine() -> list[Finding]:
    """Every finding, in the order of the report; a check that itself fails is a finding."""
    found = [finding for check in GROUND for finding in _guarded(check)]
    address = _guarded(machine.database_url)
    if any(finding.mark == "bad" for finding in address):
        return [*found, *address]
    reached = _guarded(reach)
    found += [finding for check in PLACE for finding in _guarded(check)]
    found += [*address, *reached]
    if all(finding.mark == "ok" for finding in reached):
        found += _guarded(contents)
    return found


def _guarded(check: Callable[[], Iterable[Finding]]) -> list[Finding]:
    try:
        return list(check())
    except Exception as error:  # noqa: BLE001 (the doctor must finish whatever is broken)
        what = f"{check.__name__} could not be checked: {type(error).__name__}: {error}"
        return [bad(what, "This is a fault of Comptoir; please report it.")]


def main(arguments: list[str]) -> int:
    """Prints the report; 0 when nothing is wrong (warnings allowed), else 1."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comptoir.config.settings")
    if arguments:
        console.print("usage: comptoir doctor", markup=False)
        return 2
    found = examine()
    for finding in found:
        console.print(f"{SIGNS[finding.mark]} ", end="")
        console.print(finding.what, markup=False, soft_wrap=True)
        if finding.remedy:
            console.print(f"    → {finding.remedy}", markup=False, soft_wrap=True)
    wrong = sum(finding.mark == "bad" for finding in found)
    console.print("\nAll is well." if not wrong else f"\n{wrong} to correct.")
    return 1 if wrong else 0
