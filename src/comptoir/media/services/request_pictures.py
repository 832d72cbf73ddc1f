"""Announces pictures that the worker will fetch."""

from __future__ import annotations

from collections.abc import Collection

from django.db import connection, transaction

from comptoir.common.fetch import FetchRefused, checked_url, site_policy
from comptoir.media.jobs import render_picture
from comptoir.media.models import Picture


def request_picture(*, source_url: str) -> Picture:
    """The picture of this URL: known, or pending with its job enqueued in this transaction.

    One that failed before is tried again. Touches no network.

    Raises FetchRefused when the text of the address rules it out.
    """
    url = checked_url(source_url, policy=site_policy())
    with transaction.atomic():
        found = _request([url])
        return Picture.objects.get(pk=found[url])


def request_pictures(*, source_urls: Collection[str]) -> dict[str, int]:
    """Ids of the pictures of many URLs, by the URL as it was given; see ``request_picture``.

    A fixed number of statements for a batch (keep it to some thousands). URLs whose text rules
    them out are missing from the answer.
    """
    policy = site_policy()
    normal: dict[str, str] = {}
    for given in source_urls:
        try:
            normal[given] = checked_url(given, policy=policy)
        except FetchRefused:
            continue
    if not normal:
        return {}
    with transaction.atomic():
        found = _request(sorted(set(normal.values())))
    return {given: found[url] for given, url in normal.items()}


def _request(urls: list[str]) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [urls])
        wanted = [row[0] for row in cursor.fetchall()]
    wanted += _failed_before(urls)
    if wanted:
        render_picture.batch_defer(*({"picture_id": picture_id} for picture_id in wanted))
    rows = Picture.objects.filter(source_url__in=urls).values_list("source_url", "id")
    return dict(rows)


def _failed_before(urls: list[str]) -> list[int]:
    """Ids of those that had failed and are pending again.

    The edge failed → pending for a whole batch: ``transition`` would be a statement a picture.
    """
    with connection.cursor() as cursor:
        cursor.execute(_REVIVE, [urls])
        return [row[0] for row in cursor.fetchall()]


_INSERT = """
INSERT INTO media_picture (status, sha256, source_url, width, height, colour, failure)
SELECT 'pending', '', url, 0, 0, '#e7dfd3', '' FROM unnest(%s::text[]) AS url
ON CONFLICT (source_url) WHERE source_url <> '' DO NOTHING
RETURNING id
"""
_REVIVE = """
UPDATE media_picture SET status = 'pending', failure = ''
WHERE source_url = ANY(%s) AND status = 'failed'
RETURNING id
"""
