"""Work on catalogues that the worker does."""

from procrastinate import exceptions
from procrastinate.contrib.django import app

from comptoir.catalog.import_jobs import import_kept_file, tell_shop_job
from comptoir.catalog.services.feed_source import read_source, sources_due
from comptoir.catalog.services.files import sweep_files

__all__ = ["import_kept_file", "read_feed", "read_feeds", "sweep_files_job", "tell_shop_job"]


@app.periodic(cron="*/5 * * * *")
@app.task(name="catalog.read_feeds", queue="feed", queueing_lock="catalog.read_feeds")
def read_feeds(timestamp: int) -> None:  # noqa: ARG001 (procrastinate gives it)
    """Every five minutes: catalogues whose hour or day has come."""
    for shop_id in sources_due():
        once = read_feed.configure(queueing_lock=f"catalog.read_feed:{shop_id}")
        try:
            once.defer(shop_id=shop_id)
        except exceptions.AlreadyEnqueued:
            continue


@app.periodic(cron="35 3 * * *")
@app.task(name="catalog.sweep_files", queue="import", queueing_lock="catalog.sweep_files")
def sweep_files_job(timestamp: int) -> None:  # noqa: ARG001 (procrastinate gives it)
    """Each night: what uploads that were killed midway left on the disk."""
    sweep_files()


@app.task(name="catalog.read_feed", queue="feed")
def read_feed(shop_id: int) -> None:
    """Reads one shop's catalogue from its address; what fails is tried in the next round."""
    read_source(shop_id=shop_id)
