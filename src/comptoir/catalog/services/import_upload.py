"""Imports asked for in the back office: kept, queued, confirmed or declined."""

from pathlib import PurePath
from typing import IO

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from comptoir.catalog.import_jobs import import_kept_file
from comptoir.catalog.models import ImportRun
from comptoir.catalog.services.import_files import drop_file, keep_file
from comptoir.catalog.states import IMPORT
from comptoir.common import clock
from comptoir.common.errors import Conflict, Refused
from comptoir.common.states import transition
from comptoir.people.models import User
from comptoir.shops.models import Shop

_OPEN = (ImportRun.Status.QUEUED, ImportRun.Status.READING, ImportRun.Status.APPLYING)


@transaction.atomic
def import_upload(
    *, shop: Shop, file: IO[bytes], file_name: str, started_by: User | None, pictures: bool = True
) -> ImportRun:
    """Keeps the uploaded file and queues its import; the run's counts are live from then on.

    What the file is, and whether it can be read, is found out by the worker: see ``run.failure``.

    Raises:
        Refused: ``file_too_large`` (200 MB), ``file_empty``.
        Conflict: ``import_running``, this shop has an import queued or under way.
    """
    # One upload of a shop at a time may pass the check below.
    Shop.objects.select_for_update(no_key=True).get(pk=shop.pk)
    if ImportRun.objects.filter(shop=shop, status__in=_OPEN, chunks__isnull=False).exists():
        raise Conflict("import_running", _("Another import of this shop is running."))
    run = ImportRun.objects.create(
        shop=shop, file_name=PurePath(file_name).name[-200:], started_by=started_by,
        with_pictures=pictures, created_at=clock.now(),
    )  # fmt: skip
    keep_file(run=run, file=file)
    if run.bytes_total == 0:
        raise Refused("file_empty", _("The file is empty."))
    _queue(run)
    return run


@transaction.atomic
def confirm_withdrawal(*, run: ImportRun) -> None:
    """Answers yes to a run that asks before it withdraws more than half; it is queued again.

    Raises:
        Conflict: ``state_changed``, it was answered already or another import came after.
        Refused: ``file_not_kept``, the file was too large to be kept and must be given again.
    """
    _check_asking(run)
    if not run.chunks.exists():
        raise Refused("file_not_kept", _("The file was not kept. Import it again and confirm."))
    transition(run, IMPORT, ImportRun.Status.QUEUED, withdrawals_confirmed=True, finished_at=None)
    _queue(run)


@transaction.atomic
def decline_withdrawal(*, run: ImportRun) -> None:
    """Answers no: nothing of the file is imported, and it is forgotten.

    Raises:
        Conflict: ``state_changed``, it was answered already or another import came after.
    """
    _check_asking(run)
    transition(run, IMPORT, ImportRun.Status.DROPPED, finished_at=clock.now())
    drop_file(run=run)


def _check_asking(run: ImportRun) -> None:
    if run.status != ImportRun.Status.NEEDS_CONFIRMATION:
        raise Conflict("state_changed", _("This import does not wait for an answer any more."))


def _queue(run: ImportRun) -> None:
    import_kept_file.configure(lock=f"catalog.import:{run.shop_id}").defer(run_id=run.pk)
