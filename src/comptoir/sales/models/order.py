import secrets
from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from comptoir.catalog.models import Product, Variant
from comptoir.people.models import Profile, User
from comptoir.sales.models.basket import Basket
from comptoir.shops.models import Shop

PAID_AT_ONCE = timedelta(hours=1)


def new_key() -> str:
    return secrets.token_urlsafe(24)


class Order(models.Model):
    """One purchase from one shop. Amounts are minor units of ``currency``, VAT included.

    No column is indexed twice: what an index of ``Meta`` begins with has none of its own.

    What was agreed is copied here (titles, prices, address, delivery): later changes of the
    catalogue or the profile do not reach it.
    """

    class Status(models.TextChoices):
        PENDING = "pending", "payment awaited"
        PAID = "paid"
        SHIPPED = "shipped", "every piece has left"
        DELIVERED = "delivered", "the last parcel has arrived"
        CANCELLED = "cancelled"

    class TaxScheme(models.TextChoices):
        DOMESTIC = "domestic", "VAT of the seller's country"
        OSS = "oss", "VAT of the buyer's country, by the one-stop shop"
        REVERSE_CHARGE = "reverse_charge", "a business elsewhere in the EU accounts for the VAT"
        EXPORT = "export", "no VAT: it leaves the EU"
        FRANCHISE = "franchise", "no VAT: a small seller"

    class CancelReason(models.TextChoices):
        PAYMENT_FAILED = "payment_failed", "the provider refused"
        EXPIRED = "expired", "not paid in time"
        BY_BUYER = "by_buyer"
        BY_SHOP = "by_shop"
        WRONG_AMOUNT = "wrong_amount", "another amount came than was asked, and goes back"

    key = models.CharField(max_length=40, default=new_key)
    checkout_key = models.UUIDField(unique=True)
    request_hash = models.CharField(max_length=64)
    number = models.CharField(max_length=20, default="", blank=True)
    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="orders", db_index=False)
    buyer = models.ForeignKey(
        Profile,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="orders",
        db_index=False,
    )
    basket = models.ForeignKey(
        Basket, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False,
        help_text="Where its lines are taken out of once it is paid, or awaits a later payment.",
    )  # fmt: skip
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
    company = models.CharField(max_length=120, default="", db_default="", blank=True)
    vat_number = models.CharField(
        max_length=20,
        default="",
        db_default="",
        blank=True,
        help_text="The buyer's, for a purchase by a business.",
    )
    tax_scheme = models.CharField(
        max_length=14, choices=TaxScheme, default=TaxScheme.DOMESTIC, db_default="domestic"
    )
    tax_country = models.CharField(max_length=2, default="FR", db_default="FR")
    delivery_kind = models.CharField(max_length=10)
    delivery_name = models.CharField(max_length=60)
    pickup_place = models.TextField(
        max_length=300, default="", db_default="", blank=True, help_text="Where it is fetched."
    )
    arrives_from = models.DateField(
        null=True,
        blank=True,
        help_text="The first day on which it may arrive, or be fetched, as it was agreed.",
    )
    arrives_until = models.DateField(null=True, blank=True, help_text="The last of those days.")
    currency = models.CharField(max_length=3)
    items_minor = models.BigIntegerField(help_text="Before discounts.")
    discount_minor = models.BigIntegerField(default=0, db_default=0)
    delivery_minor = models.BigIntegerField(help_text="What is charged, after offers.")
    standard_delivery_minor = models.BigIntegerField(
        null=True,
        blank=True,
        help_text="What the cheapest way offered would have been charged; empty: not known.",
    )
    total_minor = models.BigIntegerField()
    vat_minor = models.BigIntegerField()
    carrier = models.CharField(max_length=60, default="", blank=True)
    tracking = models.CharField(max_length=80, default="", blank=True)
    placed_at = models.DateTimeField(db_default=Now())
    pay_until = models.DateTimeField(help_text="Its stock is held until then, while it is pending.")
    consented_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="To be given what is digital at once, which ends the right to withdraw from it.",
    )
    paid_at = models.DateTimeField(null=True, blank=True)
    shipped_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    # Of all of it; of the rest, when the order cost nothing and a part of it was sent.
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key"], name="order_key"),
            models.CheckConstraint(
                name="order_status",
                condition=Q(status="pending", paid_at=None)
                | Q(~Q(number=""), status="paid", paid_at__isnull=False)
                | Q(status="shipped", paid_at__isnull=False, shipped_at__isnull=False)
                | Q(status="delivered", shipped_at__isnull=False, delivered_at__isnull=False)
                | Q(status="cancelled", cancelled_at__isnull=False),
            ),
            models.CheckConstraint(
                name="order_total",
                condition=Q(
                    total_minor=F("items_minor") - F("discount_minor") + F("delivery_minor")
                ),
            ),
            models.CheckConstraint(
                name="order_amounts",
                condition=Q(
                    items_minor__gte=0,
                    discount_minor__gte=0,
                    discount_minor__lte=F("items_minor"),
                    delivery_minor__gte=0,
                    vat_minor__gte=0,
                    vat_minor__lte=F("total_minor"),
                ),
            ),
            models.UniqueConstraint(
                fields=["shop", "number"], condition=~Q(number=""), name="order_number_unique"
            ),
        ]
        indexes = [
            models.Index(fields=["shop", "status", "-placed_at", "-id"], name="order_of_shop"),
            models.Index(
                fields=["buyer", "-placed_at", "-id"],
                name="order_of_buyer",
                condition=Q(buyer__isnull=False),
            ),
            models.Index(
                fields=["basket"], name="order_of_basket", condition=Q(basket__isnull=False)
            ),
            models.Index(
                fields=["cancelled_by"],
                name="order_called_off_by",
                condition=Q(cancelled_by__isnull=False),
            ),
            models.Index(fields=["pay_until"], name="order_unpaid", condition=Q(status="pending")),
        ]

    def __str__(self) -> str:
        return f"order {self.number or self.pk}"

    @property
    def reference(self) -> str:
        """How the shop's desk names it; never by its key, with which one acts as its buyer."""
        return desk_reference(self.pk, self.number)

    @property
    def agreed_days(self) -> tuple[date, date] | None:
        """The first and the last day on which it arrives, or is ready, as the buyer read it."""
        first, last = self.arrives_from, self.arrives_until
        return (first, last) if first is not None and last is not None else None

    @property
    def expected_days(self) -> tuple[date, date] | None:
        """``agreed_days`` as long as it is awaited. They count from the day of the order: what is
        prepared once a transfer has come, days later, is not awaited then."""
        under_way = self.status == self.Status.SHIPPED and self.delivery_kind == "post"
        prompt = self.paid_at is not None and self.paid_at - self.placed_at < PAID_AT_ONCE
        awaited = prompt and (under_way or self.status == self.Status.PAID)
        return self.agreed_days if awaited else None

    @property
    def is_packed(self) -> bool:
        return is_packed(self.status, self.delivery_kind)

    def collected_at(self, shop: Shop) -> str:
        """Where it is fetched at ``shop``, its own: as it was agreed, else at the trader's address;
        '' for what is not fetched."""
        return (self.pickup_place or shop.legal_address) if self.delivery_kind == "pickup" else ""


def desk_reference(order_id: int, number: str) -> str:
    """The number; before it is paid, and so has one, such as "o12"."""
    return number or f"o{order_id}"


def is_packed(status: str, delivery_kind: str) -> bool:
    """Whether its pieces are packed: not what is called off, taken along at the counter, or only
    downloaded."""
    return status != Order.Status.CANCELLED and delivery_kind in {"post", "pickup"}


class OrderLine(models.Model):
    """A variant, how many, and at what price it was agreed. Amounts contain their VAT."""

    class Exempt(models.TextChoices):
        """Why one cannot withdraw from it (art. L221-28 of the French consumer code)."""

        NO = ""
        PERSONALISED = "personalised"
        PERISHABLE = "perishable"
        SEALED = "sealed", "sealed for hygiene, and opened"
        DIGITAL = "digital", "given at once, with the buyer's consent"

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines", db_index=False)
    variant = models.ForeignKey(Variant, on_delete=models.PROTECT, related_name="+")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(max_length=200)
    options = models.CharField(max_length=200, default="", blank=True)
    quantity = models.IntegerField()
    counted = models.BooleanField(
        default=False,
        db_default=False,
        help_text="Its pieces were counted when they were last taken.",
    )
    unit_minor = models.BigIntegerField()
    discount_minor = models.BigIntegerField(default=0, db_default=0)
    vat_rate_bp = models.PositiveSmallIntegerField()
    total_minor = models.BigIntegerField()
    vat_minor = models.BigIntegerField()
    weight_grams = models.PositiveIntegerField(null=True, blank=True, help_text="Of one piece.")
    digital = models.BooleanField(default=False, db_default=False)
    withdrawal = models.CharField(
        max_length=12, choices=Exempt, default=Exempt.NO, db_default="", blank=True
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "position"], name="order_line_place"),
            models.CheckConstraint(
                name="order_line_quantity", condition=Q(quantity__gte=1, quantity__lte=999)
            ),
            models.CheckConstraint(
                name="order_line_total",
                condition=Q(
                    total_minor=F("unit_minor") * F("quantity") - F("discount_minor"),
                    total_minor__gte=0,
                    discount_minor__gte=0,
                    unit_minor__gte=0,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.title}"

    @property
    def is_excluded(self) -> bool:
        return is_excluded(self.withdrawal)


def is_excluded(exempt: str) -> bool:
    """Whether one can never withdraw from it; from sealed goods, one can until they are opened."""
    return exempt not in {OrderLine.Exempt.NO, OrderLine.Exempt.SEALED}


class OrderNumber(models.Model):
    """The last number given by a shop in a year; numbers are given at payment, without gaps."""

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="+", db_index=False)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "year"], name="order_number_row")]

    def __str__(self) -> str:
        return f"{self.year}-{self.last:05d}"
