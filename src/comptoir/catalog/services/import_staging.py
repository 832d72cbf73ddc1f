"""The first half of an import: the file's rows into a table of this session, by COPY.

The catalogue is not touched before the whole file was read, so that a file cut short, or one that
would withdraw half the shop, changes nothing; and so that rows of one product that stand apart in
the file meet before they are written. Memory here is one row; the rows are on the server's disk.
"""

import json
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from django.db import connection, transaction

from comptoir.catalog.feeds import Availability, Feed, FeedItem, FeedRow, FeedUnreadable, RowIssue
from comptoir.catalog.models import ImportIssue, ImportRun

# Findings kept for the report; the counts go on. Nobody reads ten thousand lines, and a file of a
# million rows that each lack a description must not fill the database with them.
MAX_ISSUES = 10_000
MAX_ROWS = 2_000_000
COPY_ROWS = 5_000

Watch = Callable[[ImportRun], None]

DROP = """
DROP TABLE IF EXISTS pg_temp.import_row, pg_temp.import_plan, pg_temp.import_product,
  pg_temp.import_missing
"""
CREATE = """
CREATE TEMPORARY TABLE import_row (
  row int NOT NULL, refused boolean NOT NULL, external_id text NOT NULL, product_key text,
  content_hash text, title text, description text, brand text, category text, link text,
  condition text, details jsonb, options jsonb, gtin text, mpn text, currency text,
  price_minor bigint, sale_price_minor bigint, sale_from timestamptz, sale_until timestamptz,
  quantity int, in_stock boolean, images text[], weight_grams int)
"""
COPY = "COPY import_row FROM STDIN"
_NOTHING = (None,) * 21
_Values = tuple[Any, ...]


def stage_feed(*, run: ImportRun, feed: Feed, watch: Watch) -> None:
    """Reads the whole feed into ``import_row``, and its findings into the run's issues.

    ``run`` counts along (rows, refused, warnings, bytes) and is saved and shown to ``watch`` every
    few thousand rows.

    Raises:
        FeedUnreadable: the file breaks off, or has more rows than ``MAX_ROWS``.
    """
    unstage()
    with connection.cursor() as cursor:
        cursor.execute(CREATE)
    rows = iter(feed)
    issues: list[RowIssue] = []
    while _copy_some(run, rows, issues):
        run.bytes_read = min(feed.position, run.bytes_total)
        run.save(update_fields=["rows_read", "refused", "warnings", "bytes_read"])
        watch(run)
        if run.rows_read > MAX_ROWS:
            raise FeedUnreadable("too_many_rows", limit=MAX_ROWS)
    keep_issues(run=run, issues=issues)
    with connection.cursor() as cursor:
        cursor.execute("CREATE UNIQUE INDEX ON import_row (row)")
        # Only what is joined on: the words of a whole catalogue take long to sample.
        cursor.execute("ANALYZE import_row (row, refused, external_id, product_key)")


def unstage() -> None:
    """Drops this session's tables: a connection outlives the import."""
    with connection.cursor() as cursor:
        cursor.execute(DROP)


def _copy_some(run: ImportRun, rows: Iterator[FeedRow], issues: list[RowIssue]) -> bool:
    """Copies the next rows; False when there are none."""
    before = run.rows_read
    # A transaction of its own, so that a file that breaks off leaves the connection fit for use.
    with transaction.atomic(), connection.cursor() as cursor, cursor.copy(COPY) as copy:
        for row in islice(rows, COPY_ROWS):
            run.rows_read += 1
            _count(run, row, issues)
            if row.item is not None:
                copy.write_row(_values(row.number, row.item, run.with_pictures))
            elif row.external_id:
                # Refused, but named: what the catalogue has of it stays as it is.
                copy.write_row((row.number, True, row.external_id, *_NOTHING))
    return run.rows_read > before


def _count(run: ImportRun, row: FeedRow, issues: list[RowIssue]) -> None:
    if row.item is None:
        run.refused += 1
    for issue in row.issues:
        run.warnings += issue.severity == "warning"
        if len(issues) < MAX_ISSUES:
            issues.append(issue)


def keep_issues(*, run: ImportRun, issues: list[RowIssue]) -> None:
    """Keeps findings for the run's report."""
    ImportIssue.objects.bulk_create(
        [
            ImportIssue(
                run=run, row=issue.row, item_id=issue.item_id, field=issue.field, code=issue.code,
                found=issue.found, severity=issue.severity, params=issue.params,
            )
            for issue in issues
        ],
        batch_size=1000,
    )  # fmt: skip


def _values(row: int, item: FeedItem, with_pictures: bool) -> _Values:
    options, details = _options_and_details(item)
    sale = item.sale_price
    return (
        row, False, item.external_id, item.item_group_id or item.external_id,
        content_hash(item, with_pictures=with_pictures),
        item.title, item.description, item.brand, _category(item), item.link, item.condition,
        details, options, item.gtin, item.mpn, item.price.currency, item.price.minor,
        sale.minor if sale else None, item.sale_starts, item.sale_ends,
        item.quantity, item.availability is Availability.IN_STOCK, list(item.images),
        item.shipping_weight_grams,
    )  # fmt: skip


def content_hash(item: FeedItem, *, with_pictures: bool) -> str:
    """What is kept with the variant to know the row again: everything/stock/pictures.

    The stock stands apart as a count is only set when the feed's word on it changes; the last
    letter says whether pictures were asked for, so that an import without them can be made good.
    """
    in_stock = item.availability is Availability.IN_STOCK
    counted = "" if item.quantity is None else str(item.quantity)
    stock = f"{counted}{'+' if in_stock else '-'}"
    return f"{item.fingerprint().hex()}/{stock}/{'p' if with_pictures else 'n'}"


def _options_and_details(item: FeedItem) -> tuple[str, str]:
    chosen = {"size": item.size, "color": item.color}
    chosen |= {"pattern": item.pattern, "material": item.material}
    given = {name: text for name, text in chosen.items() if text}
    details = {"gender": item.gender, "age_group": item.age_group}
    if item.shipping_weight_grams:
        details["weight"] = f"{item.shipping_weight_grams} g"
    details = {name: text for name, text in details.items() if text}
    if item.item_group_id:
        return _json(given), _json(details)
    return "{}", _json(given | details)  # nothing to choose between


def _json(words: dict[str, str]) -> str:
    return json.dumps(words) if words else "{}"


def _category(item: FeedItem) -> str:
    """The shop's own words, or Google's; Google's bare numbers say nothing to people."""
    google = item.google_product_category
    return item.product_type or ("" if google.isdigit() else google)
