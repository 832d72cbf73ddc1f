"""Reads of catalogue imports, for the shop's desk."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from comptoir.catalog.models import FeedSource, ImportIssue, ImportRun
from comptoir.common.errors import NotVisible, Refused
from comptoir.common.keyset import Page
from comptoir.people.actor import Actor
from comptoir.shops.access import Right, desk_for

RUNS_SHOWN = 20
ISSUES_SHOWN = 50


@dataclass(frozen=True, slots=True)
class IssueCounts:
    """Findings that were kept of a run: refused rows, and rows taken with a change."""

    error: int
    warning: int


def import_run_at_desk(actor: Actor, shop_handle: str, run_id: int) -> ImportRun:
    """A run of the shop where the actor may import, with its shop.

    Raises:
        NotVisible: not their shop, not their right, or not that shop's run.
    """
    shop = desk_for(actor, shop_handle, Right.IMPORT)
    run = ImportRun.objects.filter(pk=run_id, shop=shop).first()
    if run is None:
        raise NotVisible
    return run


def runs_of(shop_id: int) -> list[ImportRun]:
    """The shop's last runs, newest first."""
    return list(ImportRun.objects.filter(shop=shop_id).order_by("-id")[:RUNS_SHOWN])


def feed_source_of(shop_id: int) -> FeedSource | None:
    """Where the shop's catalogue is read from by itself, if it is."""
    return FeedSource.objects.filter(shop=shop_id).first()


def runs_to_confirm(shop_id: int) -> list[ImportRun]:
    """Runs that ask before they withdraw more than half of the catalogue."""
    asking = ImportRun.Status.NEEDS_CONFIRMATION
    return list(ImportRun.objects.filter(shop=shop_id, status=asking).order_by("-id")[:1])


def issue_counts(run: ImportRun) -> IssueCounts:
    """How many findings of each severity were kept."""
    counts = run.issues.aggregate(
        error=Count("pk", filter=Q(severity=ImportIssue.Severity.ERROR)),
        warning=Count("pk", filter=Q(severity=ImportIssue.Severity.WARNING)),
    )
    return IssueCounts(**counts)


def issues_of(run: ImportRun, severity: str, after: str = "") -> Page[ImportIssue]:
    """Findings of one severity in the file's order.

    Raises:
        Refused: ``bad_cursor``.
    """
    rows = run.issues.filter(severity=severity)
    if after:
        row, issue_id = _place(after)
        rows = rows.filter(Q(row=row, pk__gt=issue_id) | Q(row__gt=row), row__gte=row)
    found = list(rows.order_by("row", "id")[: ISSUES_SHOWN + 1])
    shown = found[:ISSUES_SHOWN]
    more = len(found) > ISSUES_SHOWN
    return Page(shown, f"{shown[-1].row}.{shown[-1].pk}" if more else None)


def _place(token: str) -> tuple[int, int]:
    row, _dot, issue_id = token.partition(".")
    if not (row.isdecimal() and issue_id.isdecimal() and len(token) < 40):
        raise Refused("bad_cursor", _("This page address is damaged."))
    return int(row), int(issue_id)
