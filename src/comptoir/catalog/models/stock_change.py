import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from comptoir.catalog.models.stock import StockItem
from comptoir.people.models import User


class StockChange(models.Model):
    """A person counted or changed what is on the shelf, and why; append-only, by a trigger.

    ``before`` and ``after`` are shelf counts (available and held). What is sold, called off or put
    back by an order changes the shelf too, and is told by the order. ``key`` is the form's: the
    same form sent twice is one change.
    """

    class Reason(models.TextChoices):
        COUNTED = "counted", "an inventory"
        DAMAGED = "damaged"
        LOST = "lost"
        RECEIVED = "received", "a delivery came in"
        RETURNED = "returned", "brought back outside of an order's return"
        OTHER = "other", "said in words"

    key = models.UUIDField(unique=True, default=uuid.uuid4)
    item = models.ForeignKey(StockItem, on_delete=models.CASCADE, related_name="changes")
    reason = models.CharField(max_length=10, choices=Reason)
    words = models.CharField(max_length=200, default="", blank=True)
    before = models.IntegerField(null=True, blank=True, help_text="None: it was not counted.")
    after = models.IntegerField()
    held = models.IntegerField(default=0, help_text="Of ``after``, promised to orders being paid.")
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="stock_change_shelf",
                condition=Q(after__gte=F("held"), held__gte=0)
                & (Q(before=None) | Q(before__gte=0)),
            ),
            models.CheckConstraint(
                name="stock_change_reason",
                condition=Q(reason__in=["counted", "damaged", "lost", "received", "returned"])
                | (Q(reason="other") & ~Q(words="")),
            ),
        ]
        indexes = [models.Index(fields=["item", "-id"], name="stock_change_of_item")]

    def __str__(self) -> str:
        return f"{self.reason} {self.item_id}"
