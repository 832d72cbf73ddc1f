from datetime import datetime

from django.db import models
from django.db.models import F, Q

from comptoir.catalog.models.product import Product


class Variant(models.Model):
    """What is put in a parcel: one size, one colour, one price (VAT included, minor units)."""

    class Status(models.TextChoices):
        ACTIVE = "active"
        WITHDRAWN = "withdrawn"

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="variants")
    status = models.CharField(max_length=10, choices=Status, default=Status.ACTIVE)
    external_id = models.CharField(max_length=100, default="", blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    options = models.JSONField(default=dict, blank=True, help_text='{"size": "M", "color": "ink"}')
    sku = models.CharField(max_length=100, default="", blank=True)
    gtin = models.CharField(max_length=14, default="", blank=True)
    mpn = models.CharField(max_length=100, default="", blank=True)
    currency = models.CharField(max_length=3, default="EUR")
    price_minor = models.BigIntegerField()
    sale_price_minor = models.BigIntegerField(null=True, blank=True)
    sale_from = models.DateTimeField(null=True, blank=True)
    sale_until = models.DateTimeField(null=True, blank=True)
    reference_minor = models.BigIntegerField(
        null=True,
        blank=True,
        help_text="What is crossed out while the sale runs, worked out from the price history.",
    )
    weight_grams = models.PositiveIntegerField(
        null=True, blank=True, help_text="Of one piece, packed; unknown counts as nothing."
    )
    content_hash = models.CharField(max_length=64, default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["product", "external_id"],
                condition=~Q(external_id=""),
                name="variant_external_id_unique",
            ),
            models.CheckConstraint(
                name="variant_status", condition=Q(status__in=["active", "withdrawn"])
            ),
            models.CheckConstraint(
                name="variant_weight",
                condition=Q(weight_grams=None) | Q(weight_grams__lte=10_000_000),
            ),
            models.CheckConstraint(
                name="variant_price", condition=Q(price_minor__gte=0, price_minor__lt=10**11)
            ),
            models.CheckConstraint(
                name="variant_sale_below_price",
                condition=Q(sale_price_minor=None)
                | Q(sale_price_minor__gte=0, sale_price_minor__lt=F("price_minor")),
            ),
        ]
        indexes = [models.Index(fields=["product", "position"], name="variant_of_product")]

    def __str__(self) -> str:
        return f"variant {self.pk}"

    def price_at(self, at: datetime) -> int:
        """The price in minor units at that time: the sale price while the sale lasts."""
        if self.sale_price_minor is None:
            return self.price_minor
        begun = self.sale_from is None or self.sale_from <= at
        over = self.sale_until is not None and self.sale_until <= at
        return self.sale_price_minor if begun and not over else self.price_minor

    def label(self) -> str:
        """The chosen options, such as "M · ink"; '' for a product with a single variant."""
        return " · ".join(str(value) for value in self.options.values())
