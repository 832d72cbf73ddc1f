from django.db import models
from django.db.models import Q

from comptoir.sales.models.order import OrderLine
from comptoir.sales.models.payment import Refund


class RefundLine(models.Model):
    """What a refund is for: a line of the order, or ('' no line) its delivery.

    The amounts of a refund's lines add up to the refund's, except for refunds of a payment that
    came too late, which have none. ``quantity`` 0: a gesture, the pieces stay sold.
    """

    refund = models.ForeignKey(Refund, on_delete=models.CASCADE, related_name="lines")
    line = models.ForeignKey(
        OrderLine,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="refund_lines",
        help_text="None: the delivery.",
    )
    quantity = models.PositiveIntegerField(default=0)
    amount_minor = models.BigIntegerField()
    restocked = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["refund", "line"], nulls_distinct=False, name="refund_line_once"
            ),
            models.CheckConstraint(name="refund_line_amount", condition=Q(amount_minor__gte=0)),
            models.CheckConstraint(
                name="refund_line_of_delivery",
                condition=Q(line__isnull=False) | Q(quantity=0, restocked=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount_minor} of refund {self.refund_id}"
