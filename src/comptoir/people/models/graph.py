from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from comptoir.people.models.profile import Profile


class Follow(models.Model):
    """``follower`` reads ``followee``."""

    follower = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="following")
    followee = models.ForeignKey(
        Profile, on_delete=models.CASCADE, related_name="followers", db_index=False
    )
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["follower", "followee"], name="follow_once"),
            models.CheckConstraint(name="follow_not_oneself", condition=~Q(follower=F("followee"))),
        ]
        indexes = [models.Index(fields=["followee", "follower"], name="follow_reverse")]

    def __str__(self) -> str:
        return f"{self.follower_id} → {self.followee_id}"


class Block(models.Model):
    """``blocker`` and ``blocked`` see nothing of each other."""

    blocker = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="blocks")
    blocked = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="blocked_by")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["blocker", "blocked"], name="block_once"),
            models.CheckConstraint(name="block_not_oneself", condition=~Q(blocker=F("blocked"))),
        ]

    def __str__(self) -> str:
        return f"{self.blocker_id} ⊘ {self.blocked_id}"
