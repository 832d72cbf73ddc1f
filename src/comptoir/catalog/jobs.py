"""Work on catalogues that the worker does."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from comptoir.catalog.models import ImportRun
from comptoir.catalog.services.import_catalogue import run_import
from comptoir.catalog.services.import_files import kept_file
from comptoir.common.errors import Conflict


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
