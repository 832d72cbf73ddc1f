from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from comptoir.catalog.feeds.issues import expected_text
from comptoir.catalog.feeds.unreadable import unreadable_text
from comptoir.people.models import User
from comptoir.shops.models import Shop


class ImportRun(models.Model):
    """One reading of a catalogue file into a shop, with its counts, live while it runs.

    Counts are of feed rows: ``created``, ``updated``, ``unchanged`` and ``refused`` add up to
    ``rows_read`` once it is done. ``withdrawn`` counts the variants that the file no longer names;
    ``to_withdraw`` how many it would withdraw, of ``in_catalogue`` brought by feeds before.
    """

    class Status(models.TextChoices):
        QUEUED = "queued", "waits for the worker"
        READING = "reading", "the file is read; the catalogue is untouched"
        APPLYING = "applying", "the catalogue is changed, batch by batch"
        NEEDS_CONFIRMATION = "needs_confirmation", "would withdraw more than half; nothing changed"
        DONE = "done"
        FAILED = "failed", "the file could not be read; nothing changed"
        INTERRUPTED = "interrupted", "stopped in the middle; the next import sets it right"
        DROPPED = "dropped", "declined, or another import came after"

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="import_runs")
    started_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    status = models.CharField(max_length=20, choices=Status, default=Status.QUEUED)
    file_name = models.CharField(max_length=200)
    format_label = models.CharField(max_length=60, default="", blank=True)
    encoding = models.CharField(max_length=20, default="", blank=True)
    with_pictures = models.BooleanField(default=True)
    withdrawals_confirmed = models.BooleanField(default=False)
    bytes_total = models.BigIntegerField(default=0)
    bytes_read = models.BigIntegerField(default=0)
    rows_read = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    withdrawn = models.PositiveIntegerField(default=0)
    warnings = models.PositiveIntegerField(default=0)
    to_withdraw = models.PositiveIntegerField(default=0)
    in_catalogue = models.PositiveIntegerField(default=0)
    failure_code = models.CharField(max_length=40, default="", blank=True)
    failure_params = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(db_default=Now())
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="import_run_status",
                condition=Q(
                    status__in=[
                        "queued", "reading", "applying", "needs_confirmation", "done", "failed",
                        "interrupted", "dropped",
                    ]
                ),
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["shop", "-id"], name="import_run_of_shop")]

    def __str__(self) -> str:
        return f"import {self.pk} of {self.file_name}"

    @property
    def failure(self) -> str:
        """Why the file could not be read, in the language active now; '' if it could."""
        if not self.failure_code:
            return ""
        return unreadable_text(code=self.failure_code, params=self.failure_params)


class ImportIssue(models.Model):
    """One finding in one row of the file (``feeds.RowIssue``); the first thousands are kept."""

    class Severity(models.TextChoices):
        ERROR = "error", "the row was refused"
        WARNING = "warning", "the row was taken with a change"

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="issues")
    row = models.PositiveIntegerField()
    item_id = models.CharField(max_length=100, default="", blank=True)
    field = models.CharField(max_length=40, default="", blank=True)
    code = models.CharField(max_length=40)
    found = models.CharField(max_length=200, default="", blank=True)
    severity = models.CharField(max_length=10, choices=Severity)
    params = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="import_issue_severity", condition=Q(severity__in=["error", "warning"])
            ),
        ]
        indexes = [models.Index(fields=["run", "severity", "row"], name="import_issue_of_run")]

    def __str__(self) -> str:
        return f"row {self.row}: {self.field} {self.code}"

    @property
    def expected(self) -> str:
        """What was expected, in the language active now."""
        return expected_text(code=self.code, params=self.params)


class ImportChunk(models.Model):
    """A piece of an uploaded file, gzipped, until its run is over: workers may be elsewhere."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="chunks")
    position = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "position"], name="import_chunk_place")
        ]

    def __str__(self) -> str:
        return f"{self.run_id}#{self.position}"
