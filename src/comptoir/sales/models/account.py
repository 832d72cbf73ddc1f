from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from comptoir.shops.models import Shop


class PaymentAccount(models.Model):
    """Where a shop is paid: one of its accounts at a payment provider.

    ``reference`` names it at the provider (a Stripe account, an IBAN); ``details`` are the
    provider's own terms. A buyer chooses among the active ones, lowest ``position`` first.
    ``is_test``: no money moves, so that it is never active beside one that moves money
    (``services.accounts`` sees to it).
    """

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="payment_accounts")
    provider = models.CharField(max_length=20)
    reference = models.CharField(max_length=100, default="", blank=True)
    details = models.JSONField(default=dict, blank=True)
    is_test = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["shop", "provider", "reference"], name="payment_account_once"
            ),
            # A buyer names a provider, not an account: there is one to be charged.
            models.UniqueConstraint(
                fields=["shop", "provider"],
                condition=Q(is_active=True),
                name="payment_account_one_active",
            ),
            models.CheckConstraint(name="payment_account_provider", condition=~Q(provider="")),
        ]
        indexes = [
            models.Index(
                fields=["shop", "position", "id"],
                name="payment_account_of_shop",
                condition=Q(is_active=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.provider} {self.reference}".strip()
