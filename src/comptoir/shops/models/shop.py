from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from comptoir.people.models import Profile


class Shop(models.Model):
    """A trader behind a profile. Its key is the profile's."""

    class Status(models.TextChoices):
        PENDING = "pending", "waits for the operator"
        OPEN = "open", "sells"
        CLOSED = "closed", "shows itself, sells nothing"

    profile = models.OneToOneField(
        Profile, primary_key=True, on_delete=models.PROTECT, related_name="shop"
    )
    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN)
    sells = models.CharField(max_length=200, help_text="What it sells, in its own words.")
    currency = models.CharField(max_length=3, default="EUR")
    country = models.CharField(max_length=2, default="FR")
    legal_name = models.CharField(max_length=120, default="", blank=True)
    legal_address = models.CharField(max_length=300, default="", blank=True)
    registration = models.CharField(max_length=40, default="", blank=True)
    contact_email = models.EmailField(default="", blank=True)
    contact_phone = models.CharField(max_length=30, default="", blank=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="shop_status", condition=Q(status__in=["pending", "open", "closed"])
            ),
            models.CheckConstraint(
                name="shop_currency_form", condition=Q(currency__regex=r"^[A-Z]{3}$")
            ),
        ]

    def __str__(self) -> str:
        return f"shop {self.pk}"
