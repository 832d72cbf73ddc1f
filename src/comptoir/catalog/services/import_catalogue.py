"""Bringing a shop's catalogue in from a file: read, plan, ask if need be, write, withdraw."""

import io
import logging
from typing import BinaryIO

from django.db import transaction

from comptoir.catalog.events import CatalogueImported
from comptoir.catalog.feeds import FeedUnreadable, open_feed
from comptoir.catalog.models import ImportIssue, ImportRun
from comptoir.catalog.services.import_apply import (
    withdraw_empty_products,
    withdraw_variants,
    write_products,
)
from comptoir.catalog.services.import_files import MAX_FILE_BYTES, drop_file, keep_file
from comptoir.catalog.services.import_lock import only_import_of
from comptoir.catalog.services.import_plan import Plan, plan_import
from comptoir.catalog.services.import_staging import Watch, stage_feed, unstage
from comptoir.catalog.services.vat import usual_rates
from comptoir.catalog.states import IMPORT
from comptoir.common import clock
from comptoir.common.outbox import emit
from comptoir.common.states import transition
from comptoir.people.models import User
from comptoir.shops.models import Shop

logger = logging.getLogger(__name__)

# Runs of a shop whose findings are kept; the counts of all runs are.
REPORTS_KEPT = 10
_UNDER_WAY = (ImportRun.Status.READING, ImportRun.Status.APPLYING)


def _unwatched(run: ImportRun) -> None:
    """Nobody looks."""


def import_catalogue(
    *,
    shop: Shop,
    file: BinaryIO,
    file_name: str,
    started_by: User | None = None,
    pictures: bool = True,
    confirm_withdrawals: bool = False,
    watch: Watch = _unwatched,
) -> ImportRun:
    """Imports ``file`` (binary, seekable) now, and returns the run with its counts.

    Not for use inside a transaction: a large import is many. ``watch`` is called with the run as
    its counts move. Without ``confirm_withdrawals``, a file that would withdraw more than half of
    what feeds brought changes nothing; the run is then ``needs_confirmation``, with the file kept.

    Raises:
        Conflict: ``import_running``, another import of this shop is under way.
    """
    with only_import_of(shop.pk):
        run = ImportRun.objects.create(
            shop=shop, file_name=file_name[-200:], started_by=started_by, with_pictures=pictures,
            withdrawals_confirmed=confirm_withdrawals, created_at=clock.now(),
        )  # fmt: skip
        _run(run, file, watch)
    return run


def run_import(*, run: ImportRun, file: BinaryIO, watch: Watch = _unwatched) -> None:
    """Imports the kept ``file`` of a queued run, or again that of one that was killed.

    Raises:
        Conflict: ``import_running``, another import of this shop is under way.
    """
    with only_import_of(run.shop_id):
        run.refresh_from_db()
        if run.status in {ImportRun.Status.QUEUED, *_UNDER_WAY}:
            _run(run, file, watch)


def _run(run: ImportRun, file: BinaryIO, watch: Watch) -> None:
    """Under the shop's lock."""
    _begin(run, file)
    try:
        feed = open_feed(file, currency=run.shop.currency)
        run.format_label, run.encoding = feed.format.label, feed.format.encoding
        run.save(update_fields=["format_label", "encoding"])
        stage_feed(run=run, feed=feed, watch=watch)
        plan = plan_import(run=run)
        run.save(update_fields=["refused", "unchanged", "to_withdraw", "in_catalogue"])
        watch(run)
        if 2 * run.to_withdraw > run.in_catalogue and not run.withdrawals_confirmed:
            _ask(run, file)
        else:
            _apply(run, plan, watch)
    except FeedUnreadable as error:
        transition(
            run, IMPORT, ImportRun.Status.FAILED, finished_at=clock.now(),
            failure_code=error.code, failure_params=error.params,
        )  # fmt: skip
        drop_file(run=run)
    except Exception:
        logger.exception("import %s stopped", run.pk)
        run.refresh_from_db(fields=["status"])
        transition(run, IMPORT, ImportRun.Status.INTERRUPTED, finished_at=clock.now())
        raise
    finally:
        unstage()
    watch(run)


def _begin(run: ImportRun, file: BinaryIO) -> None:
    """Clears the way: runs of this shop that were killed, or that still wait for an answer."""
    others = ImportRun.objects.filter(shop=run.shop_id).exclude(pk=run.pk)
    for other in others.filter(status__in=_UNDER_WAY):
        transition(other, IMPORT, ImportRun.Status.INTERRUPTED, finished_at=clock.now())
        drop_file(run=other)
    for other in others.filter(status=ImportRun.Status.NEEDS_CONFIRMATION):
        transition(other, IMPORT, ImportRun.Status.DROPPED, finished_at=clock.now())
        drop_file(run=other)
    _forget_old_issues(run)
    transition(
        run, IMPORT, ImportRun.Status.READING, started_at=clock.now(), finished_at=None,
        bytes_total=file.seek(0, io.SEEK_END), bytes_read=0, rows_read=0, created=0, updated=0,
        unchanged=0, refused=0, withdrawn=0, warnings=0, to_withdraw=0,
    )  # fmt: skip


def _forget_old_issues(run: ImportRun) -> None:
    """A daily feed with a warning a row would fill the database with reports nobody reads."""
    run.issues.all().delete()
    newest = ImportRun.objects.filter(shop=run.shop_id).order_by("-id")
    kept = list(newest.values_list("id", flat=True)[:REPORTS_KEPT])
    ImportIssue.objects.filter(run__shop=run.shop_id).exclude(run__in=kept).delete()


@transaction.atomic
def _ask(run: ImportRun, file: BinaryIO) -> None:
    transition(run, IMPORT, ImportRun.Status.NEEDS_CONFIRMATION, finished_at=clock.now())
    if run.bytes_total <= MAX_FILE_BYTES and not run.chunks.exists():
        keep_file(run=run, file=file)


def _apply(run: ImportRun, plan: Plan, watch: Watch) -> None:
    transition(run, IMPORT, ImportRun.Status.APPLYING)
    rates = usual_rates(run.shop_id)
    for batch in range(plan.product_batches):
        write_products(run, batch, rates)
        _show(run, watch)
    for batch in range(plan.missing_batches):
        withdraw_variants(run, batch)
        _show(run, watch)
    withdraw_empty_products(run=run)
    with transaction.atomic():
        transition(run, IMPORT, ImportRun.Status.DONE, finished_at=clock.now())
        drop_file(run=run)
        emit(
            CatalogueImported(
                run_id=run.pk, shop_id=run.shop_id, created=run.created, updated=run.updated,
                withdrawn=run.withdrawn,
            )
        )  # fmt: skip


def _show(run: ImportRun, watch: Watch) -> None:
    run.refresh_from_db(fields=["created", "updated", "withdrawn"])
    watch(run)
