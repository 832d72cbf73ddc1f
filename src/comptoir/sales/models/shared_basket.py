import secrets

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from comptoir.catalog.models import Variant
from comptoir.people.models import Profile


def new_key() -> str:
    return secrets.token_urlsafe(9)


class SharedBasket(models.Model):
    """Lines frozen as they were, to be opened by whoever has the link as a basket of their own.

    It says nothing of who made it; ``by`` lets it leave with that person.
    """

    key = models.CharField(max_length=20, unique=True, default=new_key)
    by = models.ForeignKey(
        Profile, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["created_at"], name="shared_basket_age")]

    def __str__(self) -> str:
        return f"shared basket {self.key}"


class SharedBasketLine(models.Model):
    """A variant of a shared basket, and how many."""

    shared = models.ForeignKey(SharedBasket, on_delete=models.CASCADE, related_name="lines")
    variant = models.ForeignKey(Variant, on_delete=models.CASCADE, related_name="+")
    quantity = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shared", "variant"], name="shared_basket_line_once"),
            models.CheckConstraint(
                name="shared_basket_quantity", condition=Q(quantity__gte=1, quantity__lte=999)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} of {self.variant_id}"
