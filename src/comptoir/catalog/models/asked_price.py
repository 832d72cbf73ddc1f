from django.db import models
from django.db.models import Q

from comptoir.catalog.models.product import Product


class AskedPrice(models.Model):
    """What everyone is asked for a product under announced percentages, for what cannot ask the
    history of each: filters by price. Derived, for the shops that announce one; cards, pages and
    orders work it out themselves. Only the job that works it out writes it.

    ``price_minor`` is of the cheapest variant, ``None`` where nothing is announced that everyone is
    sure to get; ``due_at``: when it may change by itself.
    """

    product = models.OneToOneField(
        Product, primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    price_minor = models.BigIntegerField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], condition=~Q(due_at=None), name="asked_price_due")
        ]

    def __str__(self) -> str:
        return f"what is asked for {self.product_id}"


class PriceToAsk(models.Model):
    """A product whose ``AskedPrice`` is to be worked out again: functions of the database note it
    with each change that may touch it. Rows are only added, so that nobody waits for the job."""

    product_id = models.BigIntegerField()

    def __str__(self) -> str:
        return f"to ask: {self.product_id}"
