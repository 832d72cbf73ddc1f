"""Work on pictures that waits for the network."""

from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from comptoir.common.regularly import regularly
from comptoir.media.services.bring_picture import bring_picture
from comptoir.media.services.sweep import forget_unused, remove_orphan_files

MAX_RETRIES = 5


@app.task(
    name="media.render_picture",
    queue="media",
    retry=RetryStrategy(max_attempts=MAX_RETRIES, exponential_wait=5),
    pass_context=True,
)
def render_picture(context: JobContext, picture_id: int) -> None:
    """Fetches and renders one pending picture; tried six times within an hour and a half."""
    bring_picture(picture_id=picture_id, last_try=context.job.attempts >= MAX_RETRIES)


@regularly("40 4 * * *", "media.sweep", queue="media")
def sweep() -> None:
    """Each night: what nothing shows any more leaves the database and the disk."""
    forget_unused()
    remove_orphan_files()
