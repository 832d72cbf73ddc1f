import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from comptoir.people.models import User
from comptoir.sales.carriers import tracking_url
from comptoir.sales.models.order import Order, OrderLine


class Shipment(models.Model):
    """A parcel of an order, or what waits at the shop to be fetched.

    ``key`` is the form's: the same form sent twice is one parcel. ``presumed``: nobody said that
    it arrived, and time enough has passed.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4)
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="shipments")
    carrier = models.CharField(max_length=60, default="", blank=True)
    tracking = models.CharField(max_length=80, default="", blank=True)
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    shipped_at = models.DateTimeField(db_default=Now())
    delivered_at = models.DateTimeField(null=True, blank=True)
    delivered_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    presumed = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="shipment_delivered",
                condition=Q(delivered_at=None, presumed=False)
                | Q(delivered_at__gte=F("shipped_at")),
            ),
        ]
        indexes = [
            models.Index(fields=["order", "shipped_at"], name="shipment_of_order"),
            models.Index(
                fields=["shipped_at"], name="shipment_under_way", condition=Q(delivered_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"shipment {self.pk} of {self.order_id}"

    @property
    def tracking_url(self) -> str:
        """The carrier's own page for the parcel; '' when the carrier is not known here."""
        return tracking_url(self.carrier, self.tracking)


class ShipmentLine(models.Model):
    """How many pieces of a line are in a parcel."""

    shipment = models.ForeignKey(Shipment, on_delete=models.CASCADE, related_name="lines")
    line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="+")
    quantity = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shipment", "line"], name="shipment_line_once"),
            models.CheckConstraint(name="shipment_line_quantity", condition=Q(quantity__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} of {self.line_id}"
