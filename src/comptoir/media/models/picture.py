from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class Picture(models.Model):
    """A picture kept as renditions; who uses it, and its alt text, are the user's rows.

    ``pending``: announced by a URL and not fetched yet. The original is never kept; ``sha256`` is
    its digest and names the renditions on disk, so the same picture is stored once. There is one
    row for a URL, and one for all uploads of the same bytes.
    """

    class Status(models.TextChoices):
        PENDING = "pending"
        READY = "ready"
        FAILED = "failed"

    status = models.CharField(max_length=10, choices=Status, default=Status.PENDING)
    sha256 = models.CharField(max_length=64, default="", blank=True)
    source_url = models.CharField(max_length=2000, default="", blank=True)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    colour = models.CharField(max_length=7, default="#e7dfd3")
    failure = models.CharField(max_length=200, default="", blank=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="picture_status",
                condition=Q(status="pending", sha256="")
                | Q(status="ready", width__gt=0, height__gt=0) & ~Q(sha256="")
                | Q(status="failed"),
            ),
            models.UniqueConstraint(
                name="picture_of_url", fields=["source_url"], condition=~Q(source_url="")
            ),
            models.UniqueConstraint(
                name="picture_of_upload",
                fields=["sha256"],
                condition=Q(source_url="", status="ready"),
            ),
            models.CheckConstraint(
                name="picture_colour", condition=Q(colour__regex=r"^#[0-9a-f]{6}$")
            ),
        ]

    def __str__(self) -> str:
        return f"picture {self.pk}"
