from django.db import models
from django.db.models import F, Q

from comptoir.shops.models.shop import Shop


class DeliveryMethod(models.Model):
    """A way to receive an order, with its price; the shop's currency."""

    class Kind(models.TextChoices):
        POST = "post", "sent to an address"
        PICKUP = "pickup", "fetched at the shop"

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="delivery_methods")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.POST)
    name = models.CharField(max_length=60)
    price_minor = models.PositiveIntegerField()
    free_from_minor = models.PositiveIntegerField(null=True, blank=True)
    days_min = models.PositiveSmallIntegerField(default=1)
    days_max = models.PositiveSmallIntegerField(default=5)
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="delivery_days", condition=Q(days_max__gte=F("days_min"))),
            models.CheckConstraint(name="delivery_kind", condition=Q(kind__in=["post", "pickup"])),
        ]

    def __str__(self) -> str:
        return self.name

    def price_for(self, items_minor: int) -> int:
        """The price in minor units for goods worth ``items_minor``."""
        free = self.free_from_minor is not None and items_minor >= self.free_from_minor
        return 0 if free else self.price_minor
