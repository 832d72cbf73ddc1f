"""A shop's catalogue read from its address, hourly or daily, through the same import as a file."""

import hashlib
import logging
import tempfile
from datetime import timedelta
from typing import BinaryIO
from urllib.parse import urlsplit

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from comptoir.catalog.import_jobs import tell_shop_job
from comptoir.catalog.models import FeedSource
from comptoir.catalog.services.import_files import CHUNK_BYTES, MAX_FILE_BYTES, SPOOL_BYTES
from comptoir.catalog.services.import_upload import import_upload
from comptoir.common import clock
from comptoir.common.errors import Conflict, Refused
from comptoir.common.fetch import (
    FetchedFile,
    FetchError,
    FetchRefused,
    Seen,
    checked_url,
    fetch_to_file,
    site_policy,
)
from comptoir.shops.models import Shop

logger = logging.getLogger(__name__)

EVERY = {FeedSource.Every.HOUR: timedelta(hours=1), FeedSource.Every.DAY: timedelta(days=1)}
BUSY_FOR = timedelta(minutes=10)
FETCH_SECONDS = 600
# What servers call such files; reading decides what they are.
ACCEPT = ("text/", "application/")
PAUSED_AFTER = 10  # failures in a row


@transaction.atomic
def set_feed_source(
    *, shop: Shop, url: str, every: str, with_pictures: bool = True, is_active: bool = True
) -> FeedSource:
    """From where and how often the catalogue is read; read for the first time within minutes.

    Raises:
        Refused: ``bad_feed_url``, ``bad_every``.
    """
    if every not in FeedSource.Every.values:
        raise Refused("bad_every", _("Choose how often to read it."))
    try:
        address = checked_url(url, policy=site_policy())
    except FetchRefused as error:
        message = _("This is no address that can be read: it begins with https://.")
        raise Refused("bad_feed_url", message, fields=["url"]) from error
    fresh = {
        "url": address, "every": every, "with_pictures": with_pictures, "is_active": is_active,
        "next_at": clock.now(), "failures": 0,
    }  # fmt: skip
    known = FeedSource.objects.select_for_update().filter(shop=shop).first()
    if known is None or known.url != address:
        fresh |= {"etag": "", "last_modified": "", "digest": "", "outcome": "", "failure": ""}
    source, _made = FeedSource.objects.update_or_create(shop=shop, defaults=fresh)
    return source


@transaction.atomic
def remove_feed_source(*, shop: Shop) -> None:
    """The catalogue is read by itself no more; what it brought stays."""
    FeedSource.objects.filter(shop=shop).delete()


def sources_due() -> list[int]:
    """Shops whose catalogue is to be read now."""
    due = FeedSource.objects.filter(is_active=True, next_at__lte=clock.now())
    return list(due.order_by("next_at").values_list("shop", flat=True))


def read_source(*, shop_id: int) -> str:
    """Fetches the catalogue if it changed and hands it to an import; returns the outcome.

    Never inside a transaction. Safe to repeat: what did not change is not taken again.
    """
    source = FeedSource.objects.select_related("shop").filter(shop=shop_id).first()
    if source is None or not source.is_active:
        return ""
    with tempfile.SpooledTemporaryFile(max_size=SPOOL_BYTES) as file:
        try:
            answer = fetch_to_file(
                source.url,
                file,  # type: ignore[arg-type]
                accept=ACCEPT,
                max_bytes=MAX_FILE_BYTES,
                timeout_s=FETCH_SECONDS,
                policy=site_policy(),
                seen=Seen(source.etag, source.last_modified),
            )
            if answer.unchanged:
                return _write(source, FeedSource.Outcome.SAME)
            return _take(source, file, answer)  # type: ignore[arg-type]
        except FetchError as error:
            logger.warning("feed of shop %s: %s", shop_id, error)
            return _fail(source, str(error))


def _take(source: FeedSource, file: BinaryIO, answer: FetchedFile) -> str:
    file.seek(0)
    digest = _digest(file)
    seen = answer.seen
    if digest == source.digest:
        return _write(source, FeedSource.Outcome.SAME, seen, digest)
    try:
        with transaction.atomic():
            import_upload(
                shop=source.shop, file=file, file_name=_name(source.url), started_by=None,
                pictures=source.with_pictures,
            )  # fmt: skip
            return _write(source, FeedSource.Outcome.TAKEN, seen, digest)
    except Conflict:
        return _write(source, FeedSource.Outcome.BUSY, wait=BUSY_FOR)
    except Refused as refusal:
        return _fail(source, str(refusal.message))


def _name(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.hostname}{parts.path}".replace("/", " ").strip()[-200:] or "feed"


def _digest(file: BinaryIO) -> str:
    found = hashlib.sha256()
    while piece := file.read(CHUNK_BYTES):
        found.update(piece)
    return found.hexdigest()


def _write(
    source: FeedSource,
    outcome: str,
    seen: Seen | None = None,
    digest: str = "",
    wait: timedelta | None = None,
) -> str:
    """By the address that was read: a shop that gave another one meanwhile starts afresh."""
    now = clock.now()
    known = {}
    if seen is not None:
        known = {"etag": seen.etag, "last_modified": seen.last_modified, "digest": digest}
    rows = FeedSource.objects.filter(shop=source.shop_id, url=source.url)
    rows.update(
        outcome=outcome, failure="", failures=0, checked_at=now,
        next_at=now + (wait or EVERY[FeedSource.Every(source.every)]), **known,
    )  # fmt: skip
    return outcome


@transaction.atomic
def _fail(source: FeedSource, why: str) -> str:
    """The shop is written to when it begins to fail, and when it is given up."""
    now, failures = clock.now(), source.failures + 1
    given_up = failures >= PAUSED_AFTER
    rows = FeedSource.objects.filter(shop=source.shop_id, url=source.url)
    rows.update(
        outcome=FeedSource.Outcome.FAILED, failure=why[:200], failures=failures, checked_at=now,
        next_at=now + EVERY[FeedSource.Every(source.every)], is_active=not given_up,
    )  # fmt: skip
    if failures == 1 or given_up:
        tell_shop_job.defer(shop_id=source.shop_id, about="paused" if given_up else "failed")
    return FeedSource.Outcome.FAILED
