from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from comptoir.shops.models import Shop


class Announcement(models.Model):
    """A percentage that a shop announces off its prices from ``at`` on, until the next row of the
    same offer; append-only. ``share_bp`` 0: nothing any more.

    Kept beside the prices (``PriceChange``), because what everyone was asked is read from both.
    """

    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="+", db_index=False)
    offer = models.BigIntegerField(help_text="Of sales; only tells one from another here.")
    currency = models.CharField(max_length=3)
    share_bp = models.PositiveIntegerField()
    for_everyone = models.BooleanField(help_text="False: told to all, given to some.")
    minimum_minor = models.BigIntegerField(default=0)
    product_ids = ArrayField(
        models.BigIntegerField(), null=True, blank=True, help_text="None: the whole shop."
    )
    starts = models.DateTimeField(null=True, blank=True)
    ends = models.DateTimeField(null=True, blank=True)
    limited = models.BooleanField(
        db_default=False, help_text="Its uses are counted: not each buyer is sure to get it."
    )
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="announcement_amounts",
                condition=Q(share_bp__lte=10_000, minimum_minor__gte=0),
            )
        ]
        indexes = [
            models.Index(fields=["shop", "-at", "-id"], name="announcement_of_shop"),
            models.Index(fields=["offer", "-at", "-id"], name="announcement_of_offer"),
        ]

    def __str__(self) -> str:
        return f"offer {self.offer} from {self.at}"
