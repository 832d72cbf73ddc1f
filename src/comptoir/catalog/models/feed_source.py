from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from comptoir.shops.models import Shop


class FeedSource(models.Model):
    """Where a shop's catalogue is read from, hourly or daily, and how it went the last time.

    ``etag`` and ``last_modified`` are the server's own words, sent back so that an unchanged file
    is not sent again; ``digest`` tells one that it sends again all the same.
    """

    class Every(models.TextChoices):
        HOUR = "hour"
        DAY = "day"

    class Outcome(models.TextChoices):
        NEVER = "", "not read yet"
        SAME = "same", "unchanged"
        TAKEN = "taken", "handed to an import"
        BUSY = "busy", "another import was under way"
        FAILED = "failed", "not to be had"

    shop = models.OneToOneField(
        Shop, primary_key=True, on_delete=models.CASCADE, related_name="feed_source"
    )
    url = models.URLField(max_length=1000)
    every = models.CharField(max_length=4, choices=Every, default=Every.DAY)
    with_pictures = models.BooleanField(default=True)
    is_active = models.BooleanField(default=True)
    next_at = models.DateTimeField(db_default=Now())
    etag = models.CharField(max_length=200, default="", blank=True)
    last_modified = models.CharField(max_length=100, default="", blank=True)
    digest = models.CharField(max_length=64, default="", blank=True)
    outcome = models.CharField(max_length=6, choices=Outcome, default=Outcome.NEVER, blank=True)
    failure = models.CharField(max_length=200, default="", blank=True)
    failures = models.PositiveSmallIntegerField(default=0, help_text="In a row.")
    checked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="feed_source_every", condition=Q(every__in=["hour", "day"])
            ),
            models.CheckConstraint(
                name="feed_source_outcome",
                condition=Q(outcome__in=["", "same", "taken", "busy", "failed"]),
            ),
        ]
        indexes = [
            models.Index(fields=["next_at"], name="feed_source_due", condition=Q(is_active=True))
        ]

    def __str__(self) -> str:
        return self.url
