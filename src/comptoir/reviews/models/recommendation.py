from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from comptoir.catalog.models import Product
from comptoir.people.models import Profile
from comptoir.people.models.interest import Interest
from comptoir.people.models.profile import Audience


class Recommendation(models.Model):
    """A person recommends a product, with a word."""

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="recommendations")
    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="recommendations")
    word = models.CharField(max_length=500, default="", blank=True)
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.EVERYONE)
    interest = models.CharField(
        max_length=10, choices=Interest, default=Interest.NONE, db_default="", blank=True
    )
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["profile", "product"], name="recommendation_once"),
            models.CheckConstraint(
                name="recommendation_audience",
                condition=Q(audience__in=["everyone", "followers", "me"]),
            ),
            models.CheckConstraint(
                name="recommendation_interest",
                condition=Q(interest__in=["", "gift", "paid", "commission", "own"]),
            ),
        ]
        indexes = [models.Index(fields=["product", "-created_at", "-id"], name="recommendation_of")]

    def __str__(self) -> str:
        return f"{self.profile_id} recommends {self.product_id}"
