import secrets

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from comptoir.catalog.models import Variant
from comptoir.people.models import User
from comptoir.sales.models.order import Order
from comptoir.shops.models import Shop


def new_key() -> str:
    return secrets.token_urlsafe(9)


class Bill(models.Model):
    """What someone at the counter is asked to pay with their phone; its key is in the QR code.

    ``variant`` is its own: one piece of it is on the shelf, and whoever orders it pays the bill.
    The stock that sells a last piece once so pays a bill once, gives it back when a payment fails,
    and gives money back that comes too late. It costs the free amount, or nothing beside chosen
    lines. ``order`` is the one that paid it, once it is known; ``by`` made it (``None``: the buyer
    typed the amount).
    """

    key = models.CharField(max_length=20, unique=True, default=new_key)
    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="bills")
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    variant = models.OneToOneField(Variant, on_delete=models.PROTECT, related_name="+")
    amount_minor = models.BigIntegerField(null=True, help_text="Free; empty with chosen lines.")
    note = models.CharField(max_length=80, default="", blank=True)
    created_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True, blank=True)
    order = models.OneToOneField(
        Order, null=True, blank=True, on_delete=models.PROTECT, related_name="bill"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="bill_amount", condition=Q(amount_minor=None) | Q(amount_minor__gt=0)
            ),
            models.CheckConstraint(
                name="bill_paid_or_cancelled", condition=Q(order=None) | Q(cancelled_at=None)
            ),
        ]
        indexes = [
            models.Index(fields=["shop", "-created_at"], name="bill_of_shop"),
            models.Index(
                fields=["created_at"],
                name="bill_open",
                condition=Q(order=None, cancelled_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"bill {self.key}"


class BillLine(models.Model):
    """A chosen variant on a bill; its price is that of the moment it is paid."""

    bill = models.ForeignKey(Bill, on_delete=models.CASCADE, related_name="lines")
    variant = models.ForeignKey(Variant, on_delete=models.CASCADE, related_name="+")
    quantity = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bill", "variant"], name="bill_line_once"),
            models.CheckConstraint(
                name="bill_line_quantity", condition=Q(quantity__gte=1, quantity__lte=999)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} of {self.variant_id}"
