import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from comptoir.people.models import Profile
from comptoir.sales.models.account import PaymentAccount
from comptoir.sales.models.payment import Payment


class StripeCharge(models.Model):
    """Where a payment is at Stripe: on which account, in which Checkout Session.

    ``token`` opens our page that leads to ``url``, which is Stripe's. ``keeps``: the buyer asked to
    have their card kept, and which one it is was not looked up yet.
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
    keeps = models.BooleanField(default=False, db_default=False)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [
            models.Index(fields=["created_at"], name="stripe_keeps", condition=Q(keeps=True))
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["session_id"], condition=~Q(session_id=""), name="stripe_session_once"
            )
        ]

    def __str__(self) -> str:
        return self.session_id or self.token


class StripeDispute(models.Model):
    """A buyer's bank takes money back, and the shop may answer at Stripe until ``respond_by``."""

    ANSWERABLE = frozenset({"needs_response", "warning_needs_response"})

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

    @property
    def is_open(self) -> bool:
        """Whether the shop may answer."""
        return self.status in self.ANSWERABLE

    @property
    def is_over(self) -> bool:
        """Whether it is decided."""
        return self.status in {"won", "lost", "warning_closed", "prevented"}


class StripeCustomer(models.Model):
    """A member as a shop's account at Stripe knows them, so that it may keep their card: there is
    one only for those who asked for it. ``owner`` is none once they left, until Stripe forgot them
    too."""

    key = models.UUIDField(unique=True, default=uuid.uuid4)
    account = models.ForeignKey(
        PaymentAccount, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    owner = models.ForeignKey(
        Profile, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    customer_id = models.CharField(max_length=100, default="", blank=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "owner"], name="stripe_customer_once")
        ]

    def __str__(self) -> str:
        return self.customer_id or str(self.key)


class SavedCard(models.Model):
    """A card that Stripe keeps for a member at one shop: what tells it from others, and no more."""

    customer = models.ForeignKey(StripeCustomer, on_delete=models.CASCADE, related_name="cards")
    method_id = models.CharField(max_length=100, unique=True)
    brand = models.CharField(max_length=20)
    last4 = models.CharField(max_length=4)
    exp_month = models.PositiveSmallIntegerField()
    exp_year = models.PositiveSmallIntegerField()
    removed_at = models.DateTimeField(
        null=True, blank=True, help_text="Its owner removed it; Stripe is yet to be told."
    )
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="saved_card_expiry", condition=Q(exp_month__gte=1, exp_month__lte=12)
            )
        ]

    def __str__(self) -> str:
        return f"{self.brand} {self.last4}"
