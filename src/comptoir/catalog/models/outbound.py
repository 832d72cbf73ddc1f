from django.db import models
from django.db.models import Q

from comptoir.catalog.models.product import Product


class OutboundDay(models.Model):
    """How often people went on to the shop's own page of a product, on one day; nobody is named."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="outbound")
    day = models.DateField()
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["product", "day"], name="outbound_day_once"),
            models.CheckConstraint(name="outbound_counted", condition=Q(count__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.product_id} on {self.day}: {self.count}"
