from django.db import models
from django.db.models.functions import Now


class OutboxEvent(models.Model):
    """An event not yet delivered; the row is deleted when its handlers have run."""

    name = models.CharField(max_length=100)
    aggregate = models.CharField(max_length=100)
    payload = models.JSONField()
    created_at = models.DateTimeField(db_default=Now())
    due_at = models.DateTimeField(db_default=Now())
    attempts = models.PositiveSmallIntegerField(default=0)
    parked = models.BooleanField(default=False)
    error = models.CharField(max_length=500, default="", blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["aggregate", "id"], name="outbox_aggregate"),
            models.Index(fields=["id"], name="outbox_due", condition=models.Q(parked=False)),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.aggregate}"
