from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from comptoir.people.models import Profile

# What ``shops.identity.missing_in`` asks for, said once more for the database.
IDENTIFIED = Q(is_identified=False) | ~Q(legal_name="") & ~Q(legal_form="") & ~Q(
    legal_address=""
) & ~Q(registration="") & ~Q(contact_email="") & ~Q(contact_phone="") & ~Q(safety_contact="") & (
    Q(no_vat_number=True, vat_number="") | Q(~Q(vat_number=""), no_vat_number=False)
) & (~Q(country="FR") | ~Q(mediator_name="") & (~Q(mediator_address="") | ~Q(mediator_url="")))


class Shop(models.Model):
    """A trader behind a profile. Its key is the profile's."""

    class Status(models.TextChoices):
        PREPARING = "preparing", "shows itself, sells in test to its own staff alone"
        PENDING = "pending", "waits for the operator"
        OPEN = "open", "sells"
        CLOSED = "closed", "shows itself, sells nothing"

    class VatRegime(models.TextChoices):
        NORMAL = "normal", "charges VAT"
        FRANCHISE = "franchise", "a small seller: charges none"

    profile = models.OneToOneField(
        Profile, primary_key=True, on_delete=models.PROTECT, related_name="shop"
    )
    status = models.CharField(max_length=10, choices=Status, default=Status.PREPARING)
    sells = models.CharField(max_length=200, help_text="What it sells, in its own words.")
    currency = models.CharField(max_length=3, default="EUR")
    country = models.CharField(max_length=2, default="FR")
    legal_name = models.CharField(max_length=120, default="", blank=True)
    legal_address = models.CharField(max_length=300, default="", blank=True)
    registration = models.CharField(max_length=40, default="", blank=True)
    contact_email = models.EmailField(default="", blank=True)
    contact_phone = models.CharField(max_length=30, default="", blank=True)
    legal_form = models.CharField(max_length=60, default="", db_default="", blank=True)
    vat_number = models.CharField(max_length=20, default="", db_default="", blank=True)
    no_vat_number = models.BooleanField(
        default=False, db_default=False, help_text="It says that it has none."
    )
    vat_regime = models.CharField(
        max_length=9, choices=VatRegime, default=VatRegime.NORMAL, db_default="normal"
    )
    oss = models.BooleanField(
        default=False,
        db_default=False,
        help_text="Declares by the one-stop shop: consumers abroad pay their country's VAT.",
    )
    mediator_name = models.CharField(max_length=120, default="", db_default="", blank=True)
    mediator_address = models.CharField(max_length=300, default="", db_default="", blank=True)
    mediator_url = models.CharField(max_length=200, default="", db_default="", blank=True)
    safety_contact = models.CharField(
        max_length=300,
        default="",
        db_default="",
        blank=True,
        help_text="Of products that do not name their own.",
    )
    is_identified = models.BooleanField(
        default=False,
        db_default=False,
        help_text="Says all that shops.identity asks for; without it, no sale.",
    )
    announces = models.BooleanField(
        default=False,
        db_default=False,
        help_text="A percentage off its prices is announced to all, or will be: cards look for it.",
    )
    created_at = models.DateTimeField(db_default=Now())
    published_at = models.DateTimeField(
        null=True, blank=True, help_text="What was ordered before was a test by its own staff."
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="shop_status",
                condition=Q(status__in=["preparing", "pending", "open", "closed"]),
            ),
            models.CheckConstraint(name="shop_identified", condition=IDENTIFIED),
            models.CheckConstraint(
                name="shop_open_is_identified",
                condition=~Q(status="open") | Q(is_identified=True),
            ),
            models.CheckConstraint(
                name="shop_vat_regime", condition=Q(vat_regime__in=["normal", "franchise"])
            ),
            models.CheckConstraint(
                name="shop_oss_has_number", condition=Q(oss=False) | ~Q(vat_number="")
            ),
            models.CheckConstraint(
                name="shop_currency_form", condition=Q(currency__regex=r"^[A-Z]{3}$")
            ),
        ]

    def __str__(self) -> str:
        return f"shop {self.pk}"

    @property
    def sells_now(self) -> bool:
        """Whether anybody may buy; ``profile`` is read."""
        return (
            self.status == Shop.Status.OPEN and self.is_identified and not self.profile.is_suspended
        )

    @property
    def sells_in_test(self) -> bool:
        """Whether its own staff may try it, with the sandbox bank; ``profile`` is read."""
        return self.status == Shop.Status.PREPARING and not self.profile.is_suspended


class ShopTerms(models.Model):
    """The shop's own terms of sale, in its words; apart, for their length."""

    shop = models.OneToOneField(
        Shop, primary_key=True, on_delete=models.CASCADE, related_name="terms"
    )
    text = models.TextField()
    updated_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"terms of {self.shop_id}"
