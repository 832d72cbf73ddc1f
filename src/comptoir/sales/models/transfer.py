from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from comptoir.sales.models.account import PaymentAccount
from comptoir.sales.models.payment import Payment


class TransferDue(models.Model):
    """A bank transfer that is awaited for a payment, and what came of it.

    ``reference`` is the ISO 11649 creditor reference that the buyer writes on the transfer;
    ``received_minor`` the sum of the bank entries that were put to it. What came beyond the order's
    price, or for an order that was called off, is given back by hand: ``given_back_minor``.
    """

    payment = models.OneToOneField(
        Payment, to_field="key", on_delete=models.PROTECT, related_name="transfer"
    )
    account = models.ForeignKey(PaymentAccount, on_delete=models.PROTECT, related_name="+")
    token = models.CharField(max_length=40, unique=True)
    reference = models.CharField(max_length=25, unique=True)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    received_minor = models.BigIntegerField(default=0)
    given_back_minor = models.BigIntegerField(default=0)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="transfer_amounts",
                condition=Q(
                    amount_minor__gt=0,
                    received_minor__gte=0,
                    given_back_minor__gte=0,
                    given_back_minor__lte=F("received_minor"),
                ),
            )
        ]
        indexes = [
            models.Index(
                fields=["account", "id"],
                name="transfer_awaited",
                condition=Q(received_minor__lt=F("amount_minor")),
            )
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_paid(self) -> bool:
        """Whether all of it is there; what was given back is not."""
        return self.received_minor - self.given_back_minor >= self.amount_minor

    @property
    def missing_minor(self) -> int:
        """What is still to come, never below 0."""
        return max(0, self.amount_minor - self.received_minor + self.given_back_minor)


class ExcessReturned(models.Model):
    """What came too much, or for an order that was called off, was sent back: by whom, and when.

    Their sum is the transfer's ``given_back_minor``, but for what was said before they were kept.
    """

    due = models.ForeignKey(TransferDue, on_delete=models.PROTECT, related_name="returned")
    amount_minor = models.BigIntegerField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="excess_returned_amount", condition=Q(amount_minor__gt=0))
        ]

    def __str__(self) -> str:
        return f"{self.amount_minor} given back"


class BankStatement(models.Model):
    """A file of bank movements that a shop handed in; the file itself is not kept."""

    account = models.ForeignKey(PaymentAccount, on_delete=models.PROTECT, related_name="statements")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the file.")
    form = models.CharField(max_length=10, help_text="camt or csv")
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    read_count = models.PositiveIntegerField(default=0, help_text="Credits in the file.")
    new_count = models.PositiveIntegerField(default=0, help_text="Those not seen before.")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "digest"], name="bank_statement_once")
        ]

    def __str__(self) -> str:
        return f"statement {self.pk}"


class BankEntry(models.Model):
    """Money that came to a shop's bank account, once however many statements tell of it.

    ``fingerprint`` is the bank's own reference of the movement or, failing that, a digest of it.
    ``doubt``: why it was not put to a transfer by itself, for the person who decides. ``put_at``:
    when it was put to one; ``None`` for those of before this was kept.
    """

    class Doubt(models.TextChoices):
        TWICE = "twice", "looks like money that another file told of"
        CURRENCY = "currency", "another currency than was asked"

    account = models.ForeignKey(PaymentAccount, on_delete=models.PROTECT, related_name="entries")
    statement = models.ForeignKey(BankStatement, on_delete=models.PROTECT, related_name="entries")
    fingerprint = models.CharField(max_length=64)
    booked_on = models.DateField()
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    payer = models.CharField(max_length=140, default="", blank=True)
    payer_iban = models.CharField(max_length=34, default="", blank=True)
    text = models.CharField(max_length=500, default="", blank=True)
    doubt = models.CharField(max_length=10, choices=Doubt, default="", blank=True)
    due = models.ForeignKey(
        TransferDue, null=True, blank=True, on_delete=models.PROTECT, related_name="entries"
    )
    put_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    set_aside = models.BooleanField(default=False, help_text="It has nothing to do with an order.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "fingerprint"], name="bank_entry_once"),
            models.CheckConstraint(name="bank_entry_amount", condition=Q(amount_minor__gt=0)),
            models.CheckConstraint(
                name="bank_entry_one_place", condition=Q(due=None) | Q(set_aside=False)
            ),
        ]
        indexes = [
            models.Index(
                fields=["account", "booked_on", "id"],
                name="bank_entry_open",
                condition=Q(due=None, set_aside=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.booked_on} {self.amount_minor}"
