import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from comptoir.catalog.models import Variant
from comptoir.media.models import Picture
from comptoir.people.models import User
from comptoir.sales.models.order import Order, OrderLine
from comptoir.sales.models.payment import Refund
from comptoir.sales.models.withdrawal import Withdrawal


class Return(models.Model):
    """Pieces on their way back: asked for by the buyer, or owed after a withdrawal.

    ``exchange_variant``: what the buyer would like in place of the pieces; ``exchange_order``: the
    order of nothing to pay by which the shop sent it.
    """

    class Status(models.TextChoices):
        ASKED = "asked"
        ACCEPTED = "accepted", "the pieces are awaited"
        REFUSED = "refused"
        RECEIVED = "received", "the pieces are back"
        CLOSED = "closed", "refunded, exchanged or settled otherwise"

    class Reason(models.TextChoices):
        DAMAGED = "damaged", "arrived damaged"
        DEFECTIVE = "defective", "does not work"
        WRONG = "wrong", "not what was ordered"
        OTHERWISE = "otherwise", "not as it was described"
        FIT = "fit", "does not fit"
        MIND = "mind", "does not please"
        WITHDRAWAL = "withdrawal", "withdrawn from the contract"

    key = models.UUIDField(unique=True, default=uuid.uuid4)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="returns")
    status = models.CharField(max_length=10, choices=Status, default=Status.ASKED)
    reason = models.CharField(max_length=12, choices=Reason)
    words = models.TextField(default="", blank=True)
    answer = models.TextField(default="", blank=True, help_text="The shop's words.")
    send_to = models.TextField(default="", blank=True, help_text="Where the pieces go back to.")
    withdrawal = models.OneToOneField(
        Withdrawal, null=True, blank=True, on_delete=models.PROTECT, related_name="giving_back"
    )
    exchange_variant = models.ForeignKey(
        Variant, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    exchange_order = models.OneToOneField(
        Order, null=True, blank=True, on_delete=models.PROTECT, related_name="exchange_of"
    )
    refund = models.OneToOneField(
        Refund, null=True, blank=True, on_delete=models.SET_NULL, related_name="giving_back"
    )
    asked_at = models.DateTimeField(db_default=Now())
    asked_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    received_at = models.DateTimeField(null=True, blank=True)
    received_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="return_status",
                condition=Q(status="asked", answered_at=None)
                | Q(status__in=["accepted", "refused"], answered_at__isnull=False)
                | Q(status="received", received_at__isnull=False)
                | Q(status="closed", closed_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["order", "asked_at"], name="return_of_order"),
            models.Index(
                fields=["asked_at"],
                name="return_open",
                condition=Q(status__in=["asked", "accepted", "received"]),
            ),
        ]

    def __str__(self) -> str:
        return f"return {self.pk} of {self.order_id}"


class ReturnLine(models.Model):
    """How many pieces of a line come back, how many came, and how many are on the shelf again."""

    giving_back = models.ForeignKey(Return, on_delete=models.CASCADE, related_name="lines")
    line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="+")
    quantity = models.PositiveIntegerField()
    received = models.PositiveIntegerField(default=0)
    restocked = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["giving_back", "line"], name="return_line_once"),
            models.CheckConstraint(
                name="return_line_quantity",
                condition=Q(
                    quantity__gte=1, received__lte=F("quantity"), restocked__lte=F("received")
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} of {self.line_id}"


class ReturnPhoto(models.Model):
    """What the buyer shows of it."""

    giving_back = models.ForeignKey(Return, on_delete=models.CASCADE, related_name="photos")
    picture = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["giving_back", "position"], name="return_photo_place")
        ]

    def __str__(self) -> str:
        return f"{self.giving_back_id}#{self.position}"


class ReturnLabel(models.Model):
    """The carrier's label that the shop gives to the buyer: a PDF, kept until the return is over.

    In the database, so that every web process can give it out. It bears the buyer's address.
    """

    giving_back = models.OneToOneField(
        Return, primary_key=True, on_delete=models.CASCADE, related_name="label"
    )
    content = models.BinaryField()
    uploaded_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"label of return {self.giving_back_id}"
