from django.db import models


class Counter(models.Model):
    """A cache entry of ``common.throttle``: a small value that expires, shared by all processes."""

    key = models.CharField(primary_key=True, max_length=250)
    value = models.BinaryField()
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.key
