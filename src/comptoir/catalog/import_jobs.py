"""Imports that the worker does, and what a shop is told of them. Found through ``jobs``."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from comptoir.catalog.models import ImportRun
from comptoir.catalog.services.feed_letters import tell_shop
from comptoir.catalog.services.import_catalogue import run_import
from comptoir.catalog.services.import_files import kept_file
from comptoir.common.errors import Conflict
from comptoir.common.retries import FOUR_DAYS


# Another import of the shop may run from the command line: this one waits for it, up to a day.
@app.task(
    name="catalog.import_kept_file",
    queue="import",
    retry=RetryStrategy(max_attempts=1440, wait=60, retry_exceptions={Conflict}),
)
def import_kept_file(run_id: int) -> None:
    """Imports the file kept with a run; run again after a kill, it begins anew."""
    run = ImportRun.objects.select_related("shop").get(pk=run_id)
    with kept_file(run=run) as file:
        run_import(run=run, file=file)
    if run.started_by_id is None and run.status in TOLD:
        tell_shop_job.defer(shop_id=run.shop_id, about=TOLD[run.status], run_id=run.pk)


# Runs that nobody watches: what came from the shop's own address.
TOLD: dict[str, str] = {
    ImportRun.Status.FAILED: "unread",
    ImportRun.Status.NEEDS_CONFIRMATION: "asking",
}


@app.task(name="catalog.tell_shop", queue="mail", retry=FOUR_DAYS)
def tell_shop_job(shop_id: int, about: str, run_id: int | None = None) -> None:
    """Tells the shop that its catalogue was not updated; tried for four days."""
    tell_shop(shop_id=shop_id, about=about, run_id=run_id)
