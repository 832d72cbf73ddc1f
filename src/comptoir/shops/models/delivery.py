from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from comptoir.shops.models.shop import Shop


class DeliveryZone(models.Model):
    """Where a shop sends things: countries, or the parts of one country whose postcodes start so.

    ``is_rest``: everywhere that no other zone of the shop covers. A zone without a way of delivery
    says that the shop does not send there.
    """

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="delivery_zones")
    name = models.CharField(max_length=60)
    is_rest = models.BooleanField(default=False)
    countries = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    prefixes = ArrayField(
        models.CharField(max_length=10), default=list, blank=True, help_text="Without spaces."
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="zone_somewhere",
                condition=Q(is_rest=True, countries__len=0)
                | Q(is_rest=False, countries__len__gte=1),
            ),
            models.CheckConstraint(
                name="zone_prefixes_of_one_country",
                condition=Q(prefixes__len=0) | Q(countries__len=1),
            ),
            models.UniqueConstraint(
                fields=["shop"], condition=Q(is_rest=True), name="zone_one_rest"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class DeliveryMethod(models.Model):
    """A way to receive an order, with its price; the shop's currency, VAT included.

    Without a zone, it goes everywhere. ``price_by`` weight or amount: the price is that of the
    order's band (``DeliveryRate``), and ``price_minor`` is not used.
    """

    class Kind(models.TextChoices):
        POST = "post", "sent to an address"
        PICKUP = "pickup", "fetched at the shop"

    class PriceBy(models.TextChoices):
        FLAT = "flat", "one price"
        WEIGHT = "weight", "grams of the parcel"
        AMOUNT = "amount", "minor units of the goods"

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="delivery_methods")
    zone = models.ForeignKey(
        DeliveryZone, null=True, blank=True, on_delete=models.PROTECT, related_name="methods"
    )
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.POST)
    name = models.CharField(max_length=60)
    price_by = models.CharField(
        max_length=6, choices=PriceBy, default=PriceBy.FLAT, db_default="flat"
    )
    price_minor = models.PositiveIntegerField()
    free_from_minor = models.PositiveIntegerField(null=True, blank=True)
    place = models.TextField(
        max_length=300,
        default="",
        db_default="",
        blank=True,
        help_text="Where one fetches it, and when it is open; of pick-up alone.",
    )
    days_min = models.PositiveSmallIntegerField(default=1)
    days_max = models.PositiveSmallIntegerField(default=5)
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="delivery_days", condition=Q(days_max__gte=F("days_min"))),
            models.CheckConstraint(name="delivery_kind", condition=Q(kind__in=["post", "pickup"])),
            models.CheckConstraint(
                name="delivery_price_by", condition=Q(price_by__in=["flat", "weight", "amount"])
            ),
            models.CheckConstraint(
                name="delivery_place_of_pickup", condition=Q(place="") | Q(kind="pickup")
            ),
            models.CheckConstraint(
                name="delivery_zone_of_post", condition=Q(zone=None) | Q(kind="post")
            ),
        ]

    def __str__(self) -> str:
        return self.name


class DeliveryRate(models.Model):
    """A band of a method's prices: up to that many grams or minor units, that one included.

    ``up_to`` empty: however much; without such a band, what is beyond the last is not taken.
    """

    method = models.ForeignKey(DeliveryMethod, on_delete=models.CASCADE, related_name="rates")
    up_to = models.PositiveIntegerField(null=True, blank=True)
    price_minor = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["method", "up_to"], nulls_distinct=False, name="delivery_rate_once"
            )
        ]

    def __str__(self) -> str:
        return f"up to {self.up_to}"
