from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from comptoir.catalog.models import StockItem
from comptoir.sales.models.order import Order


class Hold(models.Model):
    """Pieces of one stock item kept for one order while it is paid.

    ``active``: counted in ``StockItem.held``. ``taken``: sold, out of the counts.
    ``released``: given back to ``StockItem.available``. Items that are not counted have no holds.
    """

    class Status(models.TextChoices):
        ACTIVE = "active"
        TAKEN = "taken"
        RELEASED = "released"

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="holds", db_index=False)
    item = models.ForeignKey(StockItem, on_delete=models.PROTECT, related_name="holds")
    quantity = models.PositiveIntegerField()
    status = models.CharField(max_length=10, choices=Status, default=Status.ACTIVE)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "item"], name="hold_once"),
            models.CheckConstraint(name="hold_quantity", condition=Q(quantity__gte=1)),
            models.CheckConstraint(
                name="hold_status", condition=Q(status__in=["active", "taken", "released"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} of {self.item_id} for {self.order_id}"
