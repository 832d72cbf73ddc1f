from django.db import models
from django.db.models.expressions import RawSQL
from django.db.models.functions import Now


class Change(models.Model):
    """That something which ranking reads may have changed: what, not how.

    A log that is only added to, and cut behind the oldest snapshot in use. Readers look up how
    things stand now, so that reading an entry twice, or late, does no harm. ``transaction`` is
    the one that wrote it: a reader asks from the oldest that was still open when it last read.
    """

    class Kind(models.TextChoices):
        ACT = "act", "profile a, product b"
        FOLLOW = "follow", "follower a, followee b"
        PERSON = "person", "profile a was suspended, restored or erased"

    transaction = models.BigIntegerField(
        db_default=RawSQL("(pg_current_xact_id()::text)::bigint", ()), db_index=True
    )
    kind = models.CharField(max_length=6, choices=Kind)
    a = models.BigIntegerField()
    b = models.BigIntegerField(default=0)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="change_kind", condition=models.Q(kind__in=["act", "follow", "person"])
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.a} {self.b}"
