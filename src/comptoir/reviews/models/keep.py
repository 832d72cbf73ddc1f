from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from comptoir.catalog.models import Product
from comptoir.people.models import Profile
from comptoir.people.models.profile import Audience


class Keep(models.Model):
    """A product that a person keeps for later."""

    profile = models.ForeignKey(
        Profile, on_delete=models.CASCADE, related_name="keeps", db_index=False
    )
    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="keeps")
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.EVERYONE)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            # Reason lines ask whether it stands, and for whom: the index says so.
            models.UniqueConstraint(
                fields=["profile", "product"], include=["audience"], name="keep_once"
            ),
            models.CheckConstraint(
                name="keep_audience", condition=Q(audience__in=["everyone", "followers", "me"])
            ),
        ]
        indexes = [models.Index(fields=["profile", "-created_at", "-id"], name="keep_of_profile")]

    def __str__(self) -> str:
        return f"{self.profile_id} keeps {self.product_id}"
