import secrets
import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from comptoir.people.models import User
from comptoir.sales.models.order import Order, OrderLine
from comptoir.sales.models.payment import Refund


def new_key() -> str:
    return secrets.token_urlsafe(24)


class Withdrawal(models.Model):
    """A buyer withdrew from an order or a part of it: what they declared, as it was received.

    ``statement`` is the text of the receipt in the order's language, ``digest`` its SHA-256: both
    are in the mail, so that neither side can change what was said. ``key`` opens the receipt;
    ``request_key`` is the form's, so that a form sent twice is one withdrawal.
    """

    key = models.CharField(max_length=40, unique=True, default=new_key)
    request_key = models.UUIDField(unique=True, default=uuid.uuid4)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="withdrawals")
    declared_at = models.DateTimeField(db_default=Now())
    by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        help_text="The member who declared it; nobody for a guest.",
    )  # fmt: skip
    name = models.CharField(max_length=120)
    email = models.EmailField()
    statement = models.TextField()
    digest = models.CharField(max_length=64)
    is_whole = models.BooleanField(help_text="Nothing of the order is left.")
    amount_minor = models.BigIntegerField(help_text="All that is due back, delivery included.")
    delivery_minor = models.BigIntegerField(default=0)
    refund_by = models.DateField(help_text="The last day to give the money back.")
    refund = models.OneToOneField(
        Refund, null=True, blank=True, on_delete=models.SET_NULL, related_name="withdrawal",
        help_text="Of the pieces that had not been sent.",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="withdrawal_amounts",
                condition=Q(delivery_minor__gte=0, amount_minor__gte=models.F("delivery_minor")),
            ),
            models.CheckConstraint(
                name="withdrawal_digest", condition=Q(digest__regex=r"^[0-9a-f]{64}$")
            ),
        ]
        indexes = [models.Index(fields=["order", "declared_at"], name="withdrawal_of_order")]

    def __str__(self) -> str:
        return f"withdrawal {self.pk} from {self.order_id}"


class WithdrawalLine(models.Model):
    """How many pieces of a line are withdrawn from, and the money due for them."""

    withdrawal = models.ForeignKey(Withdrawal, on_delete=models.CASCADE, related_name="lines")
    line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="+")
    quantity = models.PositiveIntegerField()
    unsent = models.PositiveIntegerField(default=0, help_text="Of them, not sent when declared.")
    amount_minor = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["withdrawal", "line"], name="withdrawal_line_once"),
            models.CheckConstraint(
                name="withdrawal_line_quantity",
                condition=Q(quantity__gte=1, unsent__lte=models.F("quantity"), amount_minor__gte=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} of {self.line_id}"
