import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from comptoir.people.models import User
from comptoir.sales.models.account import PaymentAccount
from comptoir.sales.models.order import Order


class Payment(models.Model):
    """An attempt to be paid for an order. ``key`` is the idempotency key given to the provider.

    ``refund_due_minor`` is all that was promised back, ``refunded_minor`` what was given back.
    """

    class Status(models.TextChoices):
        CREATED = "created", "the provider has not answered yet"
        PENDING = "pending", "the buyer is at the provider"
        CAPTURED = "captured"
        FAILED = "failed"
        REFUNDED = "refunded", "the whole amount was given back"

    key = models.UUIDField(unique=True, default=uuid.uuid4)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="payments")
    provider = models.CharField(max_length=20)
    account = models.ForeignKey(
        PaymentAccount,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    reference = models.CharField(max_length=100, default="", blank=True)
    redirect_url = models.CharField(max_length=500, default="", blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.CREATED)
    failure = models.CharField(max_length=40, default="", blank=True)
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField()
    captured_minor = models.BigIntegerField(default=0)
    refunded_minor = models.BigIntegerField(default=0)
    refund_due_minor = models.BigIntegerField(default=0)
    created_at = models.DateTimeField(db_default=Now())
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "reference"],
                condition=~Q(reference=""),
                name="payment_reference_unique",
            ),
            models.UniqueConstraint(
                fields=["order"], condition=Q(status="captured"), name="payment_captured_once"
            ),
            models.UniqueConstraint(
                fields=["order"],
                condition=Q(status__in=["created", "pending"]),
                name="payment_one_open",
            ),
            models.CheckConstraint(
                name="payment_captured", condition=Q(captured_minor__lte=F("amount_minor"))
            ),
            models.CheckConstraint(
                name="payment_refunded",
                condition=Q(
                    refunded_minor__gte=0,
                    refunded_minor__lte=F("refund_due_minor"),
                    refund_due_minor__lte=F("captured_minor"),
                ),
            ),
            models.CheckConstraint(name="payment_amount", condition=Q(amount_minor__gt=0)),
        ]
        indexes = [
            models.Index(
                fields=["created_at"],
                name="payment_open",
                condition=Q(status__in=["created", "pending"]),
            ),
            models.Index(
                fields=["settled_at"], name="payment_given_up", condition=Q(status="failed")
            ),
        ]

    def __str__(self) -> str:
        return f"payment {self.key}"


class Refund(models.Model):
    """Money promised back. ``attempt`` counts the times that giving it failed before
    (``RefundFailure``); each try has an idempotency key of its own at the provider.

    ``by_hand``: a person of the shop gave it back, and said so. Of nothing, it says that pieces
    which cost nothing were given up, and is done at once.
    """

    class Status(models.TextChoices):
        DUE = "due", "promised"
        DONE = "done", "given back"
        FAILED = "failed", "it did not reach the buyer: the shop must act"

    key = models.UUIDField(unique=True, default=uuid.uuid4)
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="refunds")
    amount_minor = models.BigIntegerField()
    reason = models.CharField(max_length=20)
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    status = models.CharField(max_length=10, choices=Status, default=Status.DUE)
    attempt = models.PositiveSmallIntegerField(default=0, db_default=0)
    by_hand = models.BooleanField(default=False, db_default=False)
    created_at = models.DateTimeField(db_default=Now())
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="refund_amount",
                condition=Q(amount_minor__gt=0) | Q(amount_minor=0, status="done"),
            ),
            models.CheckConstraint(
                name="refund_status",
                condition=Q(status__in=["due", "failed"], done_at=None)
                | Q(status="done", done_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["created_at"], name="refund_waiting", condition=Q(status="due"))
        ]

    def __str__(self) -> str:
        return f"refund {self.key}"

    def key_of(self, attempt: int) -> uuid.UUID:
        """The idempotency key of that try, for the provider."""
        return uuid.uuid5(self.key, str(attempt)) if attempt else self.key

    @property
    def provider_key(self) -> uuid.UUID:
        """That of the try under way."""
        return self.key_of(self.attempt)


class RefundFailure(models.Model):
    """A try to give a refund back of which the provider says that it failed: the money is with the
    shop again, and still owed.

    ``reason`` is in the provider's words. ``done_at``: when it had been written down as done; none
    when it never was, so that nobody was told.
    """

    refund = models.ForeignKey(
        Refund, on_delete=models.PROTECT, related_name="failures", db_index=False
    )
    attempt = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=60, default="", blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["refund", "attempt"], name="refund_failure_once")
        ]

    def __str__(self) -> str:
        return f"refund {self.refund_id} failed: {self.reason}"


class RefundUnmade(models.Model):
    """A refund made at the provider's own desk, of which we heard that it failed before we heard
    that it was made: it is not written down any more. ``key``: as ``Refund.key`` would be."""

    key = models.UUIDField(primary_key=True)
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="+", db_index=False)

    def __str__(self) -> str:
        return f"refund {self.key} failed unheard"


class ProviderEvent(models.Model):
    """A webhook taken in: the same event is handled once, however often it is sent."""

    provider = models.CharField(max_length=20)
    event_id = models.CharField(max_length=100)
    received_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider", "event_id"], name="provider_event_once")
        ]

    def __str__(self) -> str:
        return f"{self.provider} {self.event_id}"
