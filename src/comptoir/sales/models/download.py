from django.db import models
from django.db.models import F, Q

from comptoir.catalog.models import ProductFile
from comptoir.sales.models.order import OrderLine


class Download(models.Model):
    """How often a buyer took a file of a line that they paid for."""

    line = models.ForeignKey(OrderLine, on_delete=models.CASCADE, related_name="downloads")
    file = models.ForeignKey(ProductFile, on_delete=models.PROTECT, related_name="+")
    count = models.PositiveIntegerField(default=1)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["line", "file"], name="download_once"),
            models.CheckConstraint(name="download_count", condition=Q(count__gte=1)),
            models.CheckConstraint(name="download_times", condition=Q(last_at__gte=F("first_at"))),
        ]

    def __str__(self) -> str:
        return f"{self.count} of {self.file_id}"
