"""Work of ``discovery`` that nobody waits for."""

import logging

from procrastinate.contrib.django import app

from comptoir.common.errors import Conflict
from comptoir.discovery.communities.renewal import renew_communities
from comptoir.discovery.live import renewal
from comptoir.discovery.search import jobs as search_jobs  # noqa: F401 (its tasks are found here)

logger = logging.getLogger(__name__)


@app.periodic(cron="23 4 * * *")
@app.task(
    name="discovery.renew_communities", queue="default", queueing_lock="discovery.communities"
)
def renew_communities_job(timestamp: int) -> None:  # noqa: ARG001 (procrastinate gives it)
    """Each night: communities of taste are found anew."""
    try:
        renewal = renew_communities()
    except Conflict:
        return  # the one that runs finds what this one would
    logger.info("communities renewed: %s", renewal)


@app.periodic(cron="*/5 * * * *")
@app.task(name="discovery.renew_snapshot", queue="ranking", queueing_lock="discovery.snapshot")
def renew_snapshot(timestamp: int) -> None:  # noqa: ARG001 (procrastinate gives it)
    """Every five minutes: a snapshot for the ranking, if one is due; the one before it goes."""
    renewal.tidy()
    if renewal.is_due():
        logger.info("snapshot made: %s", renewal.renew())
