import uuid

from django.db import models
from django.db.models import Q

from comptoir.people.models import User
from comptoir.sales.models.payment import Payment


class OddMoney(models.Model):
    """Money of another amount or currency than was asked, as the provider tells of it.

    It settles nothing and is in no book: the operator has it given back, and its order called off.
    ``key`` is the idempotency key of giving it back. ``failure``: why the provider could not, in
    its words. The row stays when the provider corrects itself; the payment says which.
    """

    payment = models.OneToOneField(Payment, on_delete=models.PROTECT, related_name="odd_money")
    key = models.UUIDField(unique=True, default=uuid.uuid4)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    seen_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=60, default="", blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="odd_money_decided_first",
                condition=Q(decided_at__isnull=False) | Q(done_at=None, failure=""),
            ),
            models.CheckConstraint(name="odd_money_amount", condition=Q(amount_minor__gte=0)),
        ]
        indexes = [
            models.Index(
                fields=["decided_at"],
                name="odd_money_owed",
                condition=Q(decided_at__isnull=False, done_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.amount_minor} {self.currency} for {self.payment_id}"
