from django.db import models
from django.db.models import F, Q

from comptoir.catalog.models.variant import Variant


class PriceChange(models.Model):
    """What a variant's price was said to be from ``at`` on, until the next change; append-only.

    A row is written in the transaction that changes the price (``catalog.services.prices``), and
    none is ever changed or taken away: what is crossed out is read from here.
    """

    variant = models.ForeignKey(
        Variant, on_delete=models.PROTECT, related_name="price_changes", db_index=False
    )
    currency = models.CharField(max_length=3)
    price_minor = models.BigIntegerField()
    sale_price_minor = models.BigIntegerField(null=True, blank=True)
    sale_from = models.DateTimeField(null=True, blank=True)
    sale_until = models.DateTimeField(null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="price_change_amounts",
                condition=Q(price_minor__gte=0)
                & (
                    Q(sale_price_minor=None)
                    | Q(sale_price_minor__gte=0, sale_price_minor__lt=F("price_minor"))
                ),
            )
        ]
        indexes = [models.Index(fields=["variant", "-at", "-id"], name="price_change_of_variant")]

    def __str__(self) -> str:
        return f"{self.variant_id} from {self.at}"
