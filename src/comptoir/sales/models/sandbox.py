from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class BankCharge(models.Model):
    """The sandbox bank's own books. Only ``sales.adapters.sandbox_bank`` reads or writes them.

    They stand for a provider's database: no row of Comptoir points here, and a charge is found by
    the idempotency key or the reference, as at a real bank.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", "the buyer has not chosen yet"
        CHALLENGED = "challenged", "the 3-D Secure page is open"
        CHARGED = "charged"
        REFUSED = "refused"

    key = models.CharField(max_length=64)
    reference = models.CharField(max_length=40)
    status = models.CharField(max_length=12, choices=Status, default=Status.WAITING)
    amount_minor = models.BigIntegerField()
    refunded_minor = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3)
    description = models.CharField(max_length=200)
    return_url = models.CharField(max_length=500)
    silent = models.BooleanField(default=False, help_text="It never says what it did.")
    answers_at = models.DateTimeField(
        null=True, blank=True, help_text="Until then it says that the charge is under way."
    )
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key"], name="bank_charge_key"),
            models.UniqueConstraint(fields=["reference"], name="bank_charge_reference"),
            models.CheckConstraint(
                name="bank_refund_within_charge",
                condition=Q(refunded_minor__gte=0)
                & (
                    Q(refunded_minor=0)
                    | Q(status="charged", refunded_minor__lte=models.F("amount_minor"))
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class BankRefund(models.Model):
    """Money that the sandbox bank gave back, once per idempotency key."""

    key = models.CharField(max_length=64, unique=True)
    charge = models.ForeignKey(BankCharge, on_delete=models.PROTECT, related_name="refunds")
    amount_minor = models.BigIntegerField()
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(name="bank_refund_amount", condition=Q(amount_minor__gt=0))
        ]

    def __str__(self) -> str:
        return self.key
