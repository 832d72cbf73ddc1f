from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from comptoir.catalog.models import Product
from comptoir.people.models import Profile

MOST_SHOWN = 50


class Showcase(models.Model):
    """A product that a person or a shop puts forward on its own page, at its place (from 0).

    Nobody pays for it, and it moves nothing elsewhere. A place below fifty that is taken once says
    that there are at most fifty.
    """

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="showcase")
    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["profile", "product"], name="showcase_once"),
            models.UniqueConstraint(
                fields=["profile", "position"],
                name="showcase_place",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                name="showcase_most", condition=Q(position__gte=0, position__lt=MOST_SHOWN)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.profile_id}#{self.position}: {self.product_id}"
