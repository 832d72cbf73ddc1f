import secrets

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from comptoir.catalog.models import Product, Variant
from comptoir.people.models import Profile
from comptoir.shops.models import Shop


def new_key() -> str:
    return secrets.token_urlsafe(24)


class Order(models.Model):
    """One purchase from one shop. Amounts are minor units of ``currency``, VAT included.

    What was agreed is copied here (titles, prices, address, delivery): later changes of the
    catalogue or the profile do not reach it.
    """

    class Status(models.TextChoices):
        PENDING = "pending", "payment awaited"
        PAID = "paid"
        SHIPPED = "shipped"
        CANCELLED = "cancelled"

    class CancelReason(models.TextChoices):
        PAYMENT_FAILED = "payment_failed", "the provider refused"
        EXPIRED = "expired", "not paid in time"
        BY_BUYER = "by_buyer"
        BY_SHOP = "by_shop"

    key = models.CharField(max_length=40, unique=True, default=new_key)
    checkout_key = models.UUIDField(unique=True)
    request_hash = models.CharField(max_length=64)
    number = models.CharField(max_length=20, default="", blank=True)
    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="orders")
    buyer = models.ForeignKey(
        Profile, null=True, blank=True, on_delete=models.SET_NULL, related_name="orders"
    )
    status = models.CharField(max_length=10, choices=Status, default=Status.PENDING)
    cancel_reason = models.CharField(max_length=20, choices=CancelReason, default="", blank=True)
    language = models.CharField(max_length=2, default="fr")
    email = models.EmailField()
    recipient = models.CharField(max_length=120)
    address1 = models.CharField(max_length=200, default="", blank=True)
    address2 = models.CharField(max_length=200, default="", blank=True)
    postcode = models.CharField(max_length=16, default="", blank=True)
    city = models.CharField(max_length=100, default="", blank=True)
    country = models.CharField(max_length=2, default="FR")
    delivery_kind = models.CharField(max_length=10)
    delivery_name = models.CharField(max_length=60)
    currency = models.CharField(max_length=3)
    items_minor = models.BigIntegerField()
    delivery_minor = models.BigIntegerField()
    total_minor = models.BigIntegerField()
    vat_minor = models.BigIntegerField()
    carrier = models.CharField(max_length=60, default="", blank=True)
    tracking = models.CharField(max_length=80, default="", blank=True)
    placed_at = models.DateTimeField(db_default=Now())
    pay_until = models.DateTimeField(help_text="Its stock is held until then, while it is pending.")
    paid_at = models.DateTimeField(null=True, blank=True)
    shipped_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="order_status",
                condition=Q(status="pending", paid_at=None)
                | Q(~Q(number=""), status="paid", paid_at__isnull=False)
                | Q(status="shipped", paid_at__isnull=False, shipped_at__isnull=False)
                | Q(status="cancelled", cancelled_at__isnull=False),
            ),
            models.CheckConstraint(
                name="order_total", condition=Q(total_minor=F("items_minor") + F("delivery_minor"))
            ),
            models.CheckConstraint(
                name="order_amounts",
                condition=Q(items_minor__gte=0, delivery_minor__gte=0, vat_minor__gte=0),
            ),
            models.UniqueConstraint(
                fields=["shop", "number"], condition=~Q(number=""), name="order_number_unique"
            ),
        ]
        indexes = [
            models.Index(fields=["shop", "status", "-placed_at", "-id"], name="order_of_shop"),
            models.Index(fields=["buyer", "-placed_at", "-id"], name="order_of_buyer"),
            models.Index(fields=["pay_until"], name="order_unpaid", condition=Q(status="pending")),
        ]

    def __str__(self) -> str:
        return f"order {self.number or self.pk}"


class OrderLine(models.Model):
    """A variant, how many, and at what price it was agreed."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
    variant = models.ForeignKey(Variant, on_delete=models.PROTECT, related_name="+")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(max_length=200)
    options = models.CharField(max_length=200, default="", blank=True)
    quantity = models.PositiveIntegerField()
    unit_minor = models.BigIntegerField()
    vat_rate_bp = models.PositiveSmallIntegerField()
    total_minor = models.BigIntegerField()
    vat_minor = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "position"], name="order_line_place"),
            models.CheckConstraint(
                name="order_line_quantity", condition=Q(quantity__gte=1, quantity__lte=999)
            ),
            models.CheckConstraint(
                name="order_line_total",
                condition=Q(total_minor=F("unit_minor") * F("quantity"), unit_minor__gte=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.title}"


class OrderNumber(models.Model):
    """The last number given by a shop in a year; numbers are given at payment, without gaps."""

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "year"], name="order_number_row")]

    def __str__(self) -> str:
        return f"{self.year}-{self.last:05d}"
