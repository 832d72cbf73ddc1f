"""Work on catalogues that the worker does."""

from procrastinate import exceptions
from procrastinate.contrib.django import app

from comptoir.catalog.import_jobs import import_kept_file, tell_shop_job
from comptoir.catalog.services.feed_source import read_source, sources_due
from comptoir.catalog.services.files import sweep_files
from comptoir.common.regularly import regularly

__all__ = ["import_kept_file", "read_feed", "read_feeds", "sweep_files_job", "tell_shop_job"]


@regularly("*/5 * * * *", "catalog.read_feeds", queue="feed")
def read_feeds() -> None:
    """Every five minutes: catalogues whose hour or day has come."""
    for shop_id in sources_due():
        once = read_feed.configure(queueing_lock=f"catalog.read_feed:{shop_id}")
        try:
            once.defer(shop_id=shop_id)
        except exceptions.AlreadyEnqueued:
            continue


@regularly("35 3 * * *", "catalog.sweep_files", queue="import")
def sweep_files_job() -> None:
    """Each night: what uploads that were killed midway left on the disk."""
    sweep_files()


@app.task(name="catalog.read_feed", queue="feed")
def read_feed(shop_id: int) -> None:
    """Reads one shop's catalogue from its address; what fails is tried in the next round."""
    read_source(shop_id=shop_id)
