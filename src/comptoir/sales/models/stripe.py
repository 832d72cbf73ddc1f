from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from comptoir.sales.models.account import PaymentAccount
from comptoir.sales.models.payment import Payment


class StripeCharge(models.Model):
    """Where a payment is at Stripe: on which account, in which Checkout Session.

    ``token`` opens our page that leads to ``url``, which is Stripe's.
    """

    payment = models.OneToOneField(
        Payment, to_field="key", on_delete=models.PROTECT, related_name="stripe"
    )
    account = models.ForeignKey(PaymentAccount, on_delete=models.PROTECT, related_name="+")
    token = models.CharField(max_length=40, unique=True)
    session_id = models.CharField(max_length=100, default="", blank=True)
    url = models.TextField(default="", blank=True)
    request = models.JSONField(
        default=dict, help_text="What is asked, so that asking again is the same to the letter."
    )
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session_id"], condition=~Q(session_id=""), name="stripe_session_once"
            )
        ]

    def __str__(self) -> str:
        return self.session_id or self.token


class StripeDispute(models.Model):
    """A buyer's bank takes money back, and the shop may answer at Stripe until ``respond_by``."""

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="disputes")
    dispute_id = models.CharField(max_length=100, unique=True)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    reason = models.CharField(max_length=60, default="", blank=True)
    status = models.CharField(max_length=40, help_text="In Stripe's words.")
    respond_by = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(help_text="When Stripe made the notice that we know last.")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(name="stripe_dispute_amount", condition=Q(amount_minor__gte=0))
        ]

    def __str__(self) -> str:
        return self.dispute_id
