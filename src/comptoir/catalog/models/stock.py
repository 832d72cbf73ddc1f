from django.db import models
from django.db.models import Q

from comptoir.catalog.models.variant import Variant


class StockItem(models.Model):
    """How many of a variant can be sold. Its key is the variant's.

    ``available`` can be bought now; ``held`` is promised to orders being paid. Shelf count is
    their sum. When not ``tracked`` the counts stay 0 and ``in_stock`` alone decides.
    """

    variant = models.OneToOneField(
        Variant, primary_key=True, on_delete=models.CASCADE, related_name="stock"
    )
    tracked = models.BooleanField(default=True)
    in_stock = models.BooleanField(default=True)
    available = models.IntegerField(default=0)
    held = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(name="stock_available", condition=Q(available__gte=0)),
            models.CheckConstraint(name="stock_held", condition=Q(held__gte=0)),
        ]

    def __str__(self) -> str:
        return f"stock of {self.variant_id}"

    def can_sell(self, quantity: int) -> bool:
        """Whether ``quantity`` could be held now, as far as this row was read."""
        return self.in_stock if not self.tracked else self.available >= quantity
