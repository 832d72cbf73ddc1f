from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now, Upper

from comptoir.catalog.models import Product
from comptoir.people.models import Profile
from comptoir.sales.models.order import Order
from comptoir.shops.models import Shop


class Offer(models.Model):
    """A reduction that a shop grants; how it is applied is written in ``sales.pricing.offers``.

    ``value`` is in basis points for ``percent`` and ``buy_x_get_y`` (10 000: free), in minor units
    of ``currency`` for ``amount``, and 0 for ``free_delivery``. ``uses`` counts the orders that
    hold or have used it; the limits are constraints, so that no race goes past them.
    """

    class Kind(models.TextChoices):
        PERCENT = "percent", "a part of the price of each piece"
        AMOUNT = "amount", "a sum off the goods"
        FREE_DELIVERY = "free_delivery"
        BUY_X_GET_Y = "buy_x_get_y", "some pieces bought, others at a lower price"

    class Audience(models.TextChoices):
        EVERYONE = "everyone"
        FOLLOWERS = "followers", "those who follow the shop"
        SEGMENT = "segment", "the people named"

    class Scope(models.TextChoices):
        SHOP = "shop", "everything"
        PRODUCTS = "products", "the products chosen"

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="offers")
    name = models.CharField(max_length=60, help_text="As buyers read it.")
    kind = models.CharField(max_length=15, choices=Kind)
    value = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    buy_quantity = models.PositiveSmallIntegerField(null=True, blank=True)
    get_quantity = models.PositiveSmallIntegerField(null=True, blank=True)
    minimum_minor = models.BigIntegerField(
        default=0, help_text="What the goods in its scope must cost, before any reduction."
    )
    code = models.CharField(
        max_length=30, default="", blank=True, help_text="In capitals; '' applies by itself."
    )
    starts = models.DateTimeField(null=True, blank=True)
    ends = models.DateTimeField(null=True, blank=True)
    is_active = models.BooleanField(default=True)
    limit_total = models.PositiveIntegerField(null=True, blank=True)
    limit_per_customer = models.PositiveIntegerField(null=True, blank=True)
    uses = models.PositiveIntegerField(default=0)
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.EVERYONE)
    scope = models.CharField(max_length=10, choices=Scope, default=Scope.SHOP)
    products = models.ManyToManyField(Product, blank=True, related_name="+")
    segment = models.ManyToManyField(Profile, blank=True, related_name="+")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="offer_terms",
                condition=Q(kind="percent", value__gte=1, value__lte=10_000)
                | Q(kind="amount", value__gte=1)
                | Q(kind="free_delivery", value=0)
                | Q(
                    kind="buy_x_get_y",
                    value__gte=1,
                    value__lte=10_000,
                    buy_quantity__isnull=False,  # or the comparison would be unknown, and pass
                    get_quantity__isnull=False,
                    buy_quantity__gte=1,
                    get_quantity__gte=1,
                ),
            ),
            models.CheckConstraint(
                name="offer_audience",
                condition=Q(audience__in=["everyone", "followers", "segment"]),
            ),
            models.CheckConstraint(name="offer_scope", condition=Q(scope__in=["shop", "products"])),
            models.CheckConstraint(
                name="offer_amounts",
                condition=Q(minimum_minor__gte=0, minimum_minor__lt=10**11, value__lt=10**11),
            ),
            models.CheckConstraint(
                name="offer_dates",
                condition=Q(starts=None) | Q(ends=None) | Q(ends__gt=F("starts")),
            ),
            models.CheckConstraint(name="offer_code_form", condition=Q(code=Upper("code"))),
            models.CheckConstraint(
                name="offer_uses",
                condition=Q(limit_total=None) | Q(uses__lte=F("limit_total")),
            ),
            models.UniqueConstraint(
                fields=["shop", "code"], condition=~Q(code=""), name="offer_code_unique"
            ),
        ]
        indexes = [
            models.Index(fields=["shop", "code"], name="offer_live", condition=Q(is_active=True)),
            models.Index(fields=["shop", "-id"], name="offer_of_shop"),
        ]

    def __str__(self) -> str:
        return self.name


class OfferCustomer(models.Model):
    """How often one customer uses an offer, with the limit as it was at the last use."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="customers")
    customer = models.CharField(
        max_length=70, help_text="'p:' and a profile's id, or 'e:' and the digest of an e-mail."
    )
    uses = models.PositiveIntegerField(default=0)
    most = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["offer", "customer"], name="offer_customer_once"),
            models.CheckConstraint(
                name="offer_customer_uses", condition=Q(most=None) | Q(uses__lte=F("most"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.offer_id} by {self.customer[:2]}…"


class OfferUse(models.Model):
    """An offer in an order, and what it took off; ``held`` until the order is paid."""

    class Status(models.TextChoices):
        HELD = "held", "the order is being paid"
        USED = "used"
        RELEASED = "released", "the order was called off; the use was given back"

    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="orders")
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="offers")
    customer = models.CharField(max_length=70, default="", blank=True)
    amount_minor = models.BigIntegerField()
    status = models.CharField(max_length=10, choices=Status, default=Status.HELD)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "offer"], name="offer_use_once"),
            models.CheckConstraint(
                name="offer_use_status", condition=Q(status__in=["held", "used", "released"])
            ),
            models.CheckConstraint(name="offer_use_amount", condition=Q(amount_minor__gte=0)),
        ]
        indexes = [models.Index(fields=["offer", "status"], name="offer_use_of_offer")]

    def __str__(self) -> str:
        return f"{self.offer_id} in {self.order_id}"
