from django.db import models
from django.db.models import F, Q

from comptoir.sales.models.order import OrderLine


class LineTally(models.Model):
    """What became of the pieces and the money of an order's line. Its key is the line's.

    Written with the first act after payment; no row means that nothing happened yet. ``ordered``
    and ``total_minor`` are the line's own and never change: with them, the database itself holds
    that no act goes beyond what was bought.
    """

    line = models.OneToOneField(
        OrderLine, primary_key=True, on_delete=models.CASCADE, related_name="tally"
    )
    ordered = models.PositiveIntegerField()
    total_minor = models.BigIntegerField()
    sent = models.PositiveIntegerField(default=0, db_default=0, help_text="Put in parcels.")
    called_off = models.PositiveIntegerField(
        default=0, db_default=0, help_text="Given up before they were sent."
    )
    claimed = models.PositiveIntegerField(
        default=0,
        db_default=0,
        help_text="Withdrawn from, given up by the shop, or in a return that was not refused.",
    )
    received = models.PositiveIntegerField(default=0, db_default=0, help_text="Came back.")
    restocked = models.PositiveIntegerField(
        default=0, db_default=0, help_text="On the shelf again."
    )
    refunded = models.PositiveIntegerField(
        default=0, db_default=0, help_text="Pieces whose money was promised back."
    )
    refunded_minor = models.BigIntegerField(default=0, db_default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="tally_sent", condition=Q(ordered__gte=F("sent") + F("called_off"))
            ),
            models.CheckConstraint(name="tally_claimed", condition=Q(claimed__lte=F("ordered"))),
            models.CheckConstraint(name="tally_received", condition=Q(received__lte=F("sent"))),
            models.CheckConstraint(
                name="tally_restocked", condition=Q(restocked__lte=F("ordered"))
            ),
            models.CheckConstraint(name="tally_refunded", condition=Q(refunded__lte=F("ordered"))),
            models.CheckConstraint(
                name="tally_money",
                condition=Q(refunded_minor__gte=0, refunded_minor__lte=F("total_minor")),
            ),
        ]

    def __str__(self) -> str:
        return f"line {self.line_id}: {self.sent} of {self.ordered} sent"
