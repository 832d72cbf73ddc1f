from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from comptoir.sales.models.account import PaymentAccount
from comptoir.sales.models.payment import Payment


class CashDue(models.Model):
    """Money that is awaited at the counter, and who of the staff took it."""

    payment = models.OneToOneField(
        Payment, to_field="key", on_delete=models.PROTECT, related_name="cash"
    )
    account = models.ForeignKey(PaymentAccount, on_delete=models.PROTECT, related_name="+")
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    taken_at = models.DateTimeField(null=True, blank=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(name="cash_amount", condition=Q(amount_minor__gt=0)),
            models.CheckConstraint(
                name="cash_taken", condition=Q(taken_by=None) | Q(taken_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"cash {self.amount_minor}"
