from django.db import models
from django.db.models import Q

from comptoir.sales.models.order import Order
from comptoir.sales.models.payment import Payment, Refund
from comptoir.shops.models import Shop


class LedgerEntry(models.Model):
    """One movement of a shop's money, chained to the one before it; append-only.

    Written only by ``sales_ledger_append``, a function of the database (migration ``ledger``), and
    refused any change by a trigger: a rule kept in Python would not hold for a console, a repair
    script or a wrong ``update()``. The chain shows what even the database's owner would alter.

    ``amount_minor`` is signed, in minor units of ``currency``: what comes in is positive. A payment
    comes in once; the entries of one refund add up to nothing or to the refund (trigger
    ``ledger_refund_balance``).
    """

    class Kind(models.TextChoices):
        CAPTURED = "captured", "a payment came in"
        REFUNDED = "refunded", "given back to the buyer"
        REFUND_FAILED = "refund_failed", "came back to the shop: the buyer did not get it"
        DISPUTED = "disputed", "taken back by the buyer's bank"
        DISPUTE_WON = "dispute_won", "and given again to the shop"

    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="+", db_index=False)
    sequence = models.BigIntegerField(help_text="1, 2, 3 … within the shop.")
    kind = models.CharField(max_length=16, choices=Kind)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="+", db_index=False)
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="+", db_index=False)
    refund = models.ForeignKey(
        Refund, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    at = models.DateTimeField()
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shop", "sequence"], name="ledger_sequence"),
            models.UniqueConstraint(
                fields=["payment"], condition=Q(kind="captured"), name="ledger_captured_once"
            ),
            models.CheckConstraint(
                name="ledger_sign",
                condition=Q(
                    kind__in=["captured", "refund_failed", "dispute_won"], amount_minor__gt=0
                )
                | Q(kind__in=["refunded", "disputed"], amount_minor__lt=0),
            ),
            models.CheckConstraint(
                name="ledger_refund_named",
                condition=Q(kind__in=["refunded", "refund_failed"], refund__isnull=False)
                | Q(~Q(kind__in=["refunded", "refund_failed"]), refund=None),
            ),
        ]
        indexes = [
            models.Index(
                fields=["refund"], name="ledger_of_refund", condition=Q(refund__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount_minor} {self.currency}"


class LedgerHead(models.Model):
    """The last link of a shop's chain; its lock puts the shop's movements in one order."""

    shop = models.OneToOneField(
        Shop, primary_key=True, on_delete=models.PROTECT, related_name="ledger_head"
    )
    sequence = models.BigIntegerField()
    hash = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"ledger of {self.shop_id} at {self.sequence}"


class LedgerCheck(models.Model):
    """The last time all chains were gone through, and the first fault that was found."""

    at = models.DateTimeField()
    entries = models.BigIntegerField()
    broken_shop = models.ForeignKey(Shop, null=True, on_delete=models.SET_NULL, related_name="+")
    broken_sequence = models.BigIntegerField(null=True)
    fault = models.CharField(max_length=20, default="", blank=True)

    def __str__(self) -> str:
        return f"ledger check: {self.fault or 'whole'}"
