"""What an import shows on a terminal: a bar while it runs, and its report."""

from types import TracebackType

from babel.numbers import format_decimal
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from comptoir.catalog.models import ImportRun

SHOWN_ISSUES = 30


class ImportBar:
    """A bar with count and rate on standard error; nothing where that is no terminal."""

    def __init__(self) -> None:
        console = Console(stderr=True)
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TaskProgressColumn(),
            TextColumn("{task.fields[counted]}"),
            TimeRemainingColumn(),
            console=console,
            disable=not console.is_terminal,
            transient=True,
        )
        self._reading = self._progress.add_task(_("Reading"), total=None, counted="")
        self._writing = self._progress.add_task(_("Writing"), total=None, counted="", visible=False)

    def __enter__(self) -> "ImportBar":
        self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._progress.stop()

    def show(self, run: ImportRun) -> None:
        """Moves the bar to where the run is; a ``watch`` of ``import_catalogue``."""
        if run.status == ImportRun.Status.READING:
            self._move(self._reading, run.bytes_read, run.bytes_total, run.rows_read)
        else:
            done = run.created + run.updated + run.withdrawn
            total = run.rows_read - run.refused - run.unchanged + run.to_withdraw
            self._move(self._writing, done, total, done)

    def _move(self, task: int, done: int, total: int, counted: int) -> None:
        bar = next(t for t in self._progress.tasks if t.id == task)
        rate = counted / bar.elapsed if bar.elapsed else 0
        shown = _("%(count)s rows, %(rate)s a second") % {
            "count": _number(counted),
            "rate": _number(round(rate)),
        }
        self._progress.update(
            bar.id, completed=done, total=max(total, 1), counted=shown, visible=True
        )


def print_report(run: ImportRun) -> None:
    """The counts, then the first findings, on standard output."""
    run.refresh_from_db()
    console = Console(highlight=False)
    if run.failure:
        console.print(Text(run.failure, style="bold red"))
    else:
        console.print(Text(f"{run.file_name} · {run.format_label} · {run.encoding}"))
        console.print(_counts(run))
    if run.status == ImportRun.Status.NEEDS_CONFIRMATION:
        console.print(Text(_question(run), style="bold yellow"))
    _print_issues(run, console)


def _counts(run: ImportRun) -> Table:
    table = Table()
    table.add_column(_("Rows"))
    table.add_column("", justify="right")
    for label, count in (
        (_("Created"), run.created),
        (_("Updated"), run.updated),
        (_("Unchanged"), run.unchanged),
        (_("Withdrawn"), run.withdrawn),
        (_("Refused"), run.refused),
        (_("Warnings"), run.warnings),
    ):
        table.add_row(label, _number(count))
    return table


def _question(run: ImportRun) -> str:
    return _(
        "Nothing was changed: this file would withdraw %(count)s of %(total)s. "
        "If that is meant, import it again with --yes-withdraw, or confirm it in the back office."
    ) % {"count": _number(run.to_withdraw), "total": _number(run.in_catalogue)}


def _print_issues(run: ImportRun, console: Console) -> None:
    issues = list(run.issues.order_by("severity", "row", "id")[:SHOWN_ISSUES])
    if not issues:
        return
    table = Table(title=_("Findings"))
    for heading in (_("Row"), _("Item"), _("Field"), _("Found"), _("Expected")):
        table.add_column(heading, overflow="fold")
    for issue in issues:
        style = "red" if issue.severity == "error" else ""
        cells = (str(issue.row), issue.item_id, issue.field, issue.found, issue.expected)
        table.add_row(*(Text(cell) for cell in cells), style=style)
    console.print(table)
    more = run.issues.count() - len(issues)
    if more > 0:
        said = ngettext("And %(count)s more.", "And %(count)s more.", more)
        console.print(said % {"count": _number(more)})


def _number(count: int) -> str:
    return str(format_decimal(count, locale=(get_language() or "en").replace("-", "_")))
