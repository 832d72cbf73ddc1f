from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from comptoir.catalog.models import Product
from comptoir.people.models import Profile
from comptoir.people.models.profile import Audience


class Signal(models.Model):
    """Who did what to which product, and who may know: the truth that ranking reads.

    Written by handlers of other apps' events, only ever for acts that were not paid for. A signal
    whose act is undone is deleted, so that no answer shows it again. One that is ``forgotten``
    stays, so that its act told again is known to be out: it moves nothing, for nobody.
    """

    class Kind(models.TextChoices):
        BOUGHT = "bought"
        RECOMMENDED = "recommended"
        KEPT = "kept"
        LIKED = "liked"

    actor = models.ForeignKey(
        Profile, on_delete=models.CASCADE, related_name="signals", db_index=False
    )
    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=12, choices=Kind)
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.EVERYONE)
    at = models.DateTimeField(db_default=Now())
    forgotten = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["product", "actor", "kind"], name="signal_once"),
            models.CheckConstraint(
                name="signal_kind",
                condition=Q(kind__in=["bought", "recommended", "kept", "liked"]),
            ),
            models.CheckConstraint(
                name="signal_audience", condition=Q(audience__in=["everyone", "followers", "me"])
            ),
        ]
        # Reason lines ask for some of many acts, each somewhere else: the index says all of them.
        indexes = [
            models.Index(
                fields=["actor", "product"],
                include=["kind", "audience", "forgotten", "at"],
                name="signal_of_actor",
            )
        ]

    def __str__(self) -> str:
        return f"{self.actor_id} {self.kind} {self.product_id}"
