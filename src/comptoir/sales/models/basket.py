import secrets

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from comptoir.catalog.models import Variant
from comptoir.people.models import Profile


def new_guest_key() -> str:
    """192 random bits: whoever shows it is taken for the guest whose basket it is."""
    return secrets.token_urlsafe(24)


class Basket(models.Model):
    """What someone means to buy, over all shops: a member's, or that of a guest's browser.

    Nothing is held by it; prices and stock are read when it is shown.
    """

    owner = models.OneToOneField(
        Profile, null=True, blank=True, on_delete=models.CASCADE, related_name="basket"
    )
    guest_key = models.CharField(max_length=40, default="", blank=True)
    updated_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["guest_key"], condition=~Q(guest_key=""), name="basket_guest_key"
            ),
            models.CheckConstraint(
                name="basket_of_one",
                condition=Q(owner=None) & ~Q(guest_key="") | Q(owner__isnull=False, guest_key=""),
            ),
        ]
        indexes = [
            models.Index(fields=["updated_at"], name="basket_of_guest", condition=Q(owner=None))
        ]

    def __str__(self) -> str:
        return f"basket {self.pk}"


class BasketLine(models.Model):
    """How many of a variant, and the price that the person saw (minor units of the shop's currency,
    VAT included, an announced percentage taken off): another price since then is shown before they
    pay. What a basket's page shows cheaper is seen too (``services.basket.note_prices``)."""

    basket = models.ForeignKey(
        Basket, on_delete=models.CASCADE, related_name="lines", db_index=False
    )
    variant = models.ForeignKey(Variant, on_delete=models.CASCADE, related_name="+")
    quantity = models.PositiveSmallIntegerField()
    saved_for_later = models.BooleanField(default=False)
    seen_unit_minor = models.BigIntegerField()
    added_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["basket", "variant"], name="basket_line_once"),
            models.CheckConstraint(
                name="basket_line_quantity", condition=Q(quantity__gte=1, quantity__lte=999)
            ),
            models.CheckConstraint(name="basket_line_seen", condition=Q(seen_unit_minor__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} of {self.variant_id}"
